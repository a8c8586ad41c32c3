"""One place for colours, fonts and the look of standard widgets, light and dark."""

from enum import Enum
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtGui import QColor, QFont, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from playground.views.colormap import packed
from playground.views.stylesheet import build as build_stylesheet

Mode = Literal["light", "dark", "system"]

TEXT_SIZE, CAPTION_SIZE, COUNTER_SIZE = 13, 11, 19  # pixels
MAP_STRENGTH = 0.86  # ends of the maps' scale: data colour mixed with the card, so that markers stand out on it


class Token(Enum):
    """What a colour is for; (light, dark)."""

    WINDOW = ("#F5F6F8", "#15181E")
    CARD = ("#FFFFFF", "#1C2027")
    LINE = ("#D5DAE2", "#3A424E")
    TEXT = ("#1E2430", "#E7EAF0")
    MUTED = ("#5B6472", "#9AA3B2")
    PRIMARY = ("#263349", "#DDE3EE")
    PRIMARY_TEXT = ("#FFFFFF", "#15181E")
    SELECTION = ("#6D5BD0", "#9C8CF2")
    NEGATIVE = ("#E07B16", "#F5A04A")
    POSITIVE = ("#1F77B4", "#4FA3DC")
    PURITY = ("#64748B", "#94A3B8")
    GOOD = ("#1F7A4D", "#4FBF85")
    WARNING = ("#8A5A00", "#F0C35E")
    WARNING_FILL = ("#FFF6DF", "#3A2C10")
    BAD = ("#B3261E", "#FF8A80")  # only for what is proven to be wrong
    HOVER = ("#EEF0F4", "#272D37")
    CONTROL_LINE = ("#868F9D", "#727C8B")  # outlines that carry meaning: at least 3:1 on card and window


class Marker(Enum):
    """The shape that stands for a class, so that colour is never the only carrier."""

    SQUARE = "■"
    CIRCLE = "●"
    TRIANGLE = "▲"
    DIAMOND = "◆"
    CROSS = "✚"
    DOWN = "▼"
    STAR = "★"
    PENTAGON = "⬟"
    LEFT = "◀"
    RIGHT = "▶"


# Okabe & Ito (2008), "Color Universal Design"; orange and blue first, as with two classes.
OKABE_ITO = ("#E69F00", "#0072B2", "#009E73", "#CC79A7", "#56B4E9", "#D55E00", "#F0E442", "#8C8C8C")


