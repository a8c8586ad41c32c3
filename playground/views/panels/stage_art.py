"""Drawing of many points and lines in few calls: paths are built from arrays, not point by point."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import zip_longest

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QByteArray, QDataStream, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen

from playground.insight.representations import Distillation, Kind, Representation, corners
from playground.views import colormap
from playground.views.markers import marker_path
from playground.views.theme import CAPTION_SIZE, Marker, Theme, Token, mix, sized_font

CORNER = 4.0
_CHUNK = 64  # points in one path: filling takes longer than in proportion to the points
_SHADES = 16  # different colours for numbers
_SHORT = 2  # letters
_ROUND = 12  # corners of a circle
_LABEL_REACH = 1.2  # where a class's name stands; its corner is at 1
_NEAR = 10.0  # pixels within which a point is meant

Floats = NDArray[np.floating]


@dataclass(frozen=True)
class Scene:
    """A stage as it lies in its window, 0..1 from left to right and from top to bottom.

    points: float (n, 2). grid: float (lines, dots, 2) or None. middle: where the decision between two classes lies on a
    strip (0..1), None elsewhere. grid_strength: 0..1. corners: float (classes, 2), where each class has its corner.
    border: float (2, 2), two places far out on the line that the linear probe draws between two classes.
    """

    points: Floats
    grid: Floats | None = None
    middle: float | None = None
    grid_strength: float = 1.0
    corners: Floats | None = None
    border: Floats | None = None

    @classmethod
    def of(cls, stage: Representation, middle: float | None = None, classes: int = 0) -> "Scene":
        """Lay a stage into its window. ``middle``: the decision, in the units of the stage."""
        grid = None if stage.grid is None else stage.window.unit(stage.grid)
        if middle is not None:
            middle = float(stage.window.unit(np.array([middle, 0.0]))[0])
        ends = None
        if stage.kind is Kind.CORNERS:
            ends = stage.window.unit(_LABEL_REACH * corners(classes))
        line = None if stage.border is None else stage.window.unit(_far_ends(stage))
        return cls(stage.window.unit(stage.points), grid, middle, corners=ends, border=line)

    def between(self, other: "Scene", share: float) -> "Scene":
        """The scene on the way to ``other``; a grid that ends or begins there fades."""
        if share <= 0.0:
            return self
        if share >= 1.0:
            return other
        points = self.points + (other.points - self.points) * share
        if self.grid is not None and other.grid is not None:
            return Scene(points, self.grid + (other.grid - self.grid) * share)
        return (
            Scene(points, self.grid, None, 1.0 - share)
            if other.grid is None
            else Scene(points, other.grid, None, share)
        )

    def nearest(self, rect: QRectF, place: QPointF) -> int | None:
        """The point under ``place`` when the scene fills ``rect``; None when none is near."""
        x = rect.left() + self.points[:, 0] * rect.width() - place.x()
        y = rect.top() + self.points[:, 1] * rect.height() - place.y()
        distance = np.nan_to_num(np.hypot(x, y), nan=np.inf)
        best = int(distance.argmin()) if distance.size else 0
        return best if distance.size and distance[best] <= _NEAR else None


@dataclass(frozen=True)
class _Group:
    """Points that look alike."""

    rows: NDArray[np.intp]
    marker: Marker
    fill: QColor
    outline: QColor | None


class PointArt:
    """How the examples of a picture look: colour and marker of each one's class, or the shade of its number."""

    def __init__(self, picture: Distillation, names: tuple[str, ...], theme: Theme) -> None:
        self._theme, self._names = theme, names
        self._groups = tuple(_shades(picture.targets[:, 0], theme) if picture.labels is None else ())
        if picture.labels is not None:
            self._groups = tuple(_classes(picture.labels, len(names), theme))

    def paint(self, painter: QPainter, rect: QRectF, scene: Scene) -> None:
        """Draw frame, grid and points so that the scene fills ``rect``."""
        theme = self._theme
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.color(Token.LINE), 1))
        painter.setBrush(theme.color(Token.CARD))
        painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), CORNER, CORNER)
        painter.save()
        painter.setClipRect(rect.adjusted(1, 1, -1, -1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if scene.grid is not None:
            strength = 0.5 * scene.grid_strength
            painter.setPen(QPen(mix(theme.color(Token.CARD), theme.color(Token.CONTROL_LINE), strength), 0.8))
            painter.drawPath(polylines(_placed(scene.grid, rect)))
        if scene.middle is not None:
            pen = QPen(theme.color(Token.CONTROL_LINE), 1)
            pen.setDashPattern([2.0, 3.0])
            painter.setPen(pen)
            x = rect.left() + scene.middle * rect.width()
            painter.drawLine(QPointF(x, rect.top()), QPointF(x, rect.bottom()))
        if scene.corners is not None:
            self._paint_names(painter, rect, scene.corners)
        self._paint_points(painter, rect, scene.points)
        painter.restore()

    def _paint_names(self, painter: QPainter, rect: QRectF, places: Floats) -> None:
        """Name the corners where the names are short, as digits are."""
        if max(map(len, self._names), default=9) > _SHORT:
            return
        painter.setFont(sized_font(CAPTION_SIZE))
        painter.setPen(self._theme.color(Token.MUTED))
        for (x, y), name in zip(_placed(places, rect).tolist(), self._names, strict=False):
            painter.drawText(QRectF(x - 20, y - 9, 40, 18), Qt.AlignmentFlag.AlignCenter, name)

    def _paint_points(self, painter: QPainter, rect: QRectF, points: Floats) -> None:
        places = _placed(points, rect)
        seen = (np.abs(points - 0.5) < 0.6).all(axis=1)  # also drops what is no number
        radius = radius_for(rect.width())
        for group in self._groups:
            centres = places[group.rows[seen[group.rows]]]
            if not len(centres):
                continue
            outlines = centres[:, None] + _outline(group.marker, radius)[None]
            path = polylines(outlines)
            path.setFillRule(Qt.FillRule.WindingFill)
            if group.outline is None:
                painter.fillPath(path, group.fill)
            else:
                painter.setPen(QPen(group.outline, 0.8))
                painter.setBrush(group.fill)
                painter.drawPath(path)


def paint_ring(painter: QPainter, rect: QRectF, place: Floats, color: QColor, paper: QColor) -> None:
    """Mark one point of a scene that fills ``rect``. place: (2,), 0..1."""
    if not np.isfinite(place).all():
        return
    centre = QPointF(rect.left() + float(place[0]) * rect.width(), rect.top() + float(place[1]) * rect.height())
    radius = radius_for(rect.width()) + 3.5
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for pen in (QPen(paper, 4.0), QPen(color, 2.0)):
        painter.setPen(pen)
        painter.drawEllipse(centre, radius, radius)


def radius_for(side: float) -> float:
    """The size of markers in a picture that is ``side`` pixels wide."""
    return min(4.5, max(2.1, side / 58))


def polylines(lines: Floats) -> QPainterPath:
    """One path of many lines. lines: (count, corners, 2); a NaN ends a line."""
    count, corners, _ = lines.shape
    steps = np.zeros((count, corners), dtype=[("kind", ">i4"), ("x", ">f8"), ("y", ">f8")])
    fine: NDArray[np.bool_] = np.all(np.abs(np.nan_to_num(lines, nan=np.inf)) < 1e6, axis=-1)
    steps["kind"][:, 1:] = fine[:, 1:] & fine[:, :-1]
    steps["x"], steps["y"] = lines[..., 0], lines[..., 1]
    kept = steps[fine]
    # the way a QPainterPath is written to a stream: number of steps, the steps, start of the last line, fill rule
    data = len(kept).to_bytes(4, "big") + kept.tobytes() + bytes(8)
    path = QPainterPath()
    if len(kept):
        _ = QDataStream(QByteArray(data)) >> path
    return path


def paint_border(painter: QPainter, rect: QRectF, line: Floats, color: QColor) -> None:
    """Draw a line across a scene that fills ``rect``. line: (2, 2), 0..1 inside."""
    painter.save()
    painter.setClipRect(rect.adjusted(1, 1, -1, -1))
    pen = QPen(color, 1.4)
    pen.setDashPattern([4.0, 3.0])
    painter.setPen(pen)
    painter.drawPath(polylines(_placed(line, rect)[None]))
    painter.restore()


def _far_ends(stage: Representation) -> Floats:
    """Two places on the probe's line, outside of the window: (2, 2)."""
    assert stage.border is not None
    normal, offset = np.array(stage.border[:2]), stage.border[2]
    low, high = np.array(stage.window.low), np.array(stage.window.high)
    scale = high - low  # measured in windows, so that strips and squares are alike
    normal, offset = normal * scale, offset - float(normal @ low)
    length = float(normal @ normal)
    foot = normal * (offset - float(normal @ [0.5, 0.5])) / length + 0.5
    along = np.array([-normal[1], normal[0]]) / np.sqrt(length)
    ends: Floats = low + scale * np.array([foot - 2 * along, foot + 2 * along])
    return ends


def _placed(points: Floats, rect: QRectF) -> Floats:
    size, corner = np.array([rect.width(), rect.height()]), np.array([rect.left(), rect.top()])
    placed: Floats = points * size + corner
    return placed


@lru_cache(maxsize=64)
def _outline(marker: Marker, radius: float) -> Floats:
    """The closed outline of a marker around (0, 0): (corners, 2)."""
    if marker is Marker.CIRCLE:
        turns = np.linspace(0.0, 2 * np.pi, _ROUND + 1)
        return radius * np.column_stack([np.cos(turns), np.sin(turns)])
    corners = marker_path(marker, radius).toFillPolygon()
    return np.array([(corner.x(), corner.y()) for corner in corners.toList()])


def _classes(labels: NDArray[np.int64], classes: int, theme: Theme) -> Iterator[_Group]:
    """The classes in chunks that take turns, so that none hides the others."""
    colors = theme.class_colors(classes)
    chunks = []
    for label in range(max(2, classes)):
        rows = np.flatnonzero(labels == label)
        chunks.append([rows[start : start + _CHUNK] for start in range(0, len(rows), _CHUNK)])
    for turn in zip_longest(*chunks):
        for label, rows in enumerate(turn):
            if rows is not None:
                color = colors[label]
                outline = mix(color, theme.color(Token.TEXT), 0.35) if classes > 2 else None
                yield _Group(rows, theme.class_marker(label), color, outline)


def _shades(targets: Floats, theme: Theme) -> Iterator[_Group]:
    """Numbers on the diverging scale, alike ones together."""
    reach = max(1e-6, float(np.abs(targets).max(initial=0.0)))
    shades = colormap.places(targets, -reach, reach).astype(np.int64) * _SHADES // 256
    table, outline = theme.diverging_lut(), theme.color(Token.CONTROL_LINE)
    for shade in np.unique(shades):
        red, green, blue, _ = table[(2 * int(shade) + 1) * 128 // _SHADES].tolist()
        yield _Group(np.flatnonzero(shades == shade), Marker.CIRCLE, QColor(red, green, blue), outline)
