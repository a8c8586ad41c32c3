"""Widgets bound to one setting of the project by its path.

Each has the path as objectName, title and help from the setting's declaration, reads the document when it changes and
writes by a named edit. Reading never writes. A setting that is not there (its layer is gone) disables the widget.
"""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QCoreApplication, QEvent, QLocale, QObject, QPoint, QSignalBlocker, Qt, Slot
from PySide6.QtGui import QMouseEvent, QValidator, QWheelEvent
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QCheckBox,
    QComboBox,
    QDoubleSpinBox,
    QGridLayout,
    QLabel,
    QSlider,
    QSpinBox,
    QToolTip,
    QWidget,
)

from playground.engine.settings import SettingError, SettingInfo
from playground.project import edits, paths
from playground.project.edit import Edit, EditError
from playground.session.document import Document
from playground.session.language import translated
from playground.views.elided_label import ElidedLabel
from playground.views.scales import Scale, field_text, text_of, typed

Format = Callable[[float], str]
Rewrite = Callable[[Any], Edit]


class Binding(QObject):
    """Keeps one widget and one setting in step.

    ``show`` puts a value into the widget; ``edit`` makes the edit for a new value (default: set_value).
    """

    def __init__(
        self, document: Document, path: str, widget: QWidget, show: Callable[[Any], None], edit: Rewrite | None = None
    ) -> None:
        super().__init__(widget)
        self.document, self.path, self.widget = document, path, widget
        self._show, self._edit = show, edit
        widget.setObjectName(path)
        document.changed.connect(self.refresh)

    def info(self) -> SettingInfo | None:
        """The setting's declaration; None while there is no such setting."""
        try:
            return paths.info(self.document.project, self.path)
        except (EditError, SettingError, LookupError, AttributeError):
            return None

    @Slot()
    def refresh(self) -> None:
        """Show the document's value."""
        info = self.info()
        self.widget.setEnabled(info is not None)
        if info is None:
            return
        self.widget.setToolTip(translated(info.help))
        self.widget.setAccessibleName(translated(info.title))
        with QSignalBlocker(self.widget):
            self._show(paths.plain(self.document.project, self.path))

    def write(self, value: Any) -> None:
        """Change the setting; if that is impossible, say why and show the old value again."""
        try:
            if self._edit is not None:
                self.document.apply(self._edit(value))
            else:
                self.document.apply(edits.set_value(self.document.project, self.path, value))
        except (EditError, SettingError) as problem:
            self.refresh()
            below = self.widget.mapToGlobal(QPoint(0, self.widget.height()))
            QToolTip.showText(below, translated(problem.args[0]), self.widget)


class Slider(QSlider):
    """A horizontal slider that leaves the wheel to the panel around it unless it has the focus."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Ignore the wheel without focus, so that scrolling past never changes a value."""
        super().wheelEvent(event) if self.hasFocus() else event.ignore()


