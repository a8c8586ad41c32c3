"""The gradient lamp: is the backward pass right? Checked by finite differences while training goes on."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QVBoxLayout, QWidget

from playground.insight.pictures import LAMP
from playground.session import Session
from playground.training.records import Snapshot
from playground.views.messages import amount, fill
from playground.views.panels.card import Connections, label
from playground.views.panels.counter import count_text
from playground.views.theme import CAPTION_SIZE, Theme, Token, sized_font

if TYPE_CHECKING:
    from playground.insight.gradcheck import GradientCheck

RADIUS, MARGIN = 4.5, 8


class GradientLamp(QWidget):
    """A dot with words: green with the largest error and the number of checks, red with the layer that is wrong.

    Signals:
        turned(object): the layers that are wrong changed (a tuple of their indices, empty when none is).
    """

    turned = Signal(object)

    def __init__(self, session: Session, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("status.lamp")
        self.setAccessibleName(self.tr("Gradient check"))
        self._session, self._theme = session, theme
        self._found: GradientCheck | None = None
        self._text = ""
        self._connections = Connections()
        self._connections.add(session.trainer.counted, self._show_snapshot)
        self._connections.add(session.trainer.restarted, self._forget)
        self._connections.add(theme.changed, self.update)
        self._sheet = _Table(self)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        session.trainer.show(LAMP)
        self._tell()

    @property
    def found(self) -> "GradientCheck | None":
        """The checks so far."""
        return self._found

    @property
    def wrong(self) -> tuple[int, ...]:
        """The layers whose gradient is wrong."""
        return self._found.wrong if self._found is not None else ()

    @property
    def text(self) -> str:
        """The words beside the dot."""
        return self._text

    def refresh(self) -> None:
        """Show the present at once."""
        if latest := self._session.trainer.latest:
            self._show_snapshot(latest)

    def close(self) -> bool:
        """Stop listening and asking, then close."""
        self._session.trainer.show(LAMP, False)
        self._connections.undo()
        return super().close()

    def sizeHint(self) -> QSize:
        """As wide as the words; it grows, but does not shrink, so that what stands beside it stays."""
        self.ensurePolished()
        room = self.fontMetrics().horizontalAdvance(self.tr("gradients ✓ %s · %s") % ("1.2·10⁻¹⁰", "10,000"))
        return QSize(room + 2 * MARGIN + 14, 24)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the dot and the words."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.color(self._token()))
        painter.drawEllipse(QPointF(MARGIN + RADIUS, self.height() / 2), RADIUS, RADIUS)
        painter.setFont(sized_font(CAPTION_SIZE, bold=bool(self.wrong)))
        painter.setPen(self._theme.color(Token.BAD if self.wrong else Token.MUTED))
        room = QRectF(self.rect()).adjusted(MARGIN + 2 * RADIUS + 6, 0, 0, 0)
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, self._text)
        if self.hasFocus():
            painter.setPen(self._theme.color(Token.SELECTION))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 2, -1, -2), 4, 4)
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Open the table."""
        if event.button() == Qt.MouseButton.LeftButton:
            self.open_table()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open the table by Return."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.open_table()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Follow another font."""
        super().changeEvent(event)
        self.updateGeometry()

    def open_table(self) -> None:
        """Show what was checked, layer by layer."""
        self._sheet.show_check(self._found)
        corner = self.mapToGlobal(QPoint(0, -self._sheet.sizeHint().height() - 4))
        self._sheet.move(corner.x() + self.width() - self._sheet.sizeHint().width(), corner.y())
        self._sheet.show()

    @Slot(object)
    def _show_snapshot(self, snapshot: Snapshot) -> None:
        found = snapshot.pictures.get(LAMP)
        if found is None or found is self._found:
            return
        before = self.wrong
        self._found = found
        self._tell()
        if self.wrong != before:
            self.turned.emit(self.wrong)

    @Slot()
    def _forget(self) -> None:
        self._found = None
        self._tell()

    def _tell(self) -> None:
        found = self._found
        if found is None or not found.checks:
            self._text = self.tr("gradients –")
            tip = self.tr("Not checked yet.")
        elif self.wrong:
            layers = ", ".join(str(layer + 1) for layer in self.wrong)
            self._text = fill(self.tr("gradient of layer %1 is wrong"), layers)
            tip = self._text
        else:
            self._text = fill(self.tr("gradients ✓ %1 · %2"), amount(found.worst), count_text(found.checks))
            tip = fill(
                self.tr("Largest relative error %1 in %2 checks."), amount(found.worst), count_text(found.checks)
            )
        about = self.tr(
            "From time to time a random weight is moved a little, in 64-bit numbers, and the change of the loss is "
            "compared with the gradient that backpropagation gives. Click for the table."
        )
        self.setToolTip(f"{tip} {about}")
        self.setAccessibleDescription(tip)
        self.update()

    def _token(self) -> Token:
        if self.wrong:
            return Token.BAD
        return Token.GOOD if self._found is not None and self._found.checks else Token.LINE


class _Table(QFrame):
    """One row per layer: checks, largest relative error, and both slopes where it was found."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setObjectName("status.lamp.table")
        self.setProperty("card", True)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 12, 14, 12)
        column.addWidget(label(self.tr("Backpropagation against finite differences"), "heading", self))
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(18)
        column.addLayout(self._grid)
        self._note = label("", "caption", self)
        column.addWidget(self._note)
        self._cells: list[QLabel] = []

    def show_check(self, found: "GradientCheck | None") -> None:
        """Fill the table."""
        for cell in self._cells:
            self._grid.removeWidget(cell)
            cell.deleteLater()
        self._cells = []
        heads = (self.tr("layer"), self.tr("checks"), self.tr("largest error"), self.tr("weight"))
        self._row(0, (*heads, self.tr("backpropagation"), self.tr("difference")), "caption")
        for place, layer in enumerate(found.layers if found is not None else (), start=1):
            values = (amount(layer.worst), layer.name, amount(layer.analytic), amount(layer.numeric))
            mark = self.tr("wrong") if layer.wrong else ""
            name = f"{layer.layer + 1} {mark}".strip()
            shown = values if layer.checks else ("–",) * 4
            self._row(place, (name, count_text(layer.checks), *shown), "value")
        skipped = found.skipped if found is not None else 0
        self._note.setText(
            fill(self.tr("%1 weights were left out: next to a kink a difference says nothing."), str(skipped))
        )
        self.adjustSize()

    def _row(self, row: int, texts: tuple[str, ...], role: str) -> None:
        for column, text in enumerate(texts):
            cell = label(text, role, self)
            side = Qt.AlignmentFlag.AlignLeft if column in (0, 3) else Qt.AlignmentFlag.AlignRight
            self._grid.addWidget(cell, row, column, side)
            self._cells.append(cell)
