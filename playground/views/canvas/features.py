"""The input column of data on the plane: features as thumbnails that can be clicked on and off, and a menu of all."""

import html
from itertools import zip_longest

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QAction, QContextMenuEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QLabel, QMenu, QToolButton, QWidget

from playground.data.features import FEATURES, MOST_FORMULAS, feature, formulas, is_formula
from playground.insight.grids import features_there_are
from playground.project import edits
from playground.session.document import Document
from playground.session.language import translated
from playground.views.canvas.controls import IconShelf, applied, clip_right
from playground.views.canvas.geometry import CONTROL_HEIGHT, TITLE_HEIGHT, Column, Rect
from playground.views.canvas.lights import Lights, light_box
from playground.views.canvas.units import CORNER, FrameStamps, MapStrip
from playground.views.theme import TEXT_SIZE, Theme, Token, sized_font

SHOWN_AT_LEAST = 5
LABEL_WIDTH = 46.0
_DIM = 0.30
_DIM_HOVER = 0.65


class FeatureButton(QAbstractButton):
    """One feature: its name and its heat map; pale while the network does not see it.

    Signals:
        change_wanted(): the formula of a feature of the user's own is to be changed.
    """

    change_wanted = Signal()

    def __init__(self, name: str, theme: Theme, stamps: FrameStamps, parent: QWidget) -> None:
        super().__init__(parent)
        self.feature = name
        self._theme, self._stamps = theme, stamps
        self._strip: MapStrip | None = None
        self._place = 0
        self._light: float | None = None
        self.setObjectName(f"data.features.{name}")
        self.setCheckable(True)
        self.setText(feature(name).title)
        self.setAccessibleName(self.tr("Feature %s") % feature(name).title)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def set_strip(self, strip: MapStrip | None, place: int = 0) -> None:
        """Take the pictures of all features; its own stands at ``place``."""
        self._strip, self._place = strip, place
        self.update()

    def set_light(self, strength: float | None) -> None:
        """Be lit (0 to 1) while only some things are; None: as usual."""
        if strength != self._light:
            self._light = strength
            self.update()

    def refresh(self, active: bool) -> None:
        """Show whether the network sees this feature."""
        self.setChecked(active)
        act = self.tr("Click to take it away.") if active else self.tr("Click to let the network see it.")
        own = self.tr("Right-click to change the formula.") if is_formula(self.feature) else ""
        self.setToolTip(f"<qt>{html.escape(translated(feature(self.feature).help))} {act} {own}</qt>")

    def sizeHint(self) -> QSize:
        """Label and picture side by side."""
        return QSize(int(LABEL_WIDTH) + 38, 38)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw name, picture, and a + or ✕ while the pointer is over it."""
        painter = QPainter(self)
        side = float(self.height())
        box = QRectF(self.width() - side, 0, side, side)
        active, over = self.isChecked(), self.underMouse()
        painter.setFont(sized_font(TEXT_SIZE))
        painter.setPen(self._theme.color(Token.TEXT if active or over else Token.MUTED))
        label = QRectF(0, 0, box.x() - 7, side)
        words = painter.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, int(label.width()))
        painter.drawText(label, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, words)
        painter.setRenderHints(QPainter.RenderHint.SmoothPixmapTransform | QPainter.RenderHint.Antialiasing)
        painter.fillRect(box, self._theme.color(Token.CARD))
        painter.setOpacity(1.0 if active else _DIM_HOVER if over else _DIM)
        if self._strip is not None:
            self._strip.draw(painter, box, self._place)
        painter.setOpacity(1.0)
        if active:
            painter.drawPixmap(box.topLeft(), self._stamps.get(side, side, self.devicePixelRatioF()))
        else:
            painter.drawPixmap(box.topLeft(), self._stamps.get(side, side, self.devicePixelRatioF(), Token.CARD))
            self._dashes(painter, box)
        if self._light is not None:
            light_box(painter, self._theme, box.adjusted(1, 1, -1, -1), self._light)
        if over or self.hasFocus():
            self._mark(painter, box)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """A right click opens the formula of a feature of the user's own."""
        if is_formula(self.feature):
            self.change_wanted.emit()
        else:
            event.ignore()

    def _dashes(self, painter: QPainter, box: QRectF) -> None:
        pen = QPen(self._theme.color(Token.CONTROL_LINE), 1)
        pen.setDashPattern([3, 2.5])
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), CORNER, CORNER)

    def _mark(self, painter: QPainter, box: QRectF) -> None:
        """A small + (let in) or × (take away) in the corner, and the focus ring."""
        if self.hasFocus():
            painter.setPen(QPen(self._theme.color(Token.SELECTION), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), CORNER, CORNER)
        center = QPointF(box.right() - 8, box.top() + 8)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.color(Token.TEXT))
        painter.drawEllipse(center, 6.5, 6.5)
        painter.setPen(QPen(self._theme.color(Token.CARD), 1.6))
        painter.translate(center)
        painter.rotate(45 if self.isChecked() else 0)
        painter.drawLine(QPointF(-3, 0), QPointF(3, 0))
        painter.drawLine(QPointF(0, -3), QPointF(0, 3))


