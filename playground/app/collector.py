"""Garbage is collected in the window's thread only.

Python collects in whichever thread happens to make an object. When that is the training thread, and the garbage holds
something of Qt, it is destroyed there: Qt then holds a lock and waits for Python's, while the window's thread holds
Python's and waits for that one, and the window stands still for ever. So Python's own rounds are switched off, and a
timer makes them instead, when they are due by the same counts.
"""

import gc

from PySide6.QtCore import QObject, QTimer, Slot

LOOK_MS = 500


class Collector(QObject):
    """Switches Python's own rounds off; ``begin`` starts those of the window's thread."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        gc.disable()
        self._timer = QTimer(self, interval=LOOK_MS)
        self._timer.timeout.connect(self.look)

    def begin(self) -> None:
        """Take everything that stands now out of the rounds, and begin to make them.

        A full round walks through modules, widgets and tables that live as long as the program anyway; it took 50 ms,
        several times a minute while people edit.
        """
        gc.freeze()
        self._timer.start()

    @Slot()
    def look(self) -> None:
        """Collect the oldest generation that is due, with those that are younger."""
        counts, thresholds = gc.get_count(), gc.get_threshold()
        due = [place for place, count in enumerate(counts) if count > thresholds[place]]
        if due:
            gc.collect(due[-1])
