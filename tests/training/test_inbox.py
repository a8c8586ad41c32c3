"""The inbox of a training thread, without a thread and with one."""

import threading

import pytest

from playground.training.inbox import Inbox


def test_commands_run_in_their_order() -> None:
    inbox, done = Inbox(), []
    for number in range(3):
        inbox.post(lambda number=number: done.append(number))
    assert inbox.called()
    inbox.answer()
    assert done == [0, 1, 2]
    assert not inbox.called()


def test_before_a_thread_has_opened_it_and_after_its_end_who_asks_answers() -> None:
    inbox = Inbox()
    assert inbox.ask(threading.current_thread) is threading.current_thread()
    inbox.open()
    inbox.end()
    assert inbox.ask(lambda: 7) == 7
    inbox.post(pytest.fail)
    inbox.answer()


def test_a_thread_answers_also_with_exceptions_and_what_is_left_at_its_end() -> None:
    inbox = Inbox()
    inbox.open()

    def serve() -> None:
        inbox.wait()
        inbox.answer()
        inbox.wait()
        inbox.end()

    thread = threading.Thread(target=serve)
    thread.start()
    with pytest.raises(ZeroDivisionError):
        inbox.ask(lambda: 1 / 0)
    assert inbox.ask(threading.current_thread) is thread
    thread.join()


def test_closing_wakes_and_leaves_the_commands_alone() -> None:
    inbox, done = Inbox(), []
    inbox.post(lambda: done.append(1))
    inbox.close()
    inbox.wait()
    inbox.answer()
    assert inbox.closing
    assert done == []
