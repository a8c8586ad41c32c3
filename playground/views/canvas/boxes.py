"""The boxes of one column: how wide it wants to be, where its units and its gauge stand. Plain arithmetic, no Qt."""

from enum import Enum

import msgspec

MARGIN = 8.0
TITLE_HEIGHT = 24.0
CONTROL_HEIGHT = 26.0
WORDS_HEIGHT = 48.0
GAUGE_BAR = 8.0
GAUGE_HEIGHT = 44.0  # bar, "purity 79 %", caption
COLUMN_MOST = 190.0
NARROW_MOST = 64.0  # a narrow column takes no more; further room goes to the lines
UNIT_SIZE = (19.0, 72.0)
BUNDLED_SIZE = 24.0  # where not all units fit, those that are shown are large enough to read
UNIT_SPACE = 3.0  # between units that are packed closest
BAR_SIZE = (11.0, 22.0)  # height of an activation bar
UNIT_FEATURE = 38.0  # a unit on the smallest screen
BUNDLE_HEIGHT = 22.0


class Rect(msgspec.Struct, frozen=True):
    """A rectangle in pixels of the canvas."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """The right edge."""
        return self.x + self.width

    @property
    def bottom(self) -> float:
        """The lower edge."""
        return self.y + self.height

    @property
    def center_x(self) -> float:
        """The middle between left and right."""
        return self.x + self.width / 2

    @property
    def center_y(self) -> float:
        """The middle between top and bottom."""
        return self.y + self.height / 2

    def contains(self, x: float, y: float) -> bool:
        """Whether the point lies inside."""
        return self.x <= x < self.right and self.y <= y < self.bottom

    def grown(self, by: float) -> "Rect":
        """The rectangle with ``by`` pixels more on each side."""
        return Rect(self.x - by, self.y - by, self.width + 2 * by, self.height + 2 * by)


class Shape(Enum):
    """How the units of a column look."""

    SQUARES = "squares"  # heat maps
    BARS = "bars"  # activation bars
    ROWS = "rows"  # class bars with names
    PICTURE = "picture"  # one image
    BAR = "bar"  # a plain bar from which lines go out (Flatten)


class Head(Enum):
    """How much the heads of the columns show."""

    FULL = "full"  # all controls in one row
    STACKED = "stacked"  # in two rows
    WORDS = "words"  # narrow: a few words, controls on demand

    @property
    def height(self) -> float:
        """Pixels from the top of the column to its units."""
        rows = {
            Head.FULL: CONTROL_HEIGHT,
            Head.STACKED: 2 * CONTROL_HEIGHT + 4,
            Head.WORDS: WORDS_HEIGHT - TITLE_HEIGHT,
        }
        return TITLE_HEIGHT + rows[self]


class ColumnSpec(msgspec.Struct, frozen=True):
    """What the layout must know of one column.

    ``least``: the width that it needs; ``one_row``: that its controls need side by side. ``left_label``: room left of
    the units for their names, which is part of it; ``narrow``: what it needs besides when its head shows words only.
    """

    shape: Shape
    units: int
    least: float
    one_row: float = 0.0
    most: float = COLUMN_MOST
    left_label: float = 0.0
    narrow: float = 36.0
    bypassed: bool = False
    banded: bool = False

    def narrowed(self, share: float = 1.0) -> "ColumnSpec":
        """The same column where heads show words only; ``share``: packed still closer."""
        least = self.left_label + min(self.narrow, self.least - self.left_label) * share
        return msgspec.structs.replace(self, least=least, one_row=0.0, most=max(least, NARROW_MOST))


class Column(msgspec.Struct, frozen=True):
    """One placed column; ``units`` are the rectangles of the units that are shown, ``hidden`` counts the others."""

    frame: Rect
    units: tuple[Rect, ...]
    hidden: int
    bundle: Rect | None
    gauge: Rect
    shape: Shape
    bypassed: bool = False  # the flow passes by
    banded: bool = False  # each unit reads all that comes: a band leads in, not lines

    @property
    def lowest(self) -> float:
        """The y of the lowest line that can reach the column."""
        last = self.units[-1]
        return last.bottom if self.shape is Shape.BAR else last.center_y

    def place_of(self, unit: int) -> Rect | None:
        """Where a unit stands; "+n more" for one that there is no room for, None for one that there is not."""
        return self.units[unit] if unit < len(self.units) else self.bundle

    def ports(self, count: int, *, right: bool) -> tuple[tuple[float, float], ...]:
        """Where the lines of the first ``count`` values leave (``right``) or enter the column."""
        if self.shape in (Shape.PICTURE, Shape.BAR):
            box = self.units[0]
            x = box.right if right else box.x
            if right and self.shape is Shape.BAR:
                return tuple((x, box.y + (k + 0.5) * box.height / count) for k in range(count))
            return tuple((x, box.center_y) for _ in range(count))
        return tuple((box.right if right else box.x, box.center_y) for box in self.units[:count])


def place_column(spec: ColumnSpec, frame: Rect, zone: Rect, gauge_top: float, zoom: float = 1.0) -> Column:
    """Put the units of a column into ``zone`` and its gauge at ``gauge_top``."""
    bar = min(frame.width - (12 if frame.width > 60 else 2), 120.0)
    gauge = Rect(frame.center_x - bar / 2, gauge_top, bar, GAUGE_HEIGHT)
    hidden, bundle = 0, None
    if spec.shape is Shape.PICTURE:
        side = min(frame.width - 8 if frame.width < 92 else frame.width - 16, zone.height - 24, 120.0 * zoom)
        units: tuple[Rect, ...] = (Rect(frame.center_x - side / 2, zone.center_y - side / 2, side, side),)
    elif spec.shape is Shape.BAR:
        units = (Rect(frame.center_x - 5, zone.y + 4, 10, zone.height - 8),)
    elif spec.shape is Shape.ROWS:
        pitch = min(zone.height / spec.units, 34.0)
        top = zone.center_y - pitch * spec.units / 2
        inner = frame.width - 12
        units = tuple(Rect(frame.x + 6, top + k * pitch, inner, pitch) for k in range(spec.units))
    else:
        units, hidden, bundle = _squares(spec, frame, zone, zoom)
    return Column(frame, units, hidden, bundle, gauge, spec.shape, spec.bypassed, spec.banded)


def _squares(spec: ColumnSpec, frame: Rect, zone: Rect, zoom: float) -> tuple[tuple[Rect, ...], int, Rect | None]:
    """Stack as many units as fit, as large as the height allows; the rest goes into a bundle."""
    bars = spec.shape is Shape.BARS
    least = (BAR_SIZE if bars else UNIT_SIZE)[0] + UNIT_SPACE
    room, shown = zone.height, spec.units
    if spec.units * least > room + UNIT_SPACE:
        room -= BUNDLE_HEIGHT + 6
        least = least if bars else BUNDLED_SIZE + UNIT_SPACE
        shown = max(1, int((room + UNIT_SPACE) // least))
    full = min(UNIT_SIZE[1] * zoom, max(UNIT_FEATURE, zone.height / 6.2) * zoom, frame.width - spec.left_label - 8)
    tallest = BAR_SIZE[1] if bars else full
    pitch = min(tallest * 1.24, (room + UNIT_SPACE) / shown)
    size = min(tallest, pitch - max(UNIT_SPACE, min(9.0, pitch * 0.16)))
    hidden = spec.units - shown
    block = pitch * (shown - 1) + size + (BUNDLE_HEIGHT + 6 if hidden else 0)
    top = round(zone.center_y - block / 2)
    size = round(size)
    width = round(full) if bars else size
    left = round(frame.center_x - width / 2 + spec.left_label / 2)
    units = tuple(Rect(left, round(top + k * pitch), width, size) for k in range(shown))
    wide = min(76.0, frame.width + 4)
    bundle = Rect(frame.center_x - wide / 2, units[-1].bottom + 6, wide, BUNDLE_HEIGHT) if hidden else None
    return units, hidden, bundle
