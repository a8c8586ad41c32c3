"""All weight lines as one picture that is kept and drawn anew bit by bit, so that no frame takes long."""

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import QElapsedTimer, QPointF, QRect, QRectF
from PySide6.QtGui import QPainter, QPixmap

from playground.views.canvas.edges import EdgeBundle, Lines, Pens

SMOOTH_LINES = 400
"""Up to so many lines (at one pixel per point) are antialiased while the weights change all the time."""

_CHUNK = 16  # lines between two looks at the clock


@dataclass
class _Job:
    """One gap on its way: its lines are drawn aside and shown when all are there."""

    bundle: EdgeBundle
    pens: Pens
    corner: QPointF
    lines: Lines
    sheet: QPixmap
    done: int = 0


class EdgeLayer:
    """``base`` is the quiet picture with the lines on it."""

    def __init__(self) -> None:
        self.base = QPixmap()
        self._quiet = QPixmap()
        self._bundles: dict[int, EdgeBundle] = {}
        self._pens: Mapping[int, Pens] = {}
        self._pending: list[int] = []
        self._job: _Job | None = None
        self._smooth = True

    @property
    def busy(self) -> bool:
        """Whether lines wait to be drawn."""
        return self._job is not None or bool(self._pending)

    @property
    def lines(self) -> int:
        """How many lines there are."""
        return sum(bundle.lines for bundle in self._bundles.values())

    def reset(self, quiet: QPixmap, bundles: Mapping[int, EdgeBundle], pens: Mapping[int, Pens]) -> None:
        """Begin with another quiet picture, without lines; ``bundles`` and ``pens`` by gap."""
        self._quiet, self.base = quiet, quiet.copy()
        self._bundles, self._pens = dict(bundles), pens
        self._pending, self._job = [], None

    def restart(self, *, smooth: bool) -> None:
        """Let all lines wait to be drawn with the present weights; ``smooth``: antialiased in any case."""
        ratio = self._quiet.devicePixelRatio()
        self._smooth = smooth or self.lines * ratio * ratio <= SMOOTH_LINES
        self._pending, self._job = list(self._bundles), None

    def draw(self, budget_ms: int | None) -> list[QRect]:
        """Draw waiting lines for ``budget_ms`` (None: all of them); return the places that look different now."""
        clock = QElapsedTimer()
        clock.start()
        finished = []
        while self.busy and (budget_ms is None or clock.elapsed() < budget_ms):
            job = self._job or self._begin(self._pending.pop(0))
            self._job = job
            self._work(job, clock, budget_ms)
            if job.done >= len(job.lines):
                self._show(job)
                self._job = None
                finished.append(QRectF(job.corner, job.sheet.deviceIndependentSize()).toAlignedRect())
        return finished

    def _begin(self, gap: int) -> _Job:
        bundle = self._bundles[gap]
        ratio, lane = self._quiet.devicePixelRatio(), bundle.lane
        points = QRectF(lane.x * ratio, lane.y * ratio, lane.width * ratio, lane.height * ratio).toAlignedRect()
        sheet = self._quiet.copy(points)  # whole points of the screen, so that nothing is resampled
        sheet.setDevicePixelRatio(ratio)
        return _Job(bundle, self._pens[gap], QPointF(points.x() / ratio, points.y() / ratio), bundle.ranked(), sheet)

    def _work(self, job: _Job, clock: QElapsedTimer, budget_ms: int | None) -> None:
        painter = QPainter(job.sheet)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, self._smooth)
        painter.translate(-job.corner)
        while job.done < len(job.lines):
            job.bundle.paint(painter, job.pens, job.lines[job.done : job.done + _CHUNK])
            job.done += _CHUNK
            if budget_ms is not None and clock.elapsed() >= budget_ms:
                break
        painter.end()

    def _show(self, job: _Job) -> None:
        painter = QPainter(self.base)
        painter.drawPixmap(job.corner, job.sheet)
        painter.end()
