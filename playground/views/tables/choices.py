"""What to learn from a table: target, classes or numbers, scaling, gaps."""

from dataclasses import dataclass

from PySide6.QtCore import QSignalBlocker, Signal, Slot
from PySide6.QtWidgets import QCheckBox, QComboBox, QFormLayout, QWidget

from playground.data.scaling import SCALINGS
from playground.data.sources.table import GAPS, PREDICT
from playground.data.tables import advice
from playground.data.tables.table import Kind, RawTable


@dataclass(frozen=True)
class Chosen:
    """What was chosen, in the words of ``Table``."""

    target: str
    predict: str
    scaling: str
    gaps: str


class Choices(QWidget):
    """A column of fields.

    Signals:
        target_changed(str): another column is to be predicted.
        edited(): something was changed.
    """

    target_changed = Signal(str)
    edited = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._table: RawTable | None = None
        self.target, self.predict = QComboBox(self), QComboBox(self)
        self.scaling, self.gaps = QComboBox(self), QComboBox(self)
        self.suited = QCheckBox(self.tr("&Make a network that suits these data"), self)
        form = QFormLayout(self)
        form.setContentsMargins(0, 0, 0, 0)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        predict = {"classes": self.tr("a class"), "numbers": self.tr("a number")}
        scaling = {
            "standard": self.tr("Standard: mean 0, deviation 1"),
            "min-max": self.tr("Min-max: from −1 to 1"),
            "none": self.tr("None: as they are"),
        }
        gaps = {
            "drop rows": self.tr("Drop the row"),
            "fill": self.tr("Fill in mean or most frequent"),
        }
        for combo, values, titles in (
            (self.predict, PREDICT, predict),
            (self.scaling, SCALINGS, scaling),
            (self.gaps, GAPS, gaps),
        ):
            for value in values:
                combo.addItem(titles[value], value)
        self._row(form, self.tr("&Target"), self.target, "target", self.tr("The column that the network shall predict"))
        tip = self.tr("Whether the target is one of several classes or a number; found out from its values")
        self._row(form, self.tr("&Predict"), self.predict, "predict", tip)
        tip = self.tr("How inputs are brought to one size; learned from the training rows only")
        self._row(form, self.tr("Sc&aling"), self.scaling, "scaling", tip)
        tip = self.tr("What becomes of rows in which an input is missing; rows without target are always dropped")
        self._row(form, self.tr("Missing &values"), self.gaps, "gaps", tip)
        self.suited.setObjectName("table.suited")
        self.suited.setToolTip(self.tr("Two hidden layers, by the number of inputs; else the present network stays"))
        form.addRow(self.suited)
        self.target.activated.connect(self._choose_target)
        for combo in (self.predict, self.scaling, self.gaps):
            combo.activated.connect(self._tell)

    def show_table(self, table: RawTable) -> None:
        """Offer the columns of a table and propose a target; the same one again where there still is one."""
        self._table = table
        before = self.target.currentText()
        with QSignalBlocker(self.target):
            self.target.clear()
            for column in table.columns:
                if column.kind is not Kind.UNUSABLE:
                    self.target.addItem(column.name)
            kept = self.target.findText(before)
            self.target.setCurrentIndex(kept if kept >= 0 else self.target.findText(advice.target(table)))
        self._propose()

    def show_chosen(self, chosen: Chosen) -> None:
        """Show what was chosen before."""
        self.target.setCurrentIndex(self.target.findText(chosen.target))
        self._propose()
        for combo, value in (
            (self.predict, chosen.predict),
            (self.scaling, chosen.scaling),
            (self.gaps, chosen.gaps),
        ):
            combo.setCurrentIndex(combo.findData(value))

    def chosen(self) -> Chosen:
        """What is chosen now."""
        return Chosen(
            self.target.currentText(), self.predict.currentData(), self.scaling.currentData(), self.gaps.currentData()
        )

    def _row(self, form: QFormLayout, title: str, combo: QComboBox, name: str, tip: str) -> None:
        combo.setObjectName(f"table.{name}")
        combo.setAccessibleName(title.replace("&", ""))
        combo.setToolTip(tip)
        combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        combo.setMinimumContentsLength(20)
        form.addRow(title, combo)

    @Slot()
    def _choose_target(self) -> None:
        self._propose()
        self.target_changed.emit(self.target.currentText())
        self.edited.emit()

    def _propose(self) -> None:
        """Choose between classes and numbers by what the target holds."""
        if self._table is None:
            return
        column = self._table.column(self.target.currentText())
        self.predict.setCurrentIndex(PREDICT.index("classes" if advice.by_class(column) else "numbers"))
        self.predict.setEnabled(column.kind is Kind.NUMBER)

    @Slot()
    def _tell(self) -> None:
        self.edited.emit()
