"""The style sheet for standard widgets: flat, thin borders, rounded, a focus ring that always shows.

Widgets choose a look by a dynamic property: ``role`` on labels ("title", "heading", "caption", "value", "counter"),
``card`` on frames, ``primary``, ``quiet`` and ``link`` on buttons.
"""

from collections.abc import Mapping
from string import Template

from playground import resources

_SHEET = Template("""
QToolTip { background: $card; color: $text; border: 1px solid $line; padding: 4px 6px; }
QMainWindow, QDialog { background: $window; }
QMainWindow::separator { background: transparent; width: 8px; height: 8px; }
QMainWindow::separator:hover { background: $line; }
QFrame[card="true"] { background: $card; border: 1px solid $line; border-radius: 8px; }

QLabel { background: transparent; }
QLabel[role="title"] { color: $muted; font-size: 11px; font-weight: 600; }
QLabel[role="heading"], QLabel[role="value"] { font-weight: 600; }
QLabel[role="caption"] { color: $muted; font-size: 11px; }
QLabel[role="counter"] { font-size: 19px; font-weight: 600; }
QLabel[echo="true"] {
    background: $text; color: $card; border-radius: 8px; padding: 8px 16px; font-size: 20px; font-weight: 600;
}
QLabel[good="true"] { color: $good; }
QLabel[warning="true"] { color: $warning; }

QMenuBar { background: $window; border-bottom: 1px solid $line; padding: 0 4px; }
QMenuBar::item { padding: 4px 8px; background: transparent; border-radius: 4px; }
QMenuBar::item:selected { background: $hover; }
QMenu { background: $card; border: 1px solid $line; padding: 4px; }
QMenu::item { padding: 5px 28px 5px 12px; border-radius: 4px; }
QMenu::item:selected { background: $hover; color: $text; border: 1px solid $selection; padding: 4px 27px 4px 11px; }
QMenu::item:disabled { color: $muted; }
QMenu::separator { height: 1px; background: $line; margin: 4px 8px; }
QMenu::icon { padding-left: 8px; }
QToolBar { background: $window; border: none; padding: 0; spacing: 0; }
QStatusBar { background: $window; color: $muted; }
QStatusBar::item { border: none; }

QPushButton, QToolButton {
  background: $card; color: $text; border: 1px solid $line; border-radius: 6px; padding: 6px 11px; }
QPushButton:hover, QToolButton:hover { background: $hover; }
QPushButton:pressed, QToolButton:pressed, QToolButton:checked, QPushButton:checked { background: $line; }
QPushButton:focus, QToolButton:focus { border: 2px solid $selection; padding: 5px 10px; }
QPushButton:disabled, QToolButton:disabled { color: $faint; }
QFileDialog QToolButton, QToolButton[chip="true"] { padding: 3px; }
QToolButton[chip="true"]:focus { padding: 2px; }
QToolButton::menu-indicator, QPushButton::menu-indicator { image: none; width: 0; }
QToolButton[popupMode="1"] { padding-right: 28px; }
QToolButton[popupMode="1"]:focus { padding-right: 27px; }
QToolButton::menu-button { border: none; border-left: 1px solid $line; width: 20px; }
QToolButton::menu-button:hover { background: $hover; border-top-right-radius: 6px; border-bottom-right-radius: 6px; }
QToolButton::menu-arrow { image: url("$icons/chevron-down.svg"); width: 10px; height: 10px; }
*[primary="true"] {
  background: $primary; color: $primary_text; border: 1px solid $primary; border-radius: 8px; font-weight: 600;
  padding: 9px 14px; }
*[primary="true"]:hover, *[primary="true"]:checked, *[primary="true"]:pressed { background: $primary_hover; }
*[primary="true"]:focus { border: 2px solid $selection; padding: 8px 13px; }
*[primary="true"]:disabled { background: $line; color: $muted; border-color: $line; }
*[quiet="true"] { background: transparent; border: 1px solid transparent; border-radius: 4px; padding: 2px; }
*[quiet="true"]:hover { background: $hover; border-color: $line; }
*[quiet="true"]:focus { border: 2px solid $selection; padding: 1px; }
*[segment="true"] { background: transparent; color: $muted; font-size: 11px; border-radius: 4px; padding: 1px 6px; }
*[segment="true"]:hover, *[segment="true"]:pressed { color: $text; }
*[segment="true"]:checked { background: $hover; color: $text; font-weight: 600; border-color: $control_line; }
*[segment="true"]:focus { border: 1px solid $selection; padding: 1px 6px; }
*[link="true"] {
  background: transparent; border: 1px solid transparent; color: $text; padding: 2px 5px; text-decoration: underline; }
*[link="true"]:hover { background: $hover; }
*[link="true"]:focus { border: 2px solid $selection; padding: 1px 4px; }

QComboBox, QSpinBox, QDoubleSpinBox, QLineEdit, QAbstractSpinBox {
  background: $card; color: $text; border: 1px solid $line; border-radius: 6px; padding: 3px 7px;
  selection-background-color: $selection; selection-color: $on_selection; }
QLineEdit, QPlainTextEdit, QTextEdit { placeholder-text-color: $muted; }
QComboBox:hover, QAbstractSpinBox:hover { border-color: $control_line; }
QComboBox:focus, QAbstractSpinBox:focus, QLineEdit:focus { border: 2px solid $selection; padding: 2px 6px; }
QComboBox:disabled, QAbstractSpinBox:disabled, QLineEdit:disabled { color: $faint; }
QAbstractSpinBox QLineEdit { border: none; background: transparent; padding: 0 0 0 4px; }
QComboBox { padding-right: 2px; }
QComboBox:focus { padding-right: 1px; }
QComboBox::drop-down { border: none; width: 18px; subcontrol-position: center right; }
QComboBox::down-arrow { image: url("$icons/chevron-down.svg"); width: 12px; height: 12px; }
QComboBox QAbstractItemView {
  background: $card; border: 1px solid $line; padding: 2px; outline: 0;
  selection-background-color: $hover; selection-color: $text; }
QComboBox QAbstractItemView::item { min-height: 22px; padding: 2px 6px; }
QListWidget { background: $card; outline: 0; }
QListWidget::item { min-height: 22px; padding: 2px 6px; border-radius: 4px; }
QListWidget::item:hover { background: $hover; }
QListWidget:focus { border: 1px solid $selection; }
QListWidget::item:selected { background: $selection_soft; color: $text; }
QAbstractSpinBox::up-button, QAbstractSpinBox::down-button { border: none; background: transparent; width: 15px; }
QAbstractSpinBox::up-button { subcontrol-position: top right; }
QAbstractSpinBox::down-button { subcontrol-position: bottom right; }
QAbstractSpinBox::up-button:hover, QAbstractSpinBox::down-button:hover { background: $hover; }
QAbstractSpinBox::up-arrow { image: url("$icons/chevron-up.svg"); width: 9px; height: 9px; }
QAbstractSpinBox::down-arrow { image: url("$icons/chevron-down.svg"); width: 9px; height: 9px; }

QCheckBox, QRadioButton { spacing: 6px; background: transparent; border: 1px solid transparent; border-radius: 4px; }
QCheckBox::indicator {
  width: 13px; height: 13px; border: 1px solid $control_line; border-radius: 3px; background: $card; }
QCheckBox::indicator:hover { border-color: $text; }
QCheckBox::indicator:checked { background: $primary; border-color: $primary; image: url("$icons/check-$variant.svg"); }
QCheckBox::indicator:indeterminate { background: $control_line; border-color: $primary; }
QCheckBox:focus { border-color: $selection; }
QCheckBox:disabled { color: $faint; }

QSlider { background: transparent; }
QSlider:horizontal { min-height: 18px; }
QSlider::groove:horizontal { height: 4px; border-radius: 2px; background: $line; margin: 0 1px; }
QSlider::sub-page:horizontal { background: $primary; border-radius: 2px; margin: 0 1px; }
QSlider::sub-page:horizontal:disabled { background: $control_line; }
QSlider::handle:horizontal {
  width: 10px; height: 10px; margin: -5px 0; border: 2px solid $primary; border-radius: 7px; background: $card; }
QSlider::handle:horizontal:hover { background: $hover; }
QSlider::handle:horizontal:focus { border-color: $selection; background: $selection_soft; }
QSlider::handle:horizontal:disabled { border-color: $control_line; }

QTabWidget::pane { border: none; border-top: 1px solid $line; }
QTabWidget::tab-bar { left: 4px; }
QTabBar { background: transparent; qproperty-drawBase: 0; }
QTabBar::tab { background: transparent; color: $muted; border: none; border-bottom: 2px solid transparent;
  padding: 6px 12px 5px 12px; }
QTabBar::tab:hover { color: $text; }
QTabBar::tab:selected { color: $text; font-weight: 600; border-bottom: 2px solid $selection; }
QTabBar::tab:focus { color: $selection; }

QFrame[upright="true"] { background: $line; border: none; }
QScrollArea { background: transparent; border: none; }
QScrollArea:focus { border: 2px solid $selection; border-radius: 6px; }
QAbstractScrollArea::corner { background: transparent; border: none; }
QScrollBar { background: transparent; border: none; margin: 0; }
QScrollBar:vertical { width: 10px; }
QScrollBar:horizontal { height: 10px; }
QScrollBar::handle { background: $line; border-radius: 4px; margin: 1px; }
QScrollBar::handle:vertical { min-height: 24px; }
QScrollBar::handle:horizontal { min-width: 24px; }
QScrollBar::handle:hover { background: $control_line; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QDockWidget { titlebar-close-icon: none; }
QDockWidget::title { background: $window; color: $muted; padding: 2px 4px; }
QPlainTextEdit, QTextEdit { background: $card; border: 1px solid $line; border-radius: 6px; }
QPlainTextEdit:focus, QTextEdit:focus { border: 2px solid $selection; }
QTableView {
  background: $card; border: 1px solid $line; border-radius: 6px; gridline-color: $line; outline: 0;
  selection-background-color: $selection_soft; selection-color: $text; }
QTableView:focus { border: 2px solid $selection; }
QTableView::item { padding: 0 6px; }
QTableView::indicator {
  width: 13px; height: 13px; border: 1px solid $control_line; border-radius: 3px; background: $card; }
QTableView::indicator:checked { background: $primary; border-color: $primary; image: url("$icons/check-$variant.svg"); }
QTableView::indicator:disabled { background: $line; border-color: $line; }
QHeaderView { background: transparent; border: none; }
QHeaderView::section {
  background: $window; color: $muted; font-size: 11px; border: none; border-bottom: 1px solid $line; padding: 3px 6px; }
QHeaderView::section:vertical { border-bottom: none; border-right: 1px solid $line; }
QTableCornerButton::section { background: $window; border: none; border-bottom: 1px solid $line; }
QProgressBar { background: $line; border: none; border-radius: 3px; height: 6px; text-align: center; }
QProgressBar::chunk { background: $primary; border-radius: 3px; }
""")


def build(colors: Mapping[str, str], dark: bool) -> str:
    """Fill the sheet with ``colors`` (token name in lower case → "#RRGGBB")."""
    return _SHEET.substitute(
        colors,
        icons=resources.path("icons", "style").as_posix(),
        variant="dark" if dark else "light",
        faint="#6F7886" if dark else "#8A93A1",
        primary_hover="#C3CCDB" if dark else "#35455F",
        on_selection="#15181E" if dark else "#FFFFFF",
        selection_soft="#332F52" if dark else "#E9E6FA",
    )
