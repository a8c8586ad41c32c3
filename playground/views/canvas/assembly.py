"""Puts the canvas together: the painted sheet, the headers on it, the two cards, and where each of them stands."""

import itertools
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, QPoint, QSize, Signal
from PySide6.QtGui import QFontMetricsF
from PySide6.QtWidgets import QWidget

from playground.engine.layers import Layer
from playground.project.model import MAX_LAYERS
from playground.session.document import Document
from playground.views.canvas.boxes import WORDS_HEIGHT
from playground.views.canvas.cards import LossCard, OptimizerCard
from playground.views.canvas.conflict_note import ConflictNote
from playground.views.canvas.contents import NAME_WIDTH
from playground.views.canvas.controls import IconShelf, InsertButton
from playground.views.canvas.edges import EdgeBundle
from playground.views.canvas.features import LABEL_WIDTH, FeatureColumn
from playground.views.canvas.geometry import (
    COLUMN_MOST,
    LEAST_HEIGHT,
    MARGIN,
    TITLE_HEIGHT,
    CardSizes,
    ColumnSpec,
    Head,
    Layout,
    Rect,
    Shape,
    arrange,
)
from playground.views.canvas.header import LayerHeader, signature
from playground.views.canvas.selection import Selection
from playground.views.canvas.stages import Kind, Stage, first_weighted
from playground.views.canvas.surface import Surface
from playground.views.canvas.units import FrameStamps
from playground.views.canvas.wires import Wires
from playground.views.theme import CAPTION_SIZE, TEXT_SIZE, Theme, sized_font

ROWS_MOST = 16  # classes that get a named bar each
SPARES = 4  # heads that wait for their layer to come back (undo)


