"""What a training thread is asked to do, in the order given; filled by any thread, emptied by one."""

import threading
from collections import deque
from collections.abc import Callable

from playground.training.question import Answer, Question

Command = Callable[[], None]


class Inbox:
    """Commands and questions for one thread. ``opened`` by it, ``ended`` by it: after that, commands are dropped."""

    def __init__(self) -> None:
        self._commands: deque[Command] = deque()
        self._news = threading.Condition()  # guards the commands and the flags
        self._open = self._ended = False
        self.closing = False

    def open(self) -> None:
        """From now on a thread answers; before, questions are answered by whoever asks."""
        self._open = True

    def close(self) -> None:
        """Tell the thread to end."""
        with self._news:
            self.closing = True
            self._news.notify()

    def end(self) -> None:
        """Answer what was asked meanwhile; commands are dropped, and those that follow, too."""
        with self._news:
            self._ended = True
            waiting = [command for command in self._commands if isinstance(command, Question)]
            self._commands.clear()
        for question in waiting:
            question()

    def post(self, command: Command) -> None:
        """Let the thread run ``command``."""
        with self._news:
            if not self._ended:
                self._commands.append(command)
                self._news.notify()

    def ask(self, ask: Callable[[], Answer]) -> Answer:
        """Let the thread run ``ask`` and return its answer."""
        question = Question(ask)
        with self._news:
            if not self._open or self._ended:
                return ask()
            self._commands.append(question)
            self._news.notify()
        return question.result()

    def called(self) -> bool:
        """Whether the thread has to stop for something."""
        return bool(self._commands) or self.closing

    def wait(self, timeout: float | None = None) -> None:
        """Wait until there is something to do, or for ``timeout`` seconds."""
        with self._news:
            self._news.wait_for(self.called, timeout)

    def answer(self) -> None:
        """Run what is waiting."""
        while self._commands and not self.closing:
            self._commands.popleft()()
