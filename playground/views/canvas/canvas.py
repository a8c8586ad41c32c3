"""The network canvas: features, layers, loss and optimizer as one loop, drawn and edited in place."""

from collections.abc import Iterable, Mapping

from PySide6.QtCore import QMetaMethod, QPoint, QPointF, QSize, Qt, Signal
from PySide6.QtGui import QAction, QCloseEvent, QCursor, QImage, QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QStyle, QToolTip, QVBoxLayout, QWidget

from playground.insight.pictures import ACTIVATIONS, EFFECT, PURITY, UNIT_MAPS
from playground.project import edits
from playground.project.changes import Change
from playground.session import Session
from playground.training.records import RunState, Snapshot
from playground.views import motion
from playground.views.canvas import keys
from playground.views.canvas.assembly import Assembly
from playground.views.canvas.bundle_popup import BundlePopup
from playground.views.canvas.contents import picture_of, strip_of
from playground.views.canvas.controls import applied
from playground.views.canvas.example_path import ExamplePath
from playground.views.canvas.lights import Lights
from playground.views.canvas.menu import open_menu
from playground.views.canvas.navigate import Navigator
from playground.views.canvas.picker import Picker
from playground.views.canvas.pictures import Reader
from playground.views.canvas.pointer import PointerTool
from playground.views.canvas.purity_table import purity_table
from playground.views.canvas.purity_tip import PurityLog, purity_tip
from playground.views.canvas.reorder import ReorderTool
from playground.views.canvas.selection import Selection
from playground.views.canvas.stages import Kind, stages_of
from playground.views.canvas.tools import Tool
from playground.views.canvas.touch import Touch
from playground.views.table_twin import Table, TwinAction
from playground.views.theme import Theme

_STRUCTURE = Change.DATA | Change.FEATURES | Change.NETWORK


