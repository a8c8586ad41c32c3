"""The two cards of the loop: the loss function and the optimizer."""

from PySide6.QtCore import QPoint, QSize, Qt, QTimer
from PySide6.QtGui import QStandardItemModel
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from playground.data.dataset import Task
from playground.engine.losses import LOSSES
from playground.engine.optimizers import OPTIMIZERS, Optimizer
from playground.engine.settings import SettingInfo, describe
from playground.project import paths
from playground.project.declarations import tag
from playground.project.problems import loss_problem
from playground.session.document import Document
from playground.session.language import translated
from playground.views.canvas.controls import IconShelf, WheelGuard, combo_width
from playground.views.canvas.numbers import PLAIN_SPIN, signed
from playground.views.forms import Binding, bind_check, bind_choice, bind_slider, bind_spin
from playground.views.panels.counter import loss_text

RATE = "training.optimizer.learning_rate"
BALANCE = "training.class_weight"
RATES = (*(float(f"{step}e{power}") for power in range(-5, 1) for step in (1, 2, 3, 5, 7)), 10.0)
"""What the slider for the learning rate offers; any other value can be typed."""

CHANGE_MS = 4000
"""How long the loss card tells what an edit by hand did to the score."""


class _Card(QFrame):
    """A bordered card on the sheet."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("card", True)
        self.guard = WheelGuard(self)

    def _heading(self, text: str) -> QLabel:
        label = QLabel(text, self)
        label.setProperty("role", "heading")
        return label

    def _choice(self, combo: QComboBox) -> QComboBox:
        combo.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        combo.installEventFilter(self.guard)
        widest = max(combo.fontMetrics().horizontalAdvance(combo.itemText(row)) for row in range(combo.count()))
        combo.view().setMinimumWidth(widest + 32)
        return combo


class LossCard(_Card):
    """Picks the loss function and shows the loss score."""

    def __init__(self, document: Document, parent: QWidget) -> None:
        super().__init__(parent)
        self._document = document
        self.choice = self._choice(
            bind_choice(
                document,
                "training.loss",
                self,
                names=LOSSES.names(),
                titles=lambda name: translated(LOSSES[name].title),
            )
        )
        self.choice.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.score = QLabel(loss_text(None), self)
        self.score.setObjectName("canvas.loss_score")
        self.score.setProperty("role", "counter")
        self.score.setAccessibleName(self.tr("Training loss"))
        caption = self.caption = QLabel(self.tr("loss score (training)"), self)
        caption.setProperty("role", "caption")
        self._quiet = QTimer(self, singleShot=True, interval=CHANGE_MS)
        self._quiet.timeout.connect(self.end_change)
        self._add_balance(document)
        tip = self.tr("How far the predictions are from the true targets, averaged over the training examples.")
        self.score.setToolTip(tip)
        caption.setToolTip(tip)
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 9, 10, 9)
        column.setSpacing(0)
        column.addWidget(self._heading(self.tr("Loss function")))
        column.addSpacing(6)
        column.addWidget(self.choice)
        column.addSpacing(6)
        column.addWidget(self.score)
        column.addWidget(caption)
        column.addSpacing(2)
        column.addWidget(self.balance)
        self.refresh()

    def _add_balance(self, document: Document) -> None:
        """Lets each class count alike, however few examples it has."""
        box = QCheckBox(self.tr("balance classes"), self)
        box.setFocusPolicy(Qt.FocusPolicy.TabFocus)

        def show(value: str) -> None:
            box.setVisible(document.project.data.source.task is not Task.REGRESSION)
            box.setChecked(value == "balanced")
            if not self._quiet.isActive():
                self.end_change()

        self.balance = box
        binding = Binding(document, BALANCE, box, show)
        box.toggled.connect(lambda on: binding.write("balanced" if on else "none"))
        binding.refresh()

    def show_loss(self, loss: float | None) -> None:
        """Show the present training loss."""
        text = loss_text(loss)
        if text != self.score.text():
            self.score.setText(text)

    def show_change(self, change: float) -> None:
        """Tell for a while by how much an edit by hand moved the score."""
        self.caption.setText(self.tr("%1 by your edit").replace("%1", signed(change)))
        self._quiet.start()

    def end_change(self) -> None:
        """Tell what the score is again."""
        self._quiet.stop()
        self.caption.setText(self._what())

    def _what(self) -> str:
        """What the score is the mean of."""
        weighted = self.balance.isChecked() and not self.balance.isHidden()
        return self.tr("loss score (training, balanced)") if weighted else self.tr("loss score (training)")

    def refresh(self) -> None:
        """Offer the losses that fit output and data; the others say why not."""
        model = self.choice.model()
        assert isinstance(model, QStandardItemModel)
        for row in range(self.choice.count()):
            problem = self._problem(self.choice.itemData(row))
            model.item(row).setEnabled(not problem)
            model.item(row).setToolTip(problem or LOSSES[self.choice.itemData(row)].help)
        present = LOSSES[tag(self._document.project.training.loss)].help
        self.choice.setToolTip(self.tr("%s Another loss takes effect at once; the weights stay.") % present)

    def _problem(self, name: str) -> str:
        problem = loss_problem(self._document.project, LOSSES[name]())
        return translated(problem.sentence) if problem else ""

    def wanted_size(self) -> tuple[float, float]:
        """Wide enough for the present choice."""
        return max(164.0, combo_width(self.choice) + 24), float(max(124, self.sizeHint().height()))


class OptimizerCard(_Card):
    """Picks the optimizer and its learning rate; the other settings stand in a pop-up."""

    def __init__(self, document: Document, parent: QWidget) -> None:
        super().__init__(parent)
        self.choice = self._choice(
            bind_choice(
                document,
                "training.optimizer",
                self,
                names=OPTIMIZERS.names(),
                titles=lambda name: OPTIMIZERS[name].title,
            )
        )
        self.more = QToolButton(self)
        self.more.setObjectName("training.more")
        self.more.setText(self.tr("more"))
        self.more.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.more.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.more.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        self.more.setStyleSheet("QToolButton { padding: 2px 5px; }")
        self.more.setToolTip(self.tr("The optimizer's other settings, and L1 and L2 regularisation"))
        self.more.clicked.connect(self.open_settings)
        self.slider = bind_slider(document, RATE, self, values=RATES)
        self.slider.setObjectName(f"{RATE}.slider")
        self.rate = bind_spin(document, RATE, self)
        self.rate.setStyleSheet(PLAIN_SPIN)
        self.rate.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.rate.setFixedWidth(66)
        self.settings = MoreSettings(document, self)
        self._arrange()

    def _arrange(self) -> None:
        first, second = QHBoxLayout(), QHBoxLayout()
        first.setSpacing(6)
        first.addWidget(self._heading(self.tr("Optimizer")))
        first.addWidget(self.choice, 1)
        first.addWidget(self.more)
        second.setSpacing(6)
        name = QLabel(self.tr("learning rate"), self)
        name.setToolTip(self.slider.toolTip())
        name.setBuddy(self.slider)
        second.addWidget(name)
        second.addWidget(self.slider, 1)
        second.addWidget(self.rate)
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 6, 8, 6)
        column.setSpacing(3)
        column.addLayout(first)
        column.addLayout(second)

    def open_settings(self) -> None:
        """Show the pop-up just above the button."""
        self.settings.rebuild()
        size = self.settings.sizeHint()
        corner = self.more.mapToGlobal(QPoint(self.more.width() - size.width(), -size.height() - 6))
        self.settings.move(corner)
        self.settings.show()
        self.settings.setFocus()

    def set_icons(self, icons: IconShelf) -> None:
        """Show the icon in the theme's colours."""
        self.more.setIcon(icons.get("chevron-up"))
        self.more.setIconSize(QSize(12, 12))

    def wanted_size(self) -> tuple[float, float]:
        """The size that the controls need."""
        hint = self.sizeHint()
        return float(max(244, hint.width())), float(max(66, hint.height()))


