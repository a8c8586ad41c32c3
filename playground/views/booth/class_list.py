"""The classes of the booth, one row each."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from playground.data.drawings import MOST_CLASSES
from playground.views.booth.class_button import LEAST, MOST, ClassButton
from playground.views.theme import Theme

ALONE = 4
"""So many classes stand below each other, more in two columns."""


class ClassList(QWidget):
    """At most ten rows.

    Signals:
        pressed(int): collect the drawing for this class. renamed(int, str): a class got another name.
    """

    pressed = Signal(int)
    renamed = Signal(int, str)

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._buttons: list[ClassButton] = []
        self._order: list[int] = []
        self.shown: tuple[str, ...] = ()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(4)
        self._grid.setAlignment(Qt.AlignmentFlag.AlignTop)

    @property
    def buttons(self) -> list[ClassButton]:
        """The rows that are shown."""
        return self._buttons[: len(self._order)]

    @property
    def current(self) -> int | None:
        """The class whose row was touched last, the last class otherwise; None when there is none."""
        held = next((button.index for button in self.buttons if button.hasFocus()), None)
        return held if held is not None else (len(self._order) - 1 if self._order else None)

    def show_classes(self, names: Sequence[str], counts: Sequence[int] | None) -> None:
        """Show other classes; without counts they only have bars (of many, the likeliest ten)."""
        self.shown = tuple(names)
        self._order = list(range(min(len(names), MOST_CLASSES)))
        while len(self._buttons) < len(self._order):
            self._add()
        high = (len(self._order) + 1) // 2 if len(self._order) > ALONE else len(self._order)
        for place, button in enumerate(self._buttons):
            button.setFixedHeight(MOST if len(self._order) <= 3 else LEAST)
            if place < len(self._order):
                self._grid.addWidget(button, place % high, place // high)
            button.setVisible(place < len(self._order))
            if place < len(self._order):
                self._dress(button, place, counts)

    def show_probabilities(self, values: Sequence[float] | None) -> None:
        """Show how likely the classes are, by their places."""
        if values is not None and len(self.shown) > MOST_CLASSES and len(values) == len(self.shown):
            best = sorted(range(len(values)), key=lambda label: -values[label])[:MOST_CLASSES]
            if best != self._order:
                self._order = best
                for button, label in zip(self._buttons, best, strict=False):
                    self._dress(button, label, None)
        fits = values is not None and len(values) == len(self.shown)
        for button, label in zip(self._buttons, self._order, strict=False):
            button.show_probability(float(values[label]) if fits and values is not None else None)

    def _add(self) -> None:
        button = ClassButton(self._theme, len(self._buttons), self)
        button.clicked.connect(lambda _=False, at=button: self.pressed.emit(at.index))
        button.renamed.connect(lambda name, at=button: self.renamed.emit(at.index, name))
        self._buttons.append(button)

    def _dress(self, button: ClassButton, label: int, counts: Sequence[int] | None) -> None:
        colors = self._theme.class_colors(len(self.shown))
        count = 0 if counts is None else counts[label]
        button.show_class(
            self.shown[label], count, colors[label], self._theme.class_marker(label), collects=counts is not None
        )
