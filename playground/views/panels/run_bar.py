"""The run bar: train and pause, step, reset, new weights, speed, and the counters of the run."""

from collections.abc import Mapping

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QPushButton, QToolButton, QVBoxLayout, QWidget

from playground.project import edits
from playground.session import Session
from playground.training.records import RunState, Snapshot
from playground.views.forms import Slider, bind_spin
from playground.views.icons import icon
from playground.views.panels.card import Connections, label
from playground.views.panels.counter import Counter, count_text, loss_text, metric_text, short_count
from playground.views.panels.stop_form import StopButton
from playground.views.theme import COUNTER_SIZE, Theme, Token

_SPEEDS: tuple[float | None, ...] = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10000, None)
_GOOD = 0.95
_LEAST_WIDTH = 480
_HEIGHT = 32
_PROJECTED_SIZE = 26


class RunBar(QWidget):
    """Drives the run through the window's actions and shows where it stands."""

    def __init__(
        self, session: Session, theme: Theme, actions: Mapping[str, QAction], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("panel.run_bar")
        self.setAccessibleName(self.tr("Run"))
        self._session, self._theme, self._actions = session, theme, actions
        self._connections = Connections()
        self._train = QPushButton(self)
        self._shown_running: bool | None = None
        self._icons: list[tuple[QToolButton, str]] = []
        self._speed_name = label("", "caption", self)
        self._speed = Slider(self)
        self.counters = self._make_counters()
        self._lay_out()
        self._connect()
        self._recolor()
        self.refresh()

    def _connect(self) -> None:
        trainer = self._session.trainer
        self._connections.add(trainer.counted, self._count)
        self._connections.add(trainer.run_state, self._show_state)
        self._connections.add(trainer.restarted, self.refresh)
        self._connections.add(self._theme.changed, self._recolor)
        self._speed.valueChanged.connect(self._set_speed)

    def refresh(self) -> None:
        """Show the run as it stands now."""
        self._show_state(self._session.trainer.state)
        speed = self._session.trainer.speed
        self._speed.setValue(_SPEEDS.index(speed) if speed in _SPEEDS else len(_SPEEDS) - 1)
        self._name_speed()
        if latest := self._session.trainer.latest:
            self._count(latest)
        else:
            self._clear()

    def close(self) -> bool:
        """Stop listening, then close."""
        self._connections.undo()
        return super().close()

    # -- building ----------------------------------------------------------------------------------------------------

    def _make_counters(self) -> dict[str, Counter]:
        """The counters in order; each as wide as its widest plausible value."""
        shapes = {
            "epoch": (self.tr("epoch"), "8,888,888"),
            "step": (self.tr("updates"), "8,888,888"),
            "train_loss": (self.tr("training loss"), "8.8e-88"),
            "test_loss": (self.tr("test loss"), "8.8e-88"),
            "test_metric": (self.tr("test accuracy"), "100.0 %"),
        }
        made = {name: Counter(caption, widest, self._theme, self) for name, (caption, widest) in shapes.items()}
        for name, counter in made.items():
            counter.setObjectName(f"counter.{name}")
        tips = {
            "epoch": self.tr("How often every training example was seen"),
            "step": self.tr("How often the weights were changed: once for each mini-batch"),
            "train_loss": self.tr("The loss on the training examples"),
            "test_loss": self.tr("The loss on examples that training never sees"),
            "test_metric": self.tr("How well the network does on examples that training never sees"),
        }
        for name, tip in tips.items():
            made[name].setToolTip(tip)
        return made

    def _lay_out(self) -> None:
        row = self._row = QHBoxLayout(self)
        row.setSizeConstraint(QHBoxLayout.SizeConstraint.SetNoConstraint)
        row.setContentsMargins(0, 6, 0, 6)
        row.setSpacing(6)
        self._train.setProperty("primary", True)
        self._train.setMinimumSize(106, 40)
        self._train.setIconSize(QSize(18, 18))
        self._mirror(self._train, "run.train")
        for text in (self.tr("Train"), self.tr("Pause")):  # as wide as the longer one, also where room is short
            self._train.setText(text)
            self._train.setIcon(icon("play", self._theme, Token.PRIMARY_TEXT))
            self._train.setMinimumWidth(max(self._train.minimumWidth(), self._train.sizeHint().width()))
        row.addWidget(self._train)
        row.addWidget(self._step_button())
        reset = self._button(self.tr("Reset"), "run.reset")
        weights = self._button(self.tr("New weights"), "run.new_weights")
        row.addWidget(reset)
        row.addWidget(weights)
        seed, stop, speed = self._seed(), StopButton(self._session, self), self._speed_block()
        stop.setFixedHeight(_HEIGHT)
        row.addWidget(seed)
        row.addWidget(stop)
        row.addSpacing(4)
        row.addWidget(speed)
        row.addStretch(1)
        for counter in self.counters.values():
            row.addWidget(counter)
            row.addSpacing(4)
        row.addStretch(1)
        undo, redo = (
            self._arrow("edit.undo", self.tr("Undo"), "undo"),
            self._arrow("edit.redo", self.tr("Redo"), "redo"),
        )
        row.addWidget(undo)
        row.addWidget(redo)
        # what a narrow window does without, first to last; the menus and the status line have all of it
        steps, test, training = (self.counters[name] for name in ("step", "test_loss", "train_loss"))
        self._spare = (seed, stop, steps, redo, undo, speed, weights, reset, training, test)

    def set_projected(self, on: bool) -> None:
        """Draw the counters so large that the last row of a class reads them, or as usual."""
        for counter in self.counters.values():
            counter.set_size(_PROJECTED_SIZE if on else COUNTER_SIZE)
        self._fit()

    def minimumSizeHint(self) -> QSize:
        """The width without what can be spared."""
        full = super().minimumSizeHint()
        return QSize(min(full.width(), _LEAST_WIDTH), full.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show as much as there is room for."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        for widget in self._spare:
            widget.show()
        self._row.invalidate()
        for widget in self._spare:
            if self._row.minimumSize().width() <= self.width():
                break
            widget.hide()
            self._row.invalidate()

    def _button(self, text: str, action: str) -> QPushButton:
        button = QPushButton(text, self)
        self._mirror(button, action)
        return button

    def _arrow(self, action: str, name: str, picture: str) -> QToolButton:
        button = QToolButton(self)
        button.setAccessibleName(name)
        self._icons.append((button, picture))
        self._mirror(button, action)
        button.setFixedWidth(_HEIGHT + 4)
        return button

    def _mirror(self, button: QPushButton | QToolButton, name: str) -> None:
        """Let ``button`` trigger the action ``name`` and follow whether it is possible and what it says."""
        action = self._actions[name]
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        if button is not self._train:
            button.setFixedHeight(_HEIGHT)
        button.setObjectName(f"button.{name}")

        def follow() -> None:
            button.setEnabled(action.isEnabled())
            button.setToolTip(action.toolTip())

        self._connections.add(action.changed, follow)
        button.clicked.connect(action.trigger)
        follow()

    def _step_button(self) -> QToolButton:
        button = QToolButton(self)
        button.setText(self.tr("Step"))
        menu = QMenu(button)
        menu.addActions([self._actions["run.step"], self._actions["run.epoch"]])
        menu.setToolTipsVisible(True)
        button.setMenu(menu)
        button.setPopupMode(QToolButton.ToolButtonPopupMode.MenuButtonPopup)
        self._mirror(button, "run.step")
        return button

    def _seed(self) -> QWidget:
        """The seed of the initial weights: seen, and typed to get the same weights again."""
        document = self._session.document
        spin = bind_spin(document, "network.seed", self, edit=lambda seed: edits.new_weights(document.project, seed))
        spin.setPrefix(self.tr("seed "))
        spin.setFixedHeight(_HEIGHT)
        spin.setMinimumWidth(86)
        spin.setMaximumWidth(140)
        return spin

    def _speed_block(self) -> QWidget:
        block = QWidget(self)
        column = QVBoxLayout(block)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._speed.setObjectName("run.speed")
        self._speed.setRange(0, len(_SPEEDS) - 1)
        self._speed.setPageStep(1)
        self._speed.setValue(len(_SPEEDS) - 1)
        self._speed.setAccessibleName(self.tr("Speed"))
        self._speed.setToolTip(self.tr("How many mini-batches a second: from one, to watch, up to as many as possible"))
        block.setFixedWidth(104)
        column.addWidget(self._speed_name)
        column.addWidget(self._speed)
        return block

    # -- following ---------------------------------------------------------------------------------------------------

    @Slot(object)
    def _count(self, snapshot: Snapshot) -> None:
        counters = snapshot.counters
        self.counters["epoch"].show_text(short_count(counters.epoch))
        self.counters["step"].show_text(short_count(counters.step))
        self.counters["train_loss"].show_text(loss_text(counters.train_loss))
        self.counters["test_loss"].show_text(loss_text(counters.test_loss))
        metric, value = self.counters["test_metric"], counters.test_metric
        metric.set_caption(self.tr("test R²") if counters.metric_name == "r2" else self.tr("test accuracy"))
        good = value is not None and value >= _GOOD
        metric.show_text(metric_text(counters.metric_name, value), Token.GOOD if good else Token.TEXT)

    def _clear(self) -> None:
        for counter in self.counters.values():
            counter.show_text("–")

    @Slot(object)
    def _show_state(self, state: RunState) -> None:
        running = state is RunState.RUNNING
        if running is self._shown_running:
            return
        self._shown_running = running
        self._train.setText(self.tr("Pause") if running else self.tr("Train"))
        self._train.setAccessibleName(self._train.text())
        self._train.setIcon(icon("pause" if running else "play", self._theme, Token.PRIMARY_TEXT))

    @Slot()
    def _recolor(self) -> None:
        self._shown_running = None
        self._show_state(self._session.trainer.state)
        for button, picture in self._icons:
            button.setIcon(icon(picture, self._theme))

    @Slot(int)
    def _set_speed(self, place: int) -> None:
        self._session.trainer.set_speed(_SPEEDS[place])
        self._name_speed()

    def _name_speed(self) -> None:
        speed = _SPEEDS[self._speed.value()]
        if speed is None:
            text = self.tr("full")
        else:
            text = self.tr("1 step/s") if speed == 1 else self.tr("%s/s") % count_text(int(speed))
        self._speed_name.setText(self.tr("Speed · %s") % text)


class StatusLine(QLabel):
    """ "118,000 updates/s · seed 7", for the bottom line."""

    def __init__(self, session: Session, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("status.line")
        self.setProperty("role", "caption")
        self.setContentsMargins(8, 0, 4, 0)
        self.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._session, self._theme = session, theme
        self._connections = Connections()
        self._connections.add(session.trainer.counted, self.refresh)
        self._connections.add(session.trainer.run_state, self.refresh)
        self._connections.add(session.document.changed, self.refresh)
        self.refresh()

    @Slot()
    def refresh(self) -> None:
        """Write the line anew if it says something else now."""
        parts = [self.tr("seed %s") % self._session.document.project.network.seed]
        latest, running = self._session.trainer.latest, self._session.trainer.state is RunState.RUNNING
        if running and latest and latest.counters.steps_per_second:
            rate = _rounded(latest.counters.steps_per_second)
            parts.insert(0, self.tr("1 update/s") if rate == 1 else self.tr("%s updates/s") % count_text(rate))
        text = " · ".join(parts)
        if text != self.text():
            self.setText(text)
            self.setMinimumWidth(max(self.minimumWidth(), self.sizeHint().width()))  # what stands beside it stays

    def close(self) -> bool:
        """Stop listening, then close."""
        self._connections.undo()
        return super().close()


def _rounded(rate: float) -> int:
    """Two significant digits, so that the line stays calm."""
    return int(float(f"{rate:.1e}")) if rate >= 10 else round(rate)
