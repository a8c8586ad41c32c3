"""What the actions do for those who listen, read numbers, or want things to stand still."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QAction
from PySide6.QtWidgets import QMainWindow, QMenu, QWidget

from playground.session import Session
from playground.training.records import RunState
from playground.views import motion
from playground.views.messages import Severity, fill
from playground.views.panels.counter import count_text, loss_text, metric_text
from playground.views.table_twin import OFFER, tabled_below

Tell = Callable[[Severity, str], None]
REDUCED = "view/reduce_motion"


class AccessVerbs(QObject):
    """Handlers for the spoken status, the tables of the charts, and reduced motion."""

    def __init__(self, window: QMainWindow, session: Session, tell: Tell) -> None:
        super().__init__(window)
        self._window, self._session, self._tell = window, session, tell
        motion.reduce(session.settings.flag(REDUCED))

    def handlers(self) -> Mapping[str, Callable[[], object]]:
        """The handler of every action by its id."""
        return {
            "view.status": self.announce,
            "view.table": self.choose_chart,
            "view.reduce_motion": self.switch_motion,
        }

    def link(self, actions: Mapping[str, QAction]) -> None:
        """Let the switch show what holds."""
        self._switch = actions["view.reduce_motion"]
        self._switch.setChecked(motion.reduced())

    # -- the status ------------------------------------------------------------------------------------------------

    def moment(self) -> str:
        """Where the run stands, for titles."""
        latest = self._session.trainer.latest
        return fill(self.tr("epoch %1"), count_text(latest.counters.epoch if latest else 0))

    def status(self) -> str:
        """Epoch, losses, accuracy and whether it trains, in a few short sentences."""
        trainer = self._session.trainer
        if trainer.latest is None:
            return self.tr("Not trained yet.")
        counters = trainer.latest.counters
        parts = [fill(self.tr("Epoch %1."), count_text(counters.epoch))]
        parts.append(fill(self.tr("Training loss %1."), loss_text(counters.train_loss)))
        if counters.test_loss is not None:
            parts.append(fill(self.tr("Test loss %1."), loss_text(counters.test_loss)))
        if counters.test_metric is not None:
            words = self.tr("Test R² %1.") if counters.metric_name == "r2" else self.tr("Test accuracy %1.")
            parts.append(fill(words, metric_text(counters.metric_name, counters.test_metric)))
        running = trainer.state is RunState.RUNNING
        return " ".join([*parts, self.tr("Training goes on.") if running else self.tr("Training is paused.")])

    def announce(self) -> None:
        """Say the status: in the message line, and to a screen reader if there is one."""
        sentence = self.status()
        self._tell(Severity.INFO, sentence)
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self._window, sentence))

    # -- tables ----------------------------------------------------------------------------------------------------

    def choose_chart(self) -> None:
        """List the charts that can be seen; a chart that has the keyboard comes first."""
        menu = QMenu(self._window)
        menu.setObjectName("charts")
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        charts = tabled_below(self._window)
        charts.sort(key=lambda chart: not (chart.hasFocus() or _holds_focus(chart)))
        for chart in charts:
            offer = chart.findChild(QAction, OFFER, Qt.FindChildOption.FindDirectChildrenOnly)
            if offer is not None:
                menu.addAction(chart.accessibleName().replace("&", "&&")).triggered.connect(offer.trigger)
        menu.popup(self._window.mapToGlobal(QPoint(self._window.width() // 3, 80)))
        if menu.actions():
            menu.setActiveAction(menu.actions()[0])

    # -- motion ----------------------------------------------------------------------------------------------------

    def reset(self) -> None:
        """Let things move as on the first day."""
        motion.reduce(False)
        self._switch.setChecked(motion.reduced())

    def switch_motion(self) -> None:
        """Let things move or stand still, and remember it."""
        motion.reduce(self._switch.isChecked())
        self._session.settings.put(REDUCED, self._switch.isChecked())


def _holds_focus(chart: QWidget) -> bool:
    found = chart.focusProxy()
    return found is not None and found.hasFocus()