class MoreSettings(QFrame):
    """A pop-up with every further setting of the optimizer, made from its declaration, and L1 and L2."""

    def __init__(self, document: Document, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setProperty("card", True)
        self.setObjectName("training.more_settings")
        self._document = document
        self._form = QFormLayout(self)
        self._form.setContentsMargins(12, 10, 12, 10)
        self._form.setVerticalSpacing(6)
        self._built_for: type[Optimizer] | None = None
        document.changed.connect(self._follow)
        self.rebuild()

    def _follow(self) -> None:
        if type(self._document.project.training.optimizer) is not self._built_for:
            self.rebuild()

    def rebuild(self) -> None:
        """Make the rows for the present optimizer, unless they stand already."""
        optimizer = self._document.project.training.optimizer
        if type(optimizer) is self._built_for:
            return
        kind: type[Optimizer] = type(optimizer)
        self._built_for = kind
        while self._form.rowCount():
            self._form.removeRow(0)
        self._head(optimizer.title)
        for info in describe(kind):
            if info.name != "learning_rate" and info.kind in ("int", "float", "bool"):
                self._add(f"training.optimizer.{info.name}", info)
        self._head(self.tr("Regularisation"))
        for path in ("training.l1", "training.l2"):
            self._add(path, paths.info(self._document.project, path))

    def _head(self, text: str) -> None:
        label = QLabel(text, self)
        label.setProperty("role", "heading")
        self._form.addRow(label)

    def _add(self, path: str, info: SettingInfo) -> None:
        if info.kind == "bool":
            self._form.addRow(bind_check(self._document, path, translated(info.title), self))
            return
        field: QWidget = bind_spin(self._document, path, self)
        field.setMinimumWidth(96)
        label = QLabel(translated(info.title), self)
        label.setBuddy(field)
        label.setToolTip(translated(info.help))
        self._form.addRow(label, field)