class Assembly(QObject):
    """Owns every widget of the canvas except the scroll area around them.

    Signals:
        refused(str): an edit could not be done, with the reason.
        insert_wanted(int, QPoint): a layer is to be inserted at this place; where the button stands on the screen.
    """

    refused = Signal(str)
    insert_wanted = Signal(int, QPoint)

    def __init__(self, document: Document, theme: Theme) -> None:
        self.surface = Surface(theme)
        super().__init__(self.surface)
        self._document, self._theme = document, theme
        self.stamps = FrameStamps(theme)
        self._icons = IconShelf(theme)
        self.stages: tuple[Stage, ...] = ()
        self.layout: Layout = arrange((ColumnSpec(Shape.SQUARES, 1, 40),) * 2, 400, 400, CardSizes())
        self.bundles: list[EdgeBundle | None] = []
        self._kernels: Sequence[NDArray[Any] | None] = ()
        self._headers: list[LayerHeader] = []
        self._spares: list[LayerHeader] = []
        self._inserts: list[InsertButton] = []
        self.features = FeatureColumn(document, theme, self.stamps, self.surface)
        self.features.refused.connect(self.refused)
        self.surface.lights_changed.connect(self.features.set_lights)
        self.loss = LossCard(document, self.surface)
        self.optimizer = OptimizerCard(document, self.surface)
        self.note = ConflictNote(document, theme, self.surface)
        self.zoom = 1.0
        self._view = (0, 400)
        self._scene: object = None
        self._set_icons()

    def rebuild(self, stages: tuple[Stage, ...]) -> None:
        """Show other stages; headers of layers that stay are kept, so that focus and open menus stay."""
        if stages != self.stages:
            self._kernels = ()
        if self.stages and (stages[0].kind, stages[0].names) != (self.stages[0].kind, self.stages[0].names):
            self.surface.set_content(0, None)
        self.stages = stages
        self._sync_headers()
        self.features.refresh()
        self._set_tab_order()
        self.surface.setAccessibleName(self.tr("The network, from input to output"))
        self.surface.setAccessibleDescription(" → ".join(stage.summary() for stage in stages))
        plane = stages[0].kind is Kind.FEATURES
        self.features.show_for(plane)
        self.loss.refresh()
        self.note.refresh()
        simple = all(stage.shape is not None and len(stage.shape) == 1 for stage in stages)
        for header, stage in zip(self._headers, stages[1:], strict=True):
            header.refresh(stage, removable=simple)
        for button in self._inserts:
            button.refresh(fits=simple and len(stages) <= MAX_LAYERS)

    def arrange(self, width: int, height: int, scroll_bar: int, scrolled: int = 0) -> None:
        """Place everything in ``width`` × ``height``, or in more where that is not enough."""
        cards = self._card_sizes()
        specs = tuple(self._spec(place, stage) for place, stage in enumerate(self.stages))
        width -= scroll_bar if height < LEAST_HEIGHT else 0
        layout = arrange(specs, width, height, cards, self.zoom)
        if layout.width > width + 0.5:
            layout = arrange(specs, width, height - scroll_bar, cards, self.zoom)
        self.layout = layout.pinned(scrolled, width)
        self._view = scrolled, width
        self.surface.resize(QSize(round(layout.width), round(layout.height)))
        self._place_widgets()
        self._show_scene()

    def _show_scene(self) -> None:
        """Draw anew, unless everything would look the same (another activation, a frozen layer)."""
        wires, captions = self._wires(), self._captions()
        muted = tuple(layer.muted for layer in self._document.project.network.layers)
        if self._scene == (wires, captions, muted):
            self.surface.tools.scene_changed()
            return
        self._scene = wires, captions, muted
        self.bundles = wires.bundles()
        self._give_kernels()
        self.surface.set_scene(self.layout, captions, self.bundles, wires.pairs())

    def scroll(self, scrolled: int) -> None:
        """Keep loss and optimizer in view while the columns move."""
        if self.layout.floating and scrolled != self._view[0]:
            self._view = scrolled, self._view[1]
            self.layout = self.layout.pinned(*self._view)
            self._place_widgets()
            self.surface.set_pinned(self.layout)

    def set_selection(self, selection: Selection) -> None:
        """Open the narrow head of the layer that leads the selection."""
        for layer, header in enumerate(self._headers):
            header.set_selected(layer == selection.lead)
        self.surface.set_selection(selection)

    def set_kernels(self, kernels: Sequence[NDArray[Any] | None], *, resting: bool) -> None:
        """Take new weights, one kernel per layer."""
        same = resting and _equal(kernels, self._kernels)
        self._kernels = kernels
        if not same or self.surface.resting is not resting:
            self._give_kernels()
            self.surface.weights_changed(resting=resting)

    def restyle(self) -> None:
        """Draw everything in the theme's new colours."""
        self._set_icons()
        self.surface.redraw()

    # -- parts -----------------------------------------------------------------------------------------------------

    def _set_tab_order(self) -> None:
        """Tab walks with the loop: features, layer by layer, loss, optimizer."""
        walk: list[QWidget] = [self.surface, self.features.menu_button, *self.features.buttons.values()]
        for button, header in zip(self._inserts, self._headers, strict=True):
            walk += [button, *header.controls()]
        walk.append(self.note.repair)
        walk += [
            self.loss.choice,
            self.loss.balance,
            self.optimizer.choice,
            self.optimizer.more,
            self.optimizer.slider,
            self.optimizer.rate,
        ]
        for before, after in itertools.pairwise(walk):
            QWidget.setTabOrder(before, after)

    def _sync_headers(self) -> None:
        """Give each layer a head: those that there are keep their place or take another, spare ones come back."""
        layers = self._document.project.network.layers
        for index in range(len(layers)):
            wanted = signature(self._document, index)
            if index < len(self._headers) and self._headers[index].signature == wanted:
                continue
            if index < len(self._headers):
                self._spares.append(self._headers[index])
                self._headers[index] = self._header(index, wanted)
            else:
                self._headers.append(self._header(index, wanted))
        self._spares += self._headers[len(layers) :]
        del self._headers[len(layers) :]
        while len(self._inserts) < len(layers):
            self._inserts.append(InsertButton(self._document, len(self._inserts), self.surface))
            self._inserts[-1].set_icons(self._icons)
            self._inserts[-1].wanted.connect(self.insert_wanted)
        while len(self._inserts) > len(layers):
            _discard(self._inserts.pop())
        for header in self._spares:
            header.put_away()
        while len(self._spares) > SPARES:
            _discard(self._spares.pop(0))

    def _header(self, index: int, wanted: tuple[type[Layer], bool]) -> LayerHeader:
        """A head for a layer: a spare one if there is one of its kind."""
        found = next((header for header in self._spares if header.signature == wanted), None)
        if found is None:
            found = LayerHeader(self._document, index, self._theme, self.surface)
            found.refused.connect(self.refused)
            found.set_icons(self._icons)
        else:
            self._spares.remove(found)
            found.bind(index)
        found.show()
        return found

    def _spec(self, place: int, stage: Stage) -> ColumnSpec:
        """What the layout must know of one stage."""
        if stage.kind is Kind.FEATURES:
            count = len(self.features.shown())
            return ColumnSpec(Shape.SQUARES, count, LABEL_WIDTH + 50, most=124, left_label=LABEL_WIDTH)
        if stage.kind is Kind.TABLE:
            return ColumnSpec(Shape.SQUARES, stage.units, NAME_WIDTH + 50, most=140, left_label=NAME_WIDTH)
        if stage.kind is Kind.IMAGE:
            return ColumnSpec(Shape.PICTURE, 1, 92, most=150, narrow=70)
        least, one_row = self._headers[place - 1].needs()
        if stage.kind is Kind.PLAIN:
            return ColumnSpec(Shape.BAR, 1, least, most=least + 8, narrow=30, bypassed=stage.bypassed)
        if stage.kind is Kind.OUTPUT:
            if stage.names and self.stages[0].kind is Kind.IMAGE and stage.units <= ROWS_MOST:
                return ColumnSpec(Shape.ROWS, stage.units, max(least, 124), most=180, narrow=110)
            return ColumnSpec(Shape.SQUARES, stage.units, max(least, 84), most=max(least, 124), narrow=44)
        pictured = stage.channels or place == first_weighted(self.stages)
        bars = self.stages[0].kind is Kind.IMAGE and not pictured
        shape, banded = Shape.BARS if bars else Shape.SQUARES, stage.channels and not stage.paired
        return ColumnSpec(shape, stage.units, least, one_row, most=max(COLUMN_MOST, one_row), banded=banded)

    def _card_sizes(self) -> CardSizes:
        metrics = QFontMetricsF(sized_font(TEXT_SIZE))
        pill = metrics.horizontalAdvance(self.tr("true targets")) + 26
        return CardSizes(self.loss.wanted_size(), self.optimizer.wanted_size(), (pill, 26.0))

    def _place_widgets(self) -> None:
        layout, (scrolled, width) = self.layout, self._view
        right = layout.width if layout.pane is None else layout.pane
        room = Rect(scrolled, 0, min(right, scrolled + width) - scrolled, layout.height)
        self.features.place(layout.columns[0], room.right)
        for header, column in zip(self._headers, layout.columns[1:], strict=True):
            header.place(column.frame, layout.head, room)
        for button, x in zip(self._inserts, layout.gaps, strict=True):
            button.place(x, MARGIN + (TITLE_HEIGHT / 2 if layout.head is not Head.WORDS else WORDS_HEIGHT / 2 + 2))
            button.setVisible(x + button.SIZE / 2 <= right)
            button.raise_()
        for card, box in ((self.loss, layout.loss), (self.optimizer, layout.optimizer)):
            card.setGeometry(round(box.x), round(box.y), round(box.width), round(box.height))
            card.raise_()
        for header in self._headers:
            if header.opened:
                header.raise_()
        self.note.place(layout, room)

    def _captions(self) -> tuple[str, ...]:
        metrics = QFontMetricsF(sized_font(CAPTION_SIZE))
        columns = zip(self.stages, self.layout.columns, strict=True)
        return tuple(stage.caption(column.frame.width + 6, metrics.horizontalAdvance) for stage, column in columns)

    def _wires(self) -> Wires:
        if self.stages[0].kind is not Kind.FEATURES:
            return Wires(self.stages, self.layout, ())
        shown = self.features.shown()
        inputs = tuple(shown.index(name) for name in self._document.project.data.features)
        return Wires(self.stages, self.layout, inputs)

    def _give_kernels(self) -> None:
        for bundle, kernel in zip(self.bundles, self._kernels, strict=False):
            if bundle is not None and kernel is not None and kernel.ndim == 2:
                bundle.set_kernel(kernel)

    def _set_icons(self) -> None:
        self._icons.clear()
        self.features.set_icons(self._icons)
        self.optimizer.set_icons(self._icons)
        for header in self._headers:
            header.set_icons(self._icons)
        for button in self._inserts:
            button.set_icons(self._icons)


def _equal(some: Sequence[NDArray[Any] | None], others: Sequence[NDArray[Any] | None]) -> bool:
    """Whether two rows of kernels are the same; None stands for a layer without."""
    if len(some) != len(others):
        return False
    return all(
        a is b or (a is not None and b is not None and np.array_equal(a, b)) for a, b in zip(some, others, strict=True)
    )


def _discard(widget: QWidget) -> None:
    """Take a widget away at once and delete it when its own event is over."""
    widget.hide()
    widget.setParent(None)
    widget.deleteLater()
