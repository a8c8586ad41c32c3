"""The round "?" that opens the legend of a panel."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, Slot
from PySide6.QtWidgets import QToolButton, QWidget

from playground.views.icons import icon
from playground.views.theme import Theme, Token

SIDE, MARGIN = 22, 8


class HelpButton(QToolButton):
    """Calls ``act`` when it is pressed. ``float_over``: stand in the upper right corner of a panel."""

    def __init__(self, theme: Theme, act: Callable[[], object], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("legend.open")
        self.setProperty("quiet", True)
        self.setFixedSize(SIDE, SIDE)
        self.setToolTip(self.tr("What the colours, axes and units mean (H for all panels)"))
        self.setAccessibleName(self.tr("How to read this panel"))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._theme = theme
        self._over: QWidget | None = None
        self.clicked.connect(act)
        theme.changed.connect(self._recolor)
        self._recolor()

    def float_over(self, panel: QWidget) -> None:
        """Stand in the upper right corner of ``panel``, and follow it."""
        self._over = panel
        self.setParent(panel)
        panel.installEventFilter(self)
        self._place()
        self.show()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the corner."""
        if event.type() in (QEvent.Type.Resize, QEvent.Type.Show):
            self._place()
        return super().eventFilter(watched, event)

    def _place(self) -> None:
        if self._over is not None:
            self.move(self._over.width() - SIDE - MARGIN, MARGIN)
            self.raise_()

    @Slot()
    def _recolor(self) -> None:
        self.setIcon(icon("help", self._theme, Token.MUTED))