class Theme(QObject):
    """Light or dark, and every colour that follows from it.

    Signals:
        changed: the colours are others now; custom drawing must be repeated.
    """

    changed = Signal()

    def __init__(self, mode: Mode = "system", parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._mode: Mode = mode
        self._dark = self._wants_dark()
        self._app: QApplication | None = None
        self._tables: dict[tuple[int, ...], NDArray[np.uint8]] = {}
        self._colors: dict[Token, QColor] = {}
        self._pixels: NDArray[np.uint32] | None = None
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._system_changed)

    @property
    def mode(self) -> Mode:
        """What was asked for: "light", "dark" or "system"."""
        return self._mode

    @property
    def dark(self) -> bool:
        """Whether the dark colours are in use."""
        return self._dark

    def set_mode(self, mode: Mode) -> None:
        """Use light or dark colours, or follow the system."""
        self._mode = mode
        self._update()

    def apply(self, app: QApplication) -> None:
        """Dress ``app`` in this theme now and after each change."""
        self._app = app
        app.setStyle("Fusion")
        font = app.font()
        font.setPixelSize(TEXT_SIZE)
        app.setFont(font)
        self._dress()

    def color(self, token: Token) -> QColor:
        """The colour for ``token``."""
        if token not in self._colors:
            self._colors[token] = QColor(self.hex(token))
        return QColor(self._colors[token])

    def hex(self, token: Token) -> str:
        """The colour for ``token`` as "#RRGGBB"."""
        return token.value[1 if self._dark else 0]

    def class_color(self, index: int) -> QColor:
        """The colour of class ``index`` where there are more than two."""
        return QColor(OKABE_ITO[index % len(OKABE_ITO)])

    def class_colors(self, count: int) -> tuple[QColor, ...]:
        """One colour per class: orange and blue for two, Okabe–Ito for more."""
        if count <= 2:
            return self.color(Token.NEGATIVE), self.color(Token.POSITIVE)
        return tuple(self.class_color(index) for index in range(count))

    def class_marker(self, index: int) -> Marker:
        """The shape of class ``index``."""
        shapes = tuple(Marker)
        return shapes[index % len(shapes)]

    def picture_colors(self, drawn: bool) -> tuple[QColor, QColor]:
        """What 1 and 0 of a grey picture look like: ink on paper where it is drawn, else white and black."""
        if drawn:
            return self.color(Token.TEXT), self.color(Token.CARD)
        return QColor("white"), QColor("black")

    def diverging_lut(self) -> NDArray[np.uint8]:
        """Colours of a centred scale: orange, card, blue.

        Returns: uint8 (256, 4), red green blue alpha.
        """
        return self._lut(
            self.map_end(self.color(Token.NEGATIVE)), self.color(Token.CARD), self.map_end(self.color(Token.POSITIVE))
        )

    def diverging_pixels(self) -> NDArray[np.uint32]:
        """The same scale as pixels, packed once per theme: the maps ask for it at every frame."""
        if self._pixels is None:
            self._pixels = packed(self.diverging_lut())
        return self._pixels

    def sequential_lut(self, end: QColor | None = None) -> NDArray[np.uint8]:
        """Colours of a one-sided scale: card to ``end`` (blue by default).

        Returns: uint8 (256, 4), red green blue alpha.
        """
        return self._lut(self.color(Token.CARD), self.map_end(end or self.color(Token.POSITIVE)))

    def map_end(self, color: QColor) -> QColor:
        """``color`` as it stands at the end of a map's scale."""
        return mix(self.color(Token.CARD), color, MAP_STRENGTH)

    def palette(self) -> QPalette:
        """The palette for Fusion."""
        role = QPalette.ColorRole
        palette = QPalette()
        tokens = {
            role.Window: Token.WINDOW,
            role.Base: Token.CARD,
            role.AlternateBase: Token.HOVER,
            role.Button: Token.CARD,
            role.ToolTipBase: Token.CARD,
            role.WindowText: Token.TEXT,
            role.Text: Token.TEXT,
            role.ButtonText: Token.TEXT,
            role.ToolTipText: Token.TEXT,
            role.PlaceholderText: Token.MUTED,
            role.Link: Token.SELECTION,
            role.Highlight: Token.SELECTION,
            role.Accent: Token.SELECTION,
            role.Mid: Token.LINE,
        }
        for which, token in tokens.items():
            palette.setColor(which, self.color(token))
        palette.setColor(role.HighlightedText, QColor("#15181E" if self._dark else "#FFFFFF"))
        faint = mix(self.color(Token.WINDOW), self.color(Token.MUTED), 0.6)
        for which in (role.WindowText, role.Text, role.ButtonText):
            palette.setColor(QPalette.ColorGroup.Disabled, which, faint)
        return palette

    def stylesheet(self) -> str:
        """The style sheet for standard widgets."""
        return build_stylesheet({token.name.lower(): self.hex(token) for token in Token}, self._dark)

    def _lut(self, *stops: QColor) -> NDArray[np.uint8]:
        key = tuple(stop.rgb() for stop in stops)
        if key not in self._tables:
            places = np.linspace(0, 255, len(stops))
            channels = np.array([[c.red(), c.green(), c.blue(), 255] for c in stops], dtype=np.float64)
            columns = [np.interp(np.arange(256), places, channels[:, k]) for k in range(4)]
            table = np.stack(columns, axis=1).round().astype(np.uint8)
            table.flags.writeable = False
            self._tables[key] = table
        return self._tables[key]

    def _wants_dark(self) -> bool:
        if self._mode == "system":
            return QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark
        return self._mode == "dark"

    @Slot()
    def _system_changed(self) -> None:
        self._update()

    def _update(self) -> None:
        if self._wants_dark() == self._dark:
            return
        self._dark = not self._dark
        self._colors.clear()
        self._pixels = None
        self._dress()
        self.changed.emit()

    def _dress(self) -> None:
        if self._app is not None:
            self._app.setPalette(self.palette())
            self._app.setStyleSheet(self.stylesheet())


def mix(first: QColor, second: QColor, share: float) -> QColor:
    """``first`` with ``share`` (0 … 1) of ``second``, straight in RGB."""
    a, b = first, second
    return QColor(
        round(a.red() + (b.red() - a.red()) * share),
        round(a.green() + (b.green() - a.green()) * share),
        round(a.blue() + (b.blue() - a.blue()) * share),
    )


def sized_font(pixels: int, *, bold: bool = False) -> QFont:
    """The application's font at ``pixels``, with digits of equal width."""
    font = QFont(QApplication.font())
    font.setPixelSize(pixels)
    font.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
    font.setFeature(QFont.Tag("tnum"), 1)
    return font
