"""A command for the training thread that somebody waits for."""

from collections.abc import Callable
from concurrent.futures import Future
from typing import Generic, TypeVar

Answer = TypeVar("Answer")


class Question(Generic[Answer]):
    """Calling it runs ``ask`` and hands its answer, or its exception, to whoever waits in ``result()``."""

    def __init__(self, ask: Callable[[], Answer]) -> None:
        self._ask = ask
        self._answer: Future[Answer] = Future()

    def __call__(self) -> None:
        """Find the answer; what goes wrong is raised where it was asked."""
        try:
            self._answer.set_result(self._ask())
        except Exception as error:  # noqa: BLE001
            self._answer.set_exception(error)

    def result(self) -> Answer:
        """Wait for the answer."""
        return self._answer.result()
