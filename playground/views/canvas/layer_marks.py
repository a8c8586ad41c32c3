"""Marks of what the user has switched off: hatched units that are muted, locks at layers that do not learn."""

from collections.abc import Sequence

import msgspec
from PySide6.QtCore import QCoreApplication, QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QPainter, QPainterPath, QPen, QPixmap

from playground.engine.layers import Layer
from playground.views.canvas.geometry import Layout, Rect, Shape
from playground.views.canvas.loop_art import seen
from playground.views.canvas.units import CORNER
from playground.views.icons import pixmap
from playground.views.theme import Theme, Token, mix

LOCK_RADIUS = 10.0
_LOCK_REACH = 13.0
_HATCH = 5.0  # pixels between two lines of a hatch


class Mark(msgspec.Struct, frozen=True):
    """A place to click: the mute badge of a unit, or the lock of a layer (``unit`` is None)."""

    layer: int
    unit: int | None = None


class LayerMarks:
    """Draws and finds the marks of all layers."""

    def __init__(self, theme: Theme) -> None:
        self._theme = theme
        self._layout: Layout | None = None
        self._layers: Sequence[Layer] = ()
        self._lockable: tuple[int, ...] = ()
        self._icons: dict[tuple[str, Token, float], QPixmap] = {}

    def set_layout(self, layout: Layout, layers: Sequence[Layer], parameters: Sequence[int]) -> None:
        """Show other layers; ``parameters``: how many weights each has."""
        self._layout, self._layers = layout, layers
        self._lockable = tuple(layer for layer, count in enumerate(parameters) if count)

    def restyle(self) -> None:
        """Draw in the theme's new colours."""
        self._icons.clear()

    def is_on(self, mark: Mark) -> bool:
        """Whether the unit is muted, or the layer frozen."""
        layer = self._layers[mark.layer]
        return not layer.trainable if mark.unit is None else mark.unit in layer.muted

    def box(self, mark: Mark) -> QRectF:
        """Where a mark stands, with all that its painting touches."""
        center, radius = (self._lock(mark.layer), LOCK_RADIUS) if mark.unit is None else self._badge(mark)
        return QRectF(center.x() - radius - 2, center.y() - radius - 2, 2 * radius + 4, 2 * radius + 4)

    def at(self, x: float, y: float) -> Mark | None:
        """The mark that a click at this point would reach."""
        if self._layout is None or self._layout.covered(x):
            return None
        for layer in self._lockable:
            place = self._lock(layer)
            if (place.x() - x) ** 2 + (place.y() - y) ** 2 <= _LOCK_REACH**2:
                return Mark(layer)
        for layer, unit, box in self._units():
            if box.grown(3).contains(x, y):
                mark = Mark(layer, unit)
                center, radius = self._badge(mark)
                return mark if (center.x() - x) ** 2 + (center.y() - y) ** 2 <= (radius + 1.5) ** 2 else None
        return None

    def badge_near(self, x: float, y: float) -> Mark | None:
        """The mark to offer while the pointer is at this point: the badge of the unit there, or the lock."""
        mark = self.at(x, y)
        if mark is not None or self._layout is None or self._layout.covered(x):
            return mark
        return next((Mark(layer, unit) for layer, unit, box in self._units() if box.contains(x, y)), None)

    def tip(self, mark: Mark) -> str:
        """What a click would do."""
        if mark.unit is not None:
            if self.is_on(mark):
                return _tr("This unit is muted: its output is 0 for every example. Click to let it speak again.")
            return _tr("Mute this unit: its output becomes 0, and everything behind it has to do without.")
        if self.is_on(mark):
            return _tr("This layer is frozen: training leaves its weights as they are. Click to let it learn again.")
        return _tr("Freeze this layer: training leaves its weights as they are.")

    def paint(self, painter: QPainter, region: QRectF, offered: Mark | None) -> None:
        """Draw the hatches that lie in ``region``, and the badge that is offered to the pointer."""
        if self._layout is None:
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for layer, unit, box in self._units():
            if unit in self._layers[layer].muted and _qrect(box).intersects(region):
                self._hatch(painter, box)
        if offered is not None and offered.unit is not None:
            self._paint_badge(painter, offered)

    def paint_locks(self, painter: QPainter, region: QRectF, offered: Mark | None) -> None:
        """Draw the locks that lie in ``region``; one that is offered to the pointer stands open."""
        if self._layout is None:
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for layer in seen(self._layout, self._lockable):
            mark = Mark(layer)
            if (mark == offered or self.is_on(mark)) and self.box(mark).intersects(region):
                self._paint_lock(painter, mark, faint=not self.is_on(mark))

    # -- inside ----------------------------------------------------------------------------------------------------

    def _units(self) -> list[tuple[int, int, Rect]]:
        """(layer, unit, box) of all shown units of hidden layers."""
        assert self._layout is not None
        return [
            (layer, unit, box)
            for layer, column in enumerate(self._layout.columns[1:-1])
            if column.shape in (Shape.SQUARES, Shape.BARS)
            for unit, box in enumerate(column.units)
        ]

    def _lock(self, layer: int) -> QPointF:
        """At the tip of the optimizer's arrow to the layer."""
        assert self._layout is not None
        return QPointF(round(self._layout.gaps[layer]), round(self._layout.arrow_tip(layer) + LOCK_RADIUS - 2))

    def _badge(self, mark: Mark) -> tuple[QPointF, float]:
        """Centre and radius of the mute badge: the upper right corner of the unit."""
        assert self._layout is not None
        assert mark.unit is not None
        box = self._layout.columns[mark.layer + 1].units[mark.unit]
        radius = max(5.0, min(8.0, box.height * 0.22))
        return QPointF(box.right - 2, box.y + 2), radius

    def _hatch(self, painter: QPainter, box: Rect) -> None:
        frame = QPainterPath()
        frame.addRoundedRect(_qrect(box).adjusted(0.5, 0.5, -0.5, -0.5), CORNER, CORNER)
        veil = self._theme.color(Token.CARD)
        veil.setAlphaF(0.72)
        painter.fillPath(frame, veil)
        painter.save()
        painter.setClipPath(frame, Qt.ClipOperation.IntersectClip)
        painter.setPen(QPen(self._theme.color(Token.MUTED), 1.2))
        along = box.x - box.height
        while along < box.right:
            painter.drawLine(QPointF(along, box.bottom), QPointF(along + box.height, box.y))
            along += _HATCH
        painter.restore()
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(self._theme.color(Token.MUTED), 1))
        painter.drawPath(frame)

    def _paint_lock(self, painter: QPainter, mark: Mark, *, faint: bool) -> None:
        center, color = self._lock(mark.layer), self._theme.color
        painter.setBrush(QBrush(color(Token.CARD)))
        painter.setPen(QPen(color(Token.LINE if faint else Token.CONTROL_LINE), 1))
        painter.drawEllipse(center, LOCK_RADIUS, LOCK_RADIUS)
        self._paint_icon(painter, "unlock" if faint else "lock", Token.MUTED if faint else Token.TEXT, center, 13.0)

    def _paint_badge(self, painter: QPainter, mark: Mark) -> None:
        center, radius = self._badge(mark)
        painter.setPen(QPen(self._theme.color(Token.CARD), 1.2))
        painter.setBrush(self._theme.color(Token.TEXT) if not self.is_on(mark) else self._theme.color(Token.MUTED))
        painter.drawEllipse(center, radius, radius)
        reach = radius * 0.5
        painter.setPen(QPen(mix(self._theme.color(Token.CARD), self._theme.color(Token.TEXT), 0.05), 1.5))
        painter.drawLine(center + QPointF(-reach, reach), center + QPointF(reach, -reach))
        if not self.is_on(mark):
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(center, reach * 1.1, reach * 1.1)

    def _paint_icon(self, painter: QPainter, name: str, token: Token, center: QPointF, side: float) -> None:
        ratio = painter.device().devicePixelRatioF() * painter.worldTransform().m11()
        key = (name, token, round(ratio, 3))
        if key not in self._icons:
            self._icons[key] = pixmap(name, self._theme.color(token), round(side), ratio)
        drawn = self._icons[key]
        half = drawn.deviceIndependentSize().width() / 2
        painter.drawPixmap(center - QPointF(half, half), drawn)


def _qrect(box: Rect) -> QRectF:
    return QRectF(box.x, box.y, box.width, box.height)


def _tr(text: str) -> str:
    return QCoreApplication.translate("Canvas", text)
