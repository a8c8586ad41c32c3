"""What keeps the window responsive beside a training thread: the frame gate and a short switch interval."""

import sys
import threading

LONGEST_WAIT = 0.010
"""Seconds that training waits for one frame at most; a window that hangs must not hang the run."""

SWITCH_INTERVAL = 0.0005
"""Seconds after which Python takes turns between threads while a worker runs (its default is 0.005)."""


class FrameGate:
    """A flag that the window raises while it draws; training waits meanwhile, at most ``LONGEST_WAIT`` seconds."""

    def __init__(self) -> None:
        self._open = threading.Event()
        self._open.set()

    def hold(self) -> None:
        """Begin a frame: training waits at its next look."""
        self._open.clear()

    def release(self) -> None:
        """End the frame; releasing twice does no harm."""
        self._open.set()

    def wait(self) -> bool:
        """Wait until the frame is over; False when the time was up before."""
        return self._open.is_set() or self._open.wait(LONGEST_WAIT)


class _SwitchInterval:
    """Keeps the switch interval short as long as any worker runs.

    The interval belongs to the whole process, so this count does too: workers may overlap when one run replaces
    another.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._users = 0
        self._before = 0.0

    def shorten(self) -> None:
        with self._lock:
            if self._users == 0:
                self._before = sys.getswitchinterval()
                sys.setswitchinterval(SWITCH_INTERVAL)
            self._users += 1

    def restore(self) -> None:
        with self._lock:
            self._users -= 1
            if self._users == 0:
                sys.setswitchinterval(self._before)


switch_interval = _SwitchInterval()