class FeatureColumn(QWidget):
    """Head and thumbnails of the input column. The thumbnails are children of ``sheet``, like the head itself.

    Signals:
        refused(str): an edit could not be done, with the reason.
    """

    refused = Signal(str)

    def __init__(self, document: Document, theme: Theme, stamps: FrameStamps, sheet: QWidget) -> None:
        super().__init__(sheet)
        self._document, self._theme = document, theme
        self._stamps, self._sheet = stamps, sheet
        self.title = QLabel(self.tr("Features"), self)
        self.title.setProperty("role", "heading")
        self.title.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.menu_button = QToolButton(self)
        self.menu_button.setObjectName("data.features.menu")
        self.menu_button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.menu_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.menu_button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.menu_button.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        self.menu_button.setStyleSheet("QToolButton { padding: 2px 4px; }")
        self.menu_button.setToolTip(
            self.tr("Choose what the network sees of each point: nine ready-made features, or a formula")
        )
        self.menu_button.setAccessibleName(self.tr("Features"))
        self._menu = QMenu(self.menu_button)
        self._menu.setToolTipsVisible(True)
        self.menu_button.setMenu(self._menu)
        self.buttons = {name: self._button(name) for name in FEATURES}
        self._wanted: tuple[str, ...] = ()
        self.actions_by_name = {name: self._action(name) for name in FEATURES}
        self._menu.addSeparator()
        self.add_action = self._menu.addAction(self.tr("Add a formula…"))
        self.add_action.setObjectName("data.features.add")
        self.add_action.setToolTip(self.tr("Let the network see what a formula of x₁ and x₂ gives"))
        self.add_action.triggered.connect(lambda: self._edit(None))
        self.refresh()

    def _button(self, name: str) -> FeatureButton:
        button = FeatureButton(name, self._theme, self._stamps, self._sheet)
        button.clicked.connect(lambda: self._toggle(name))
        button.change_wanted.connect(lambda: self._edit(name))
        return button

    def _action(self, name: str, before: QAction | None = None) -> QAction:
        action = QAction(feature(name).title.replace("&", "&&"), self._menu, checkable=True)
        action.setObjectName(f"data.features.menu.{name}")
        action.setToolTip(translated(feature(name).help))
        action.triggered.connect(lambda: self._toggle(name))
        self._menu.insertAction(before, action) if before else self._menu.addAction(action)
        return action

    def _sync_formulas(self) -> None:
        """A thumbnail and a row of the menu for each feature by formula, none for those that are gone."""
        wanted = formulas(self._document.project.data.features)
        present = formulas(tuple(self.buttons))
        if wanted == present:
            return
        for name in present:
            button, action = self.buttons.pop(name), self.actions_by_name.pop(name)
            button.hide()
            button.setObjectName("")  # from now on it is nobody
            button.deleteLater()
            self._menu.removeAction(action)
            action.deleteLater()
        for name in wanted:
            self.buttons[name] = self._button(name)
            self.actions_by_name[name] = self._action(name, self.add_action)
        self.set_strip(None)  # until the pictures of the new ones come

    def _edit(self, name: str | None) -> None:
        """Ask for the formula of a new feature, or of the present one ``name``."""
        from playground.views.formula.feature import ask  # seldom wanted

        ask(self, self._document, self._theme, name)

    def _toggle(self, name: str) -> None:
        problem = applied(self._document, lambda: edits.toggle_feature(self._document.project, name))
        self.refresh()
        if problem:
            self.refused.emit(problem)

    def refresh(self) -> None:
        """Show which features are active."""
        self._sync_formulas()
        active = set(self._document.project.data.features)
        self.add_action.setEnabled(len(formulas(tuple(active))) < MOST_FORMULAS)
        for name, button in self.buttons.items():
            button.refresh(name in active)
            self.actions_by_name[name].setChecked(name in active)
        count = self.tr("%1 of %2").replace("%1", str(len(active))).replace("%2", str(len(self.buttons)))
        self.menu_button.setText(count)

    def shown(self) -> tuple[str, ...]:
        """The features that have a thumbnail: all active ones, filled up with the first ones."""
        active = set(self._document.project.data.features)
        picked = set(active)
        for name in FEATURES:
            if len(picked) >= SHOWN_AT_LEAST:
                break
            picked.add(name)
        return tuple(name for name in self.buttons if name in picked)

    def set_strip(self, strip: MapStrip | None) -> None:
        """Take the pictures of all features."""
        places = features_there_are(self._document.project.data.features)
        for name, button in self.buttons.items():
            button.set_strip(strip if name in places else None, places.index(name) if name in places else 0)

    def set_lights(self, lights: Lights | None) -> None:
        """Light the features by the strengths of the inputs that they are."""
        strengths = None if lights is None else lights.units.get(0)
        inputs = self._document.project.data.features
        for name, button in self.buttons.items():
            strength = 0.0
            if strengths is not None and name in inputs and inputs.index(name) < len(strengths):
                value = float(strengths[inputs.index(name)])
                strength = min(1.0, max(0.0, value)) if value == value else 0.0
            button.set_light(None if lights is None else strength)

    def set_icons(self, icons: IconShelf) -> None:
        """Show the icon in the theme's colours."""
        self.menu_button.setIcon(icons.get("chevron-down"))
        self.menu_button.setIconSize(QSize(12, 12))

    def place(self, column: Column, right: float) -> None:
        """Stand at the top of the column, the thumbnails on its units; nothing is seen from ``right`` on.

        What there is no room for is among the "+n more", which open the menu of all.
        """
        frame, title = column.frame, int(TITLE_HEIGHT)
        width = int(frame.width)
        self.setGeometry(round(frame.x), round(frame.y), width, title + int(CONTROL_HEIGHT) + 2)
        self.title.setGeometry(0, 0, width, title)
        given = min(width - 8, 74)
        self.menu_button.setGeometry((width - given) // 2, title + 1, given, int(CONTROL_HEIGHT) - 1)
        clip_right(self, right)
        for name, box in zip_longest(self._wanted, column.units[: len(self._wanted)]):
            self.buttons[name].setVisible(box is not None)
            if box is not None:
                self.buttons[name].setGeometry(_with_label(box, frame))
                clip_right(self.buttons[name], right)

    def open_menu(self, corner: QPoint) -> None:
        """Show the menu of all features at a place of the screen."""
        self._menu.popup(corner)

    def show_for(self, plane: bool) -> None:
        """Show the head and the wanted thumbnails, or nothing for other data."""
        self._wanted = self.shown() if plane else ()
        self.menu_button.setVisible(plane)
        self.title.setText(self.tr("Features") if plane else self.tr("Input"))
        for name, button in self.buttons.items():
            button.setVisible(name in self._wanted)


def _with_label(box: Rect, frame: Rect) -> QRect:
    left = max(frame.x, box.x - LABEL_WIDTH - 2)
    return QRect(round(left), round(box.y), round(box.right - left), round(box.height))
