"""What the network makes of the example under the pointer: its values, target, prediction and loss, as a tool-tip."""

from collections.abc import Callable
from html import escape

from PySide6.QtCore import QEvent, QObject, QPoint
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QToolTip, QWidget

from playground.data.dataset import Dataset
from playground.insight.judged import Judged
from playground.insight.pictures import JUDGED
from playground.session import Session
from playground.views.panels.judged.model import prediction_text, target_text, values_text
from playground.views.scales import number

RowAt = Callable[[QPoint], int | None]


class PointTip(QObject):
    """Tells of the examples that ``view`` shows; ``row_at`` finds the row of the data set at a place of it.

    The numbers come with the pictures of the run, and are asked for only while the pointer is over the view.
    """

    def __init__(self, session: Session, view: QWidget, row_at: RowAt) -> None:
        super().__init__(view)
        self._session, self._view, self._row_at = session, view, row_at
        self._asks = False
        view.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Ask while the pointer is over the view, and answer when it rests."""
        kind = event.type()
        if kind is QEvent.Type.Enter:
            self._ask(True)
        elif kind in (QEvent.Type.Leave, QEvent.Type.Hide):
            self._ask(False)
        elif kind is QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            text = self.text(event.pos())
            QToolTip.showText(event.globalPos(), text, self._view) if text else QToolTip.hideText()
            return True
        return super().eventFilter(watched, event)

    def text(self, place: QPoint) -> str:
        """What there is to say about a place of the view; empty beside all examples."""
        row, latest = self._row_at(place), self._session.trainer.latest
        judged = latest.pictures.get(JUDGED) if latest is not None else None
        dataset = self._session.document.samples.dataset
        if row is None or row >= dataset.n:
            return ""
        return self._describe(dataset, row, judged)

    def _describe(self, dataset: Dataset, row: int, judged: Judged | None) -> str:
        part = self.tr("training example %1") if (dataset.train == row).any() else self.tr("test example %1")
        lines = [f"<b>{part.replace('%1', str(row + 1))}</b>"]
        if dataset.input_kind != "image":
            lines.append(escape(values_text(dataset, row)).replace("  ", " &nbsp; "))
        lines.append(self.tr("target: %1").replace("%1", f"<b>{escape(target_text(dataset, row))}</b>"))
        place = judged.place(row) if judged is not None else None
        if judged is not None and place is not None:
            said = escape(prediction_text(dataset, judged, place))
            lines.append(self.tr("prediction: %1").replace("%1", f"<b>{said}</b>"))
            lines.append(self.tr("loss: %1").replace("%1", number(float(judged.losses[place]))))
        if (dataset.flipped == row).any():
            lines.append(self.tr("the label was made wrong on purpose"))
        return "<br>".join(lines)

    def _ask(self, on: bool) -> None:
        trainer = self._session.trainer
        if on and not trainer.shows(JUDGED):
            self._asks = True
            trainer.show(JUDGED)
        elif not on and self._asks:
            self._asks = False
            trainer.show(JUDGED, False)