class NetworkCanvas(QFrame):
    """Shows the network of the session's document and lets people change it.

    ``actions``: the app's actions by id, for the right-click menu.

    Signals:
        selection_changed(Selection): other layers are selected, or another unit.
        unit_hovered(object), unit_clicked(object): a unit as (column, unit), column 0 is the input; None: no longer.
        insert_wanted(int, QPoint): a layer is to be chosen for this place of the network, near a point of the screen.
        inspect_wanted(): what is selected is to be looked at closely.
        refused(str): an edit could not be done, with the reason.
        told(str): what an edit of weights by hand has moved, in a sentence.
    """

    selection_changed = Signal(object)
    unit_hovered = Signal(object)
    unit_clicked = Signal(object)
    insert_wanted = Signal(int, QPoint)
    inspect_wanted = Signal()
    refused = Signal(str)
    told = Signal(str)

    def __init__(
        self, session: Session, theme: Theme, actions: Mapping[str, QAction], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._session, self._theme, self._actions = session, theme, actions
        self._structure: object = None
        self._purity_log = PurityLog()
        self._picker = Picker(session.document, self)
        self._build()
        self._connect()
        self._follow(_STRUCTURE)

    # -- selection and tools ---------------------------------------------------------------------------------------

    @property
    def selection(self) -> Selection:
        """The selected layers, or the one selected unit."""
        return self._picker.selection

    @property
    def assembly(self) -> Assembly:
        """Sheet, layout, stages and lines, for tools."""
        return self._assembly

    def select(self, layers: Iterable[int], unit: int | None = None) -> None:
        """Select layers (the last one leads), or one unit of one layer."""
        self._picker.select(layers, unit)

    def selected_layer(self) -> int | None:
        """The index of the leading selected layer (the last one is the output layer), None when there is none."""
        return self._picker.selection.lead

    def select_layer(self, layer: int | None) -> None:
        """Select a layer, or none."""
        self._picker.select(() if layer is None else (layer,))

    def move_selection(self, by: int) -> None:
        """Select the next layer to the left (-1) or right (+1)."""
        self._picker.walk(by)

    def add_tool(self, tool: Tool) -> None:
        """Let another tool have gestures; it comes before the canvas's own ones."""
        self._assembly.surface.tools.add(tool)

    def unit_picture(self, place: tuple[int, int]) -> QImage | None:
        """The picture of a unit, (column, unit), as its thumbnail shows it; None where it has none."""
        return picture_of(self._assembly.surface.content(place[0]), place[1])

    def table(self) -> Table:
        """The purity gauges in numbers."""
        return purity_table(self._assembly.stages, self._purity_log.latest)

    def set_lights(self, name: str, lights: Lights | None) -> None:
        """Light a few things and dim the rest, under the caller's name; None ends it."""
        self._assembly.surface.set_lights(name, lights)

    # -- build, connect, refresh, close ----------------------------------------------------------------------------

    def _build(self) -> None:
        self.setProperty("card", True)
        self.setObjectName("canvas")
        self.setAccessibleName(self.tr("Network"))
        self.setAccessibleDescription(
            self.tr(
                "The network, drawn as it works: features enter at the left, every column is a layer, the lines are "
                "weights, and the prediction leaves at the right. The dashed way back shows how the loss, through the "
                "optimizer, adjusts the weights."
            )
        )
        self._scroll = QScrollArea(self)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.viewport().setAutoFillBackground(False)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._assembly = Assembly(self._session.document, self._theme)
        self._scroll.setWidget(self._assembly.surface)
        self.setFocusProxy(self._assembly.surface)
        box = QVBoxLayout(self)
        box.setContentsMargins(2, 2, 2, 2)
        box.addWidget(self._scroll)
        self._popup = BundlePopup(self._theme, self)
        self._twin = TwinAction(self, menu=False)
        tools = self._assembly.surface.tools
        self._touch = Touch(self._session, self._theme, self._assembly, motion.wanted)
        for tool in self._touch.tools:
            tools.add(tool)
        self._example = ExamplePath(self._session, self._theme, self._assembly)
        self.navigator = Navigator(self._scroll, self._assembly, self._picker, self._arrange)
        tools.add(self.navigator, own=True)
        document = self._session.document
        self._pointer = PointerTool(self._picker, self._assembly, self._gauge_text)
        tools.add(ReorderTool(document, self._picker, self._assembly, self._theme, self.navigator.reveal), own=True)
        tools.add(self._pointer, own=True)

    def _connect(self) -> None:
        surface, picker = self._assembly.surface, self._picker
        surface.on_key = lambda event: (
            keys.press(event, picker, self.navigator, surface.tools.cancel)
            or self._touch.press_key(event, picker.selection)
        )
        surface.menu_wanted.connect(self._open_menu)
        picker.selection_changed.connect(self._assembly.set_selection)
        picker.selection_changed.connect(self.selection_changed)
        picker.unit_hovered.connect(self.unit_hovered)
        picker.unit_clicked.connect(self.unit_clicked)
        picker.inspect_wanted.connect(self.inspect_wanted)
        picker.bundle_wanted.connect(self._open_bundle)
        self._popup.picked.connect(lambda column, unit: picker.select([column - 1], unit))
        picker.lead_moved.connect(self.navigator.show_lead)
        self._assembly.insert_wanted.connect(self._insert)
        self._scroll.horizontalScrollBar().valueChanged.connect(self._assembly.scroll)
        self._assembly.refused.connect(self._say)
        self._touch.told.connect(self.told)
        self._session.document.changed.connect(self._follow)
        self._session.trainer.snapshot.connect(self._show_snapshot)
        self._session.trainer.counted.connect(self._show_loss)
        self._session.trainer.restarted.connect(self._purity_log.clear)
        self._theme.changed.connect(self._restyle)

    def _follow(self, change: Change) -> None:
        """Show what changed in the document."""
        project = self._session.document.project
        source = project.data.source
        facts = (type(source), source.input_shape, source.input_names, source.class_names)
        structure = (project.network.layers, project.data.features, facts)
        if structure != self._structure:
            self._structure = structure
            self._assembly.surface.tools.cancel()
            stages = stages_of(project)
            self._reader = Reader(project, stages, self._theme, self._assembly.stamps)
            self._assembly.rebuild(stages)
            self._ask_for_pictures()
            self._picker.refresh()
        elif change & Change.LOSS:
            self._assembly.rebuild(self._assembly.stages)
        else:
            return
        self._arrange()
        self._show_latest()

    def _ask_for_pictures(self) -> None:
        image = self._session.document.project.data.source.input_kind == "image"
        trainer = self._session.trainer
        trainer.show(UNIT_MAPS, not image)
        trainer.show(ACTIVATIONS, image or trainer.example is not None)
        trainer.show(PURITY)
        trainer.show(EFFECT)

    def _arrange(self) -> None:
        room = self._scroll.maximumViewportSize()
        bar = self.style().pixelMetric(QStyle.PixelMetric.PM_ScrollBarExtent)
        self._assembly.arrange(room.width(), room.height(), bar, self._scroll.horizontalScrollBar().value())

    def _restyle(self) -> None:
        project = self._session.document.project
        self._assembly.stamps.clear()
        self._reader = Reader(project, self._assembly.stages, self._theme, self._assembly.stamps)
        self._assembly.restyle()
        self._arrange()
        self._show_latest()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Ask for no more pictures."""
        for picture in (UNIT_MAPS, ACTIVATIONS, PURITY, EFFECT):
            self._session.trainer.show(picture, False)
        super().closeEvent(event)

    # -- what comes from the run -----------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Show the run as it stands now, completely."""
        self._show_latest()
        self._assembly.surface.finish()

    def _show_latest(self) -> None:
        if self._session.trainer.latest is not None:
            self._show_snapshot(self._session.trainer.latest)
            self._show_loss(self._session.trainer.latest)
        else:
            self._assembly.loss.show_loss(None)

    def _show_snapshot(self, snapshot: Snapshot) -> None:
        """Show weights, maps, purity and loss of a moment."""
        if not self._reader.fits(snapshot.parameters):
            return
        running = snapshot.state is RunState.RUNNING
        kernels = self._reader.kernels(snapshot.parameters)
        self._assembly.set_kernels(kernels, resting=not running)
        strip = self._reader.feature_strip(snapshot.pictures)
        if strip is not None:
            self._assembly.features.set_strip(strip)
        contents = self._reader.contents(snapshot.pictures)
        contents.update(self._reader.weight_images(kernels))
        for column, content in contents.items():
            self._assembly.surface.set_content(column, content)
        if self._popup.isVisible():
            self._popup.follow(strip_of(contents.get(self._popup.column)))
        purity = snapshot.pictures.get(PURITY)
        if purity is not None:
            self._assembly.surface.set_purity(purity.stages, (purity.chance, purity.spread))
            self._purity_log.add(snapshot.counters.step, purity)

    def _show_loss(self, snapshot: Snapshot) -> None:
        self._assembly.loss.show_loss(snapshot.counters.train_loss)

    # -- gestures --------------------------------------------------------------------------------------------------

    def _gauge_text(self, column: int) -> str:
        return purity_tip(self._purity_log, column, self._theme)

    def _insert(self, index: int, place: QPoint) -> None:
        """Let the palette choose a layer; a canvas without one adds a dense layer."""
        if self.isSignalConnected(QMetaMethod.fromSignal(self.insert_wanted)):
            self.insert_wanted.emit(index, place)
            return
        problem = applied(self._session.document, lambda: edits.add_layer(self._session.document.project, index))
        if problem:
            self._say(problem)

    def _say(self, sentence: str) -> None:
        self.refused.emit(sentence)
        QToolTip.showText(QCursor.pos() + QPoint(8, 8), sentence, self)

    def _open_menu(self, place: QPoint | None, on_screen: QPoint) -> None:
        if place is not None:
            self._pointer.point_for_menu(QPointF(place))
        else:  # by key: at the selected layer
            lead = self._picker.selection.lead
            frame = self._assembly.layout.columns[0 if lead is None else lead + 1].frame
            on_screen = self._assembly.surface.mapToGlobal(QPoint(round(frame.x + 8), round(frame.y + 40)))
        open_menu(self, self._actions, on_screen).addActions([self._twin])

    def _open_bundle(self, column: int) -> None:
        content = self._assembly.surface.content(column)
        box = self._assembly.layout.columns[column].bundle
        strip = strip_of(content)
        if box is None:
            return
        corner = self._assembly.surface.mapToGlobal(QPoint(round(box.x), round(box.bottom)))
        if self._assembly.stages[column].kind is Kind.FEATURES:
            self._assembly.features.open_menu(corner)
        elif strip is not None:
            self._popup.open(column, self._assembly.stages[column], strip, corner)

    # -- Qt --------------------------------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Use the new room."""
        super().resizeEvent(event)
        self._arrange()
        self.navigator.place_button()

    def sizeHint(self) -> QSize:
        """The room it has on the smallest supported screen."""
        return QSize(800, 448)

    def minimumSizeHint(self) -> QSize:
        """Below this it would be of no use."""
        return QSize(420, 320)
