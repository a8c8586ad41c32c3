"""One stage of the distillation: its picture, its name and its purity."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QEnterEvent, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QToolTip, QWidget

from playground.views.forms import percent
from playground.views.panels.stage_art import CORNER, PointArt, Scene, paint_border, paint_ring
from playground.views.panels.stage_words import StageText
from playground.views.table_twin import Table, TwinAction
from playground.views.theme import CAPTION_SIZE, COUNTER_SIZE, TEXT_SIZE, Theme, Token, sized_font

TEXT_WIDTH, TEXT_GAP, HEADER = 82, 10, 20


class Picture(QWidget):
    """A scene in a frame, drawn when it changes; points can be pointed at and clicked.

    While the pointer is on it, the line of the linear probe is drawn too.

    ``describe`` tells what a tool-tip says about an example (its place in the picture), ``numbers`` where all stand.

    Signals:
        clicked(object): the place of the clicked example in the picture, None beside all.
        hovered(object): likewise for the pointer.
        stepped(int): an arrow key asks for the example before (-1) or after (+1) the marked one.
    """

    clicked = Signal(object)
    hovered = Signal(object)
    stepped = Signal(int)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._scene: Scene | None = None
        self._art: PointArt | None = None
        self._drawn: QPixmap | None = None
        self._marked: int | None = None
        self._pointed: int | None = None
        self.describe: Callable[[int], str] = lambda index: ""
        self.numbers: Callable[[Picture], Table] = lambda picture: Table("")
        self.setMouseTracking(True)
        TwinAction(self)

    @property
    def scene(self) -> Scene | None:
        """What is shown."""
        return self._scene

    def show_scene(self, scene: Scene | None, art: PointArt | None) -> None:
        """Show another scene."""
        self._scene, self._art, self._drawn = scene, art, None
        self.update()

    def table(self) -> Table:
        """Where every example stands."""
        return self.numbers(self)

    def mark(self, marked: int | None, pointed: int | None) -> None:
        """Put a ring round the marked example, and a fainter one round the one under the pointer."""
        if (marked, pointed) != (self._marked, self._pointed):
            self._marked, self._pointed = marked, pointed
            self.update()

    def frame(self) -> QRectF:
        """Where the scene stands."""
        side = min(self.width(), self.height())
        return QRectF(0, (self.height() - side) // 2, side, side)

    # -- Qt --------------------------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the scene, then the rings."""
        painter = QPainter(self)
        self._paint_scene(painter)
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Mark the example under the pointer, or none."""
        if event.button() == Qt.MouseButton.LeftButton:
            self.clicked.emit(self._at(event.position()))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Tell which example the pointer is at."""
        self.hovered.emit(self._at(event.position()))

    def enterEvent(self, event: QEnterEvent) -> None:
        """Show the probe's line."""
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        """Tell that the pointer left."""
        self.update()
        self.hovered.emit(None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Mark another example by the arrow keys, none by Escape."""
        keys = Qt.Key
        step = {keys.Key_Left: -1, keys.Key_Up: -1, keys.Key_Right: 1, keys.Key_Down: 1}.get(keys(event.key()))
        if step is not None:
            self.stepped.emit(step)
        elif event.key() == keys.Key_Escape and self._marked is not None:
            self.clicked.emit(None)
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """Describe the example under the pointer, else the stage."""
        if event.type() is QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            index = self._at(QPointF(event.pos()))
            text = self.toolTip() if index is None else self.describe(index)
            QToolTip.showText(event.globalPos(), text, self) if text else QToolTip.hideText()
            return True
        return super().event(event)

    # -- inside ----------------------------------------------------------------------------------------------------

    def _at(self, place: QPointF) -> int | None:
        return self._scene.nearest(self.frame(), place) if self._scene is not None else None

    def _paint_scene(self, painter: QPainter) -> None:
        frame = self.frame()
        if self._scene is None or self._art is None or frame.width() < 1:
            return
        ratio = self.devicePixelRatioF()
        size = (frame.size() * ratio).toSize()
        if self._drawn is None or self._drawn.size() != size:
            self._drawn = QPixmap(size)
            self._drawn.setDevicePixelRatio(ratio)
            self._drawn.fill(Qt.GlobalColor.transparent)
            inner = QPainter(self._drawn)
            self._art.paint(inner, QRectF(0, 0, frame.width(), frame.height()), self._scene)
            inner.end()
        painter.drawPixmap(frame.topLeft(), self._drawn)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.underMouse() and self._scene.border is not None:
            paint_border(painter, frame, self._scene.border, self._theme.color(Token.TEXT))
        if self.hasFocus():
            painter.setPen(QPen(self._theme.color(Token.SELECTION), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(frame.adjusted(1, 1, -1, -1), CORNER, CORNER)
        rings = ((self._pointed, Token.CONTROL_LINE), (self._marked, Token.SELECTION))
        for index, token in rings:
            if index is not None and index < len(self._scene.points):
                paper = self._theme.color(Token.CARD)
                paint_ring(painter, frame, self._scene.points[index], self._theme.color(token), paper)


class StageView(Picture):
    """A picture with its name and purity: beside it, or above it (``narrow``) where there is little room.

    Signals:
        axes_wanted(QPoint): the words were clicked, there on the screen; other units may be wanted on the axes.
    """

    axes_wanted = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._text = StageText()
        self._side, self._narrow = 0, False

    @property
    def text(self) -> StageText:
        """What stands beside the picture."""
        return self._text

    def show_text(self, text: StageText) -> None:
        """Show another name or purity."""
        if text != self._text:
            self._text = text
            self.setAccessibleName(f"{text.title}, {text.measure} {text.number}")
            self.setToolTip(text.explanation)
            self.update()

    def arrange(self, side: int, *, narrow: bool) -> None:
        """Draw the picture ``side`` pixels wide, the text above it or beside it."""
        if (side, narrow) != (self._side, self._narrow):
            self._side, self._narrow = side, narrow
            self.update()

    def frame(self) -> QRectF:
        """Where the scene stands."""
        top = HEADER if self._narrow else (self.height() - self._side) // 2
        return QRectF(0, top, self._side, self._side)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click on the words asks for other axes."""
        if event.button() == Qt.MouseButton.LeftButton and not self.frame().contains(event.position()):
            self.axes_wanted.emit(event.globalPosition().toPoint())
        else:
            super().mousePressEvent(event)

    def sizeHint(self) -> QSize:
        """A picture of 140 pixels with its text."""
        return QSize(140 + TEXT_GAP + TEXT_WIDTH, 140)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw picture and text."""
        painter = QPainter(self)
        self._paint_scene(painter)
        (self._paint_header if self._narrow else self._paint_side)(painter)
        painter.end()

    def _paint_side(self, painter: QPainter) -> None:
        frame = self.frame()
        box = QRectF(frame.right() + TEXT_GAP, frame.top(), self.width() - frame.right() - TEXT_GAP, 18)
        lines = [(self._text.title, TEXT_SIZE - 1, True, Token.TEXT, 17)]
        if self._text.note:
            lines.append((self._text.note, CAPTION_SIZE, False, Token.MUTED, 15))
        lines.append((self._text.number, COUNTER_SIZE + 3, True, Token.TEXT, 32))
        lines.append((self._text.measure, CAPTION_SIZE, False, Token.MUTED, 15))
        if self._text.chance is not None:
            chance = self.tr("chance %1").replace("%1", percent(self._text.chance))
            lines.append((chance, CAPTION_SIZE, False, Token.MUTED, 15))
        for text, size, bold, token, height in lines:
            box.setHeight(height)
            painter.setFont(sized_font(size, bold=bold))
            painter.setPen(self._theme.color(token))
            painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, text)
            box.moveTop(box.bottom())

    def _paint_header(self, painter: QPainter) -> None:
        box = QRectF(0, 0, self.frame().right(), HEADER - 3)
        strong = sized_font(TEXT_SIZE - 1, bold=True)
        painter.setFont(strong)
        painter.setPen(self._theme.color(Token.TEXT))
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, self._text.number)
        room = box.width() - painter.fontMetrics().horizontalAdvance(self._text.number) - 6
        painter.setFont(sized_font(CAPTION_SIZE))
        painter.setPen(self._theme.color(Token.MUTED))
        title = painter.fontMetrics().elidedText(self._text.short, Qt.TextElideMode.ElideRight, int(room))
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, title)
