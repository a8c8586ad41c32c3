"""What can be used has a name that is spoken, and shows when the keys go to it: the whole window, in both themes."""

from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QAccessible, QImage
from PySide6.QtWidgets import QApplication, QScrollBar, QTabBar, QWidget

from playground.app.lower_tabs import TABS
from playground.views.table_twin import tabled_below

ROUND = 3
"""Pixels round a control that belong to its ring."""


def spoken(widget: QWidget) -> str:
    """The name that a screen reader says."""
    found = QAccessible.queryAccessibleInterface(widget)
    return found.text(QAccessible.Text.Name).strip()


def reachable(window: QWidget) -> Iterator[QWidget]:
    """What Tab can reach now."""
    for widget in window.findChildren(QWidget):
        by_tab = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus) and widget.focusProxy() is None
        inner = isinstance(widget, QScrollBar) or isinstance(widget.parent(), QTabBar)
        if by_tab and not inner and widget.isVisible() and widget.isEnabled():
            yield widget


def picture(widget: QWidget) -> QImage:
    top = widget.window()
    corner = widget.mapTo(top, QPoint(-ROUND, -ROUND))
    return top.grab(QRect(corner, widget.size() + QSize(2 * ROUND, 2 * ROUND))).toImage()


def settle(driver: Any, preset: str, theme: str) -> Any:
    driver.window.theme.set_mode(theme)
    driver.window.resize(1366, 768)
    driver.window.verbs.files.open_named(preset)
    driver.window.load_plots()
    driver.trigger("run.epoch")
    driver.wait(lambda: driver.epoch > 0)
    return driver.window


@pytest.mark.parametrize("preset", ["circle", "plane", "digits_cnn"])
def test_everything_has_a_name_and_every_chart_a_description(driver: Any, preset: str) -> None:
    window = settle(driver, preset, "light")
    looked = 0
    for spec in TABS:
        window.tabs.open(spec.id)
        driver.wait(lambda: all(spoken(chart) for chart in tabled_below(window)))
        for widget in reachable(window):
            assert spoken(widget), (spec.id, widget, widget.objectName())
            looked += 1
        for chart in tabled_below(window):
            assert chart.accessibleDescription() or chart.toolTip(), (spec.id, chart)
    assert looked > 100


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("preset", ["circle", "digits_cnn"])
def test_the_focus_shows_on_everything_that_tab_reaches(driver: Any, preset: str, theme: str) -> None:
    window = settle(driver, preset, theme)
    seen: set[tuple[str, str]] = set()
    blind = []
    for spec in TABS:
        window.tabs.open(spec.id)
        for widget in list(reachable(window)):
            kind = (type(widget).__name__, widget.objectName() or spoken(widget))
            if kind in seen:
                continue
            seen.add(kind)
            if (before := window.focusWidget()) is not None:
                before.clearFocus()
            without = picture(widget)
            widget.setFocus(Qt.FocusReason.TabFocusReason)
            QApplication.sendPostedEvents()
            assert widget.hasFocus(), kind
            if picture(widget) == without:
                blind.append((spec.id, *kind))
    assert not blind
    assert len(seen) >= 40
    window.theme.set_mode("system")
