"""When weight lines are drawn: bit by bit beside training, so that no frame takes long; soon and smooth at rest."""

import math
from collections.abc import Callable, Sequence

from PySide6.QtCore import QElapsedTimer, QObject, QRect, QTimer
from PySide6.QtGui import QPixmap

from playground.views.canvas.edge_layer import EdgeLayer
from playground.views.canvas.edges import EdgeBundle, Pens
from playground.views.canvas.geometry import Column, Layout, Shape
from playground.views.theme import Theme, Token

BUDGET_MS = 2
NEXT_SLICE_MS = 40  # longer than a frame: while snapshots arrive, they drive the drawing
PERIOD_MS = 100
REST_BUDGET_MS, REST_SLICE_MS = 6, 8  # the same while the network rests
CALM_LINES = 400  # up to so many are drawn in one go while the network rests
CROWD = 80  # lines between two columns from which on they get thinner


class EdgePace(QObject):
    """Owns the layer of lines; ``repaint`` is called with every place that looks different."""

    def __init__(self, theme: Theme, repaint: Callable[[QRect], object], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme, self._repaint = theme, repaint
        self.layer = EdgeLayer()
        self.pens: dict[int, Pens] = {}
        self._made: dict[tuple[float, int, int], Pens] = {}
        self._cycle = QElapsedTimer()
        self._stale, self.resting = False, True
        self._later = QTimer(self, singleShot=True, interval=NEXT_SLICE_MS)
        self._later.timeout.connect(self.draw)

    @property
    def busy(self) -> bool:
        """Whether some lines show older weights."""
        return self._stale or self.layer.busy

    def begin(self, quiet: QPixmap, layout: Layout, bundles: Sequence[EdgeBundle | None]) -> None:
        """Draw on another quiet picture."""
        found = {k: bundle for k, bundle in enumerate(bundles) if bundle is not None}
        self.pens = {k: self._pens_for(layout.columns[k + 1], bundle) for k, bundle in found.items()}
        self.layer.reset(quiet, found, self.pens)
        self.layer.restart(smooth=self.resting)
        self.layer.draw(None if self.layer.lines <= CALM_LINES else BUDGET_MS)
        if self.layer.busy:
            self._later.start(REST_SLICE_MS)

    def weights_changed(self, *, resting: bool) -> None:
        """Draw the lines anew: at most ten times a second while weights change all the time, else at once."""
        self._stale, self.resting = True, resting
        self.draw()

    def finish(self) -> None:
        """Draw every line now, however long it takes."""
        self._stale = False
        self.layer.restart(smooth=True)
        self.layer.draw(None)

    def draw(self) -> None:
        """Draw lines that wait, as many as the time of one frame allows."""
        due = self.resting or not self._cycle.isValid() or self._cycle.elapsed() >= PERIOD_MS
        if self._stale and due and not self.layer.busy:
            self._stale = False
            self._cycle.start()
            self.layer.restart(smooth=self.resting)
        for lane in self.layer.draw(self._budget()):
            self._repaint(lane)
        if self.busy:
            self._later.start(REST_SLICE_MS if self.resting else NEXT_SLICE_MS)

    def _budget(self) -> int | None:
        if not self.resting:
            return BUDGET_MS
        return None if self.layer.lines <= CALM_LINES else REST_BUDGET_MS

    def _pens_for(self, column: Column, bundle: EdgeBundle) -> Pens:
        """Thinner pens for small units and where many lines share the room; made once per width and theme."""
        height = column.units[0].height if column.shape is Shape.SQUARES else 20.0
        crowd = min(1.0, math.sqrt(CROWD / max(1, bundle.pairs)))
        widest = round(max(2.0, min(6.5, height * 0.16) * crowd), 1)
        key = (widest, self._theme.color(Token.POSITIVE).rgb(), self._theme.color(Token.CARD).rgb())
        if key not in self._made:
            self._made[key] = Pens.of(self._theme, widest)
        return self._made[key]
