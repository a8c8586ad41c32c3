"""The network canvas: features, layers, loss and optimizer as one loop, drawn and edited in place."""

from collections.abc import Mapping

from PySide6.QtCore import QPoint, QPointF, QSize, Qt, Signal
from PySide6.QtGui import QAction, QCloseEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QMenu, QScrollArea, QStyle, QToolTip, QVBoxLayout, QWidget

from playground.insight.pictures import ACTIVATIONS, PURITY, UNIT_MAPS
from playground.project.changes import Change
from playground.session import Session
from playground.training.records import RunState, Snapshot
from playground.views.canvas import hover
from playground.views.canvas.assembly import Assembly
from playground.views.canvas.bundle_popup import BundlePopup
from playground.views.canvas.contents import Maps, WeightImages
from playground.views.canvas.pictures import Reader
from playground.views.canvas.purity_tip import PurityLog, purity_tip
from playground.views.canvas.stages import stages_of
from playground.views.theme import Theme

_STRUCTURE = Change.DATA | Change.FEATURES | Change.NETWORK


class NetworkCanvas(QFrame):
    """Shows the network of the session's document and lets people change it.

    ``actions``: the app's actions by id, for the right-click menu.

    Signals:
        selection_changed(object): the index of the selected layer, None when there is none.
        refused(str): an edit could not be done, with the reason.
    """

    selection_changed = Signal(object)
    refused = Signal(str)

    def __init__(
        self, session: Session, theme: Theme, actions: Mapping[str, QAction], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._session, self._theme, self._actions = session, theme, actions
        self._selected: int | None = None
        self._edge: hover.Edge | None = None
        self._pointer = QPoint()
        self._structure: object = None
        self._purity_log = PurityLog()
        self._build()
        self._connect()
        self._follow(_STRUCTURE)

    # -- selection -------------------------------------------------------------------------------------------------

    def selected_layer(self) -> int | None:
        """The index of the selected layer (the last one is the output layer), None when there is none."""
        return self._selected

    def select_layer(self, layer: int | None) -> None:
        """Select a layer, or none."""
        count = len(self._session.document.project.network.layers)
        layer = None if layer is None or not 0 <= layer < count else layer
        if layer != self._selected:
            self._selected = layer
            self._assembly.surface.set_selected(layer)
            self.selection_changed.emit(layer)

    def move_selection(self, by: int) -> None:
        """Select the next layer to the left (-1) or right (+1)."""
        count = len(self._session.document.project.network.layers)
        start = -1 if self._selected is None and by > 0 else count if self._selected is None else self._selected
        self.select_layer(max(0, min(count - 1, start + by)))
        if self._selected is not None:
            frame = self._assembly.layout.columns[self._selected + 1].frame
            self._scroll.ensureVisible(round(frame.center_x), round(frame.y), round(frame.width / 2) + 8, 8)

    # -- build, connect, refresh, close ----------------------------------------------------------------------------

    def _build(self) -> None:
        self.setProperty("card", True)
        self.setObjectName("canvas")
        self.setAccessibleName(self.tr("Network"))
        self._scroll = QScrollArea(self)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.viewport().setAutoFillBackground(False)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._assembly = Assembly(self._session.document, self._theme)
        self._scroll.setWidget(self._assembly.surface)
        box = QVBoxLayout(self)
        box.setContentsMargins(2, 2, 2, 2)
        box.addWidget(self._scroll)
        self._popup = BundlePopup(self._theme, self)

    def _connect(self) -> None:
        surface = self._assembly.surface
        surface.layer_clicked.connect(self.select_layer)
        surface.arrow_pressed.connect(self.move_selection)
        surface.moved.connect(self._point_at)
        surface.left.connect(self._point_nowhere)
        surface.menu_wanted.connect(self._open_menu)
        surface.bundle_clicked.connect(self._open_bundle)
        self._assembly.refused.connect(self._say)
        self._session.document.changed.connect(self._follow)
        self._session.trainer.snapshot.connect(self._show_snapshot)
        self._session.trainer.counted.connect(self._show_loss)
        self._session.trainer.run_state.connect(self._show_state)
        self._session.trainer.restarted.connect(self._purity_log.clear)
        self._theme.changed.connect(self._restyle)

    def _follow(self, change: Change) -> None:
        """Show what changed in the document."""
        project = self._session.document.project
        structure = (project.network.layers, project.data.features, type(project.data.source))
        if structure != self._structure:
            self._structure = structure
            self._point_nowhere()
            stages = stages_of(project)
            self._reader = Reader(project, stages, self._theme, self._assembly.stamps)
            self._assembly.rebuild(stages)
            self._ask_for_pictures()
            if self._selected is not None and self._selected >= len(project.network.layers):
                self.select_layer(None)
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
        trainer.show(ACTIVATIONS, image)
        trainer.show(PURITY)

    def _arrange(self) -> None:
        room = self._scroll.maximumViewportSize()
        bar = self.style().pixelMetric(QStyle.PixelMetric.PM_ScrollBarExtent)
        self._assembly.arrange(room.width(), room.height(), bar)

    def _restyle(self) -> None:
        project = self._session.document.project
        self._assembly.stamps.clear()
        self._reader = Reader(project, self._assembly.stages, self._theme, self._assembly.stamps)
        self._assembly.restyle()
        self._arrange()
        self._show_latest()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Ask for no more pictures."""
        for picture in (UNIT_MAPS, ACTIVATIONS, PURITY):
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
            if isinstance(content, (Maps, WeightImages)):
                self._popup.follow(column, content.strip)
        purity = snapshot.pictures.get(PURITY)
        if purity is not None:
            self._assembly.surface.set_purity(purity.stages, (purity.chance, purity.spread))
            self._purity_log.add(snapshot.counters.step, purity)
        self._assembly.surface.advance_pulse(running and self._animated())
        if self._edge is not None:
            self._tell_weight()

    def _show_loss(self, snapshot: Snapshot) -> None:
        self._assembly.loss.show_loss(snapshot.counters.train_loss)

    def _show_state(self, state: RunState) -> None:
        if state is not RunState.RUNNING:
            self._assembly.surface.advance_pulse(False)

    def _animated(self) -> bool:
        """Whether the system allows motion."""
        return self.style().styleHint(QStyle.StyleHint.SH_Widget_Animation_Duration) > 0

    # -- pointer ---------------------------------------------------------------------------------------------------

    def _point_at(self, place: QPointF) -> None:
        self._pointer = place.toPoint()
        edge = hover.edge_at(self._assembly.bundles, place.x(), place.y())
        if edge is None and self._edge is not None:
            QToolTip.hideText()
        self._edge = edge
        self._assembly.surface.set_highlight(edge)
        if edge is not None:
            self._assembly.surface.setToolTip("")
            self._tell_weight()
            return
        gauge = hover.gauge_at(self._assembly.layout, place.x(), place.y())
        if gauge is not None:
            text = purity_tip(self._purity_log, gauge, self._theme)
        else:
            text = hover.place_text(self._assembly.layout, self._assembly.stages, place.x(), place.y())
        if text != self._assembly.surface.toolTip():
            self._assembly.surface.setToolTip(text)

    def _point_nowhere(self) -> None:
        if self._edge is not None:
            QToolTip.hideText()
        self._edge = None
        self._assembly.surface.set_highlight(None)

    def _tell_weight(self) -> None:
        assert self._edge is not None
        surface = self._assembly.surface
        text = hover.edge_text(self._edge, self._assembly.bundles, self._assembly.stages)
        if QToolTip.text() != text:
            QToolTip.showText(surface.mapToGlobal(self._pointer), text, surface)

    def _say(self, sentence: str) -> None:
        self.refused.emit(sentence)
        surface = self._assembly.surface
        QToolTip.showText(surface.mapToGlobal(self._pointer + QPoint(8, 8)), sentence, surface)

    def _open_menu(self, layer: int | None, place: QPoint) -> None:
        self.select_layer(layer)
        menu = QMenu(self)
        menu.setObjectName("canvas.menu")
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        wanted = ("network.add_layer", "network.remove_layer", "network.add_unit", "network.remove_unit")
        menu.addActions([self._actions[name] for name in wanted if name in self._actions])
        menu.addSeparator()
        menu.addActions([self._actions[name] for name in ("edit.undo", "edit.redo") if name in self._actions])
        menu.popup(place)

    def _open_bundle(self, column: int) -> None:
        content = self._assembly.surface.content(column)
        box = self._assembly.layout.columns[column].bundle
        if isinstance(content, (Maps, WeightImages)) and box is not None:
            corner = self._assembly.surface.mapToGlobal(QPoint(round(box.x), round(box.bottom)))
            self._popup.open(column, self._assembly.stages[column], content.strip, corner)

    # -- Qt --------------------------------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Use the new room."""
        super().resizeEvent(event)
        self._arrange()

    def sizeHint(self) -> QSize:
        """The room it has on the smallest supported screen."""
        return QSize(800, 448)

    def minimumSizeHint(self) -> QSize:
        """Below this it would be of no use."""
        return QSize(420, 320)
