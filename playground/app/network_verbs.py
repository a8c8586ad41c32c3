"""What the actions of the network menu do to the layers and units that are selected on the canvas."""

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import Protocol

from PySide6.QtCore import QMimeData, QObject, Signal
from PySide6.QtGui import QGuiApplication

from playground.project import clipping, edits
from playground.project.edits import Edit, EditError
from playground.project.model import Project
from playground.session import Session
from playground.session.language import translated
from playground.views.canvas.navigate import Navigator
from playground.views.canvas.selection import Selection

MIME = "application/x-deep-learning-playground-layers+json"


class Selector(Protocol):
    """Whoever knows what is selected, and can select and show something else: the canvas."""

    navigator: Navigator

    @property
    def selection(self) -> Selection:
        """What is selected now."""

    def select(self, layers: Iterable[int], unit: int | None = None) -> None:
        """Select layers, or one unit of one layer."""


class NetworkVerbs(QObject):
    """Handlers of the network menu. ``tell`` shows the sentence of what could not be done.

    Signals:
        insert_wanted(int): a layer is to be chosen for this place of the network.
        inspect_wanted(): what is selected is to be looked at closely.
    """

    insert_wanted = Signal(int)
    inspect_wanted = Signal()

    def __init__(self, parent: QObject, session: Session, tell: Callable[[str], None]) -> None:
        super().__init__(parent)
        self._session, self._tell = session, tell
        self._selector: Selector | None = None

    def use_selection(self, selector: Selector) -> None:
        """Let the verbs mean what is selected there."""
        self._selector = selector

    def handlers(self) -> Mapping[str, Callable[[], object]]:
        """The handler of every action of the network menu, and of those that move the view of it, by its id."""
        return {
            "network.add_layer": self.add_layer,
            "network.insert": self.choose_layer,
            "network.duplicate": self.duplicate,
            "network.remove_layer": self.remove,
            "network.cut": self.cut,
            "network.copy": self.copy,
            "network.paste": self.paste,
            "network.move_left": lambda: self.move(-1),
            "network.move_right": lambda: self.move(+1),
            "network.add_unit": self.add_unit,
            "network.remove_unit": self.remove_unit,
            "network.mute": self.mute,
            "network.bypass": lambda: self._toggle("bypassed", True),
            "network.freeze": lambda: self._toggle("trainable", False),
            "network.reinitialize": self.reinitialize,
            "network.inspect": self.inspect,
            "view.zoom_in": lambda: self._navigate(Navigator.zoom_in),
            "view.zoom_out": lambda: self._navigate(Navigator.zoom_out),
            "view.fit": lambda: self._navigate(Navigator.fit),
        }

    # -- layers ----------------------------------------------------------------------------------------------------

    def add_layer(self) -> None:
        """Add a layer after the selected one, else before the output."""
        place = self._place_behind()
        trained = self._session.trainer.trained  # then it begins so that little changes
        if self._apply(lambda: edits.add_layer(self._project, place, identity=trained)):
            self._select(range(place, place + 1))

    def choose_layer(self) -> None:
        """Open the palette for the place after the selected layer, else before the output."""
        self.insert_wanted.emit(self._place_behind())

    def duplicate(self) -> None:
        """Put a copy of the leading layer behind it, and select the copy."""
        project, layer = self._project, self._lead()
        if layer is not None and self._apply(partial(edits.duplicate_layer, project, layer)):
            self._select([layer + 1])

    def remove(self) -> None:
        """Remove the selected unit, or the selected layers, else the last layer before the output."""
        selection, project = self._selection, self._project
        if selection.unit is not None:
            self.remove_unit()
            return
        layers = selection.layers or (max(0, len(project.network.layers) - 2),)
        if self._apply(lambda: edits.remove_layers(project, layers)):
            left = len(self._project.network.layers) - 1  # before the output layer
            self._select([min(*layers, left - 1)] if left and selection.layers else ())

    def copy(self) -> bool:
        """Keep the selected layers in the clipboard; tell whether there were any."""
        layers = sorted(self._selection.layers)
        if not layers:
            self._tell(self.tr("Click on a layer first; then it can be copied."))
            return False
        text = clipping.to_text(tuple(self._project.network.layers[layer] for layer in layers))
        content = QMimeData()
        content.setText(text)
        content.setData(MIME, text.encode())
        QGuiApplication.clipboard().setMimeData(content)
        return True

    def cut(self) -> None:
        """Copy the selected layers, then remove them."""
        project, layers = self._project, self._selection.layers
        if self.copy():
            self._apply(lambda: edits.remove_layers(project, layers))

    def paste(self) -> None:
        """Insert the copied layers after the selected one, and select them."""
        text, place = _pasted(), self._place_behind()
        before = len(self._project.network.layers)
        if self._apply(lambda: edits.paste_layers(self._project, place, clipping.from_text(text))):
            self._select(range(place, place + len(self._project.network.layers) - before))

    def move(self, by: int) -> None:
        """Move the leading layer one place to the left (-1) or right (+1)."""
        layer, project = self._lead(), self._project
        if layer is None or not 0 <= layer + by < len(project.network.layers):
            return
        if self._apply(partial(edits.move_layer, project, layer, layer + by)):
            self._select([layer + by])

    def inspect(self) -> None:
        """Open the inspector for what is selected."""
        if self._lead() is not None:
            self.inspect_wanted.emit()

    def reinitialize(self) -> None:
        """Draw other initial weights for the selected layers."""
        if self._lead() is not None:
            for layer in self._selection.layers:
                self._session.trainer.reinitialize_layer(layer)

    # -- units -----------------------------------------------------------------------------------------------------

    def add_unit(self) -> None:
        """Give every selected layer a unit more, behind the selected one where there is one."""
        project, layers, unit = self._project, self._selection.layers, self._selection.unit
        if (lead := self._lead()) is None:
            return
        if unit is None:
            self._apply(lambda: edits.resize(project, layers, +1))
        elif self._apply(lambda: edits.add_unit(project, lead, unit)):
            self._select([lead], unit + 1)

    def remove_unit(self) -> None:
        """Take the selected unit away, else the last one of every selected layer."""
        project, layers, unit = self._project, self._selection.layers, self._selection.unit
        if (lead := self._lead()) is None:
            return
        if unit is None:
            self._apply(lambda: edits.resize(project, layers, -1))
        else:
            self._apply(lambda: edits.remove_unit(project, lead, unit))

    def mute(self) -> None:
        """Mute the selected unit, or let it speak again."""
        selection, project = self._selection, self._project
        if selection.lead is None or selection.unit is None:
            self._tell(self.tr("Click on a unit first; then it can be muted."))
            return
        layer, unit = selection.lead, selection.unit
        on = unit not in project.network.layers[layer].muted
        self._apply(lambda: edits.mute_unit(project, layer, unit, on))

    # -- inside ----------------------------------------------------------------------------------------------------

    @property
    def _project(self) -> Project:
        return self._session.document.project

    @property
    def _selection(self) -> Selection:
        return self._selector.selection if self._selector else Selection()

    def _select(self, layers: Iterable[int], unit: int | None = None) -> None:
        if self._selector:
            self._selector.select(layers, unit)

    def _lead(self) -> int | None:
        """The selected layer; where there is none, that is told."""
        lead = self._selection.lead
        if lead is None:
            self._tell(self.tr("Click on a layer first; this works on the selected one."))
        return lead

    def _navigate(self, move: Callable[[Navigator], None]) -> None:
        if self._selector:
            move(self._selector.navigator)

    def _place_behind(self) -> int:
        """Where a new layer goes: behind the selected one, else before the output."""
        output, lead = len(self._project.network.layers) - 1, self._selection.lead
        return output if lead is None else min(lead + 1, output)

    def _toggle(self, setting: str, special: bool) -> None:
        """Give all selected layers the special value of a setting, or the usual one where the leading layer has it."""
        if (lead := self._lead()) is None:
            return
        project, layers = self._project, self._selection.layers
        value = not special if getattr(project.network.layers[lead], setting) is special else special
        places = [f"network.layers.{layer}.{setting}" for layer in layers]
        self._apply(lambda: edits.set_values(project, places, value))

    def _apply(self, make: Callable[[], Edit]) -> bool:
        """Apply an edit; tell why when it cannot be done."""
        try:
            self._session.document.apply(make())
        except EditError as error:
            self._tell(translated(error.args[0]))
            return False
        return True


def _pasted() -> str:
    """What the clipboard holds as text, layers before anything else."""
    clipboard = QGuiApplication.clipboard()
    content: QMimeData | None = clipboard.mimeData()  # None while it is empty
    if content is None or not content.hasFormat(MIME):
        return clipboard.text()
    return bytes(content.data(MIME).data()).decode(errors="replace")
