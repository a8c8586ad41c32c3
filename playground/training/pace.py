"""Keeping a given speed, and telling the speed reached."""

from collections.abc import Callable

SLOW = 30.0
"""Mini-batches a second up to which each one is shown."""

_BUNDLE = 0.004
"""Seconds that a wait lasts at least at higher speeds; the steps due meanwhile follow together."""

_LAG = 0.1
"""Seconds behind schedule after which the missed steps are let go."""

_WINDOW = 0.5
"""Seconds over which the speed is measured."""


class Pace:
    """When the next mini-batch is due at so many a second; None is full speed."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._interval: float | None = None
        self._due = 0.0

    def set(self, steps_per_second: float | None) -> None:
        """Choose the speed (above 0)."""
        self._interval = None if steps_per_second is None else 1.0 / steps_per_second
        self.restart()

    def restart(self) -> None:
        """The next mini-batch is due at once."""
        self._due = self._clock()

    @property
    def slow(self) -> bool:
        """Whether the eye can follow single mini-batches."""
        return self._interval is not None and self._interval >= 1.0 / SLOW

    def slice(self, budget: float) -> float:
        """Seconds that a slice may take: ``budget`` at full speed, else 0, which means one mini-batch."""
        return budget if self._interval is None else 0.0

    def wait(self) -> float:
        """Seconds until the next mini-batch; 0 or less when it is due."""
        if self._interval is None:
            return 0.0
        left = self._due - self._clock()
        return max(left, min(_BUNDLE, 2 * self._interval)) if left > 0 and self._interval < _BUNDLE else left

    def stepped(self) -> None:
        """A mini-batch was trained: plan the next one."""
        if self._interval is not None:
            self._due = max(self._due + self._interval, self._clock() - _LAG)


class Speedometer:
    """Mini-batches a second over the last half second."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._marks = [(0.0, 0)]
        self._rate: float | None = None

    def restart(self, step: int) -> None:
        """Begin to measure at this step; the speed is unknown until then."""
        self._marks, self._rate = [(self._clock(), step)], None

    def read(self, step: int) -> float | None:
        """The speed now; None in the first moments."""
        now = self._clock()
        then, before = self._marks[0]
        if now - then >= _WINDOW / 10:
            self._rate = (step - before) / (now - then)
        self._marks.append((now, step))
        while len(self._marks) > 1 and now - self._marks[1][0] >= _WINDOW:
            self._marks.pop(0)
        return self._rate