def bind_slider(
    document: Document, path: str, parent: QWidget | None = None, *, values: Sequence[float] | None = None
) -> QSlider:
    """A slider for the number at ``path``; it moves over ``values``, else over a scale from the declaration."""
    slider = Slider(parent)
    declared = paths.info(document.project, path)
    scale = Scale.of(declared, values)
    slider.setRange(0, scale.last)
    slider.setPageStep(max(1, scale.last // 10))
    binding = Binding(document, path, slider, lambda value: slider.setValue(scale.position(value)))
    slider.valueChanged.connect(lambda place: binding.write(scale.value(place)))
    binding.refresh()
    return slider


class NumberSpin(QDoubleSpinBox):
    """A spin box that writes 0.03 as 0.03 and takes 1e-5 or 0,03 too; its steps follow the size of the number.

    What is no number, or out of range, leaves the old one and is answered by a tool-tip with the range.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setDecimals(14)
        self.setStepType(QAbstractSpinBox.StepType.AdaptiveDecimalStepType)
        self.range_text = ""

    def textFromValue(self, value: float) -> str:
        """The number without needless zeros."""
        return field_text(value)

    def valueFromText(self, text: str) -> float:
        """The number that was typed; the old one if it is none."""
        value = typed(text)
        return self.value() if value is None else value

    def validate(self, text: str, position: int) -> tuple[QValidator.State, str, int]:
        """Whether ``text`` is a number, or can become one."""
        value = typed(text)
        inside = value is not None and self.minimum() <= value <= self.maximum()
        return QValidator.State.Acceptable if inside else QValidator.State.Intermediate, text, position

    def fixup(self, text: str) -> str:
        """Put the old number back, and say what would be one."""
        if text.strip() and text != self.specialValueText():
            words = QCoreApplication.translate("Forms", "“%1” is not allowed here: a number %2.")
            place = self.mapToGlobal(QPoint(0, self.height()))
            QToolTip.showText(place, words.replace("%1", text).replace("%2", self.range_text), self)
        return self.textFromValue(self.value())


class ChoiceGuard(QObject):
    """Keeps a click on a disabled row of a drop-down list from choosing the row that the pointer passed before."""

    def __init__(self, combo: QComboBox) -> None:
        super().__init__(combo)
        self._view = combo.view()
        self._view.viewport().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Swallow the release of the button over a disabled row."""
        if event.type() == QEvent.Type.MouseButtonRelease and isinstance(event, QMouseEvent):
            row = self._view.indexAt(event.position().toPoint())
            if row.isValid() and not row.flags() & Qt.ItemFlag.ItemIsEnabled:
                return True
        return super().eventFilter(watched, event)


def bind_spin(
    document: Document, path: str, parent: QWidget | None = None, *, edit: Rewrite | None = None
) -> QSpinBox | NumberSpin:
    """A spin box for the number at ``path``; an optional number has "off" below its smallest value."""
    info = paths.info(document.project, path)
    spin = _whole_spin(info, parent) if info.kind == "int" else _fraction_spin(info, parent)
    nothing = spin.minimum()
    if info.optional:
        spin.setSpecialValueText(QCoreApplication.translate("Forms", "off"))
    spin.setKeyboardTracking(False)
    spin.lineEdit().setTextMargins(3, 0, 0, 0)

    def show(value: Any) -> None:
        spin.setValue(nothing if value is None else value)  # type: ignore[arg-type]

    binding = Binding(document, path, spin, show, edit)
    spin.valueChanged.connect(lambda value: binding.write(None if info.optional and value == nothing else value))
    binding.refresh()
    return spin


def _whole_spin(info: SettingInfo, parent: QWidget | None) -> QSpinBox:
    spin = QSpinBox(parent)
    low, high = _limits(info)
    spin.setRange(int(low) - (1 if info.optional and info.ge is not None else 0), int(min(high, 2**31 - 1)))
    if info.step is None:
        spin.setStepType(QAbstractSpinBox.StepType.AdaptiveDecimalStepType)
    else:
        spin.setSingleStep(int(info.step))
    return spin


def _fraction_spin(info: SettingInfo, parent: QWidget | None) -> NumberSpin:
    spin = NumberSpin(parent)
    spin.setRange(*_limits(info))
    spin.range_text = info.range_text()
    if info.step is not None:
        spin.setStepType(QAbstractSpinBox.StepType.DefaultStepType)
        spin.setSingleStep(info.step)
    return spin


def bind_choice(
    document: Document,
    path: str,
    parent: QWidget | None = None,
    *,
    titles: Callable[[str], str] | None = None,
    edit: Rewrite | None = None,
    names: Sequence[str] | None = None,
    read: Callable[[Any], str] | None = None,
) -> QComboBox:
    """A drop-down list for the name at ``path``.

    ``names`` (default: the declared choices) are shown by their ``titles``; ``read`` turns the setting into one of the
    names where the setting is a whole object (a loss, an optimizer) and ``edit`` makes the edit from the new name.
    """
    combo = QComboBox(parent)
    ChoiceGuard(combo)
    combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
    for name in names if names is not None else paths.info(document.project, path).choices:
        combo.addItem(titles(name) if titles else name, name)

    def show(value: Any) -> None:
        combo.setCurrentIndex(combo.findData(read(value) if read else value))

    binding = Binding(document, path, combo, show, edit)
    combo.activated.connect(lambda index: binding.write(combo.itemData(index)))
    binding.refresh()
    return combo


def bind_check(
    document: Document, path: str, text: str, parent: QWidget | None = None, *, edit: Rewrite | None = None
) -> QCheckBox:
    """A check box for the yes/no setting at ``path``."""
    check = QCheckBox(text, parent)
    binding = Binding(document, path, check, check.setChecked, edit)
    check.toggled.connect(binding.write)
    binding.refresh()
    return check


class SliderRow(QWidget):
    """A title, the current value in bold, and the slider below or (``inline``) between them."""

    def __init__(
        self,
        document: Document,
        path: str,
        parent: QWidget | None = None,
        *,
        title: str = "",
        values: Sequence[float] | None = None,
        text: Format | None = None,
        inline: bool = False,
    ) -> None:
        super().__init__(parent)
        self._document, self._path = document, path
        self._text = text or text_of(paths.info(document.project, path))
        self.slider = bind_slider(document, path, self, values=values)
        self._value = QLabel(self)
        self._value.setProperty("role", "value")
        name = ElidedLabel(
            title or translated(paths.info(document.project, path).title), self, tip=self.slider.toolTip()
        )
        name.setBuddy(self.slider)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setVerticalSpacing(0)
        grid.addWidget(name, 0, 0)
        grid.addWidget(self._value, 0, 2, Qt.AlignmentFlag.AlignRight)
        if inline:
            self._value.setMinimumWidth(self._value.fontMetrics().horizontalAdvance("0.00 "))
            self._value.setAlignment(Qt.AlignmentFlag.AlignRight)
            grid.addWidget(self.slider, 0, 1)
        else:
            grid.addWidget(self.slider, 1, 0, 1, 3)
        document.changed.connect(self._refresh)
        self._refresh()

    @Slot()
    def _refresh(self) -> None:
        if not self.slider.isEnabledTo(self):
            return  # there is no such setting any more
        shown = self._text(paths.get(self._document.project, self._path))
        if shown != self._value.text():
            self._value.setText(shown)


def percent(value: float) -> str:
    """0.67 → "67 %" in the user's way of writing numbers."""
    return f"{QLocale().toString(round(100 * value))} %"


def _limits(info: SettingInfo) -> tuple[float, float]:
    low = info.ge if info.ge is not None else info.gt if info.gt is not None else -1e9
    high = info.le if info.le is not None else info.lt if info.lt is not None else 1e9
    return low, high
