"""Help on the real window: F1 on anything, pointing at things, the glossary, its terms in Ctrl+K."""

from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt, QUrl
from PySide6.QtGui import QCursor, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QAbstractSpinBox,
    QComboBox,
    QDockWidget,
    QLabel,
    QLineEdit,
    QScrollBar,
    QTabBar,
    QWidget,
)

from playground.app.command_search import CommandSearch
from playground.app.help_verbs import HelpVerbs
from playground.app.lower_tabs import TABS
from playground.lessons import glossary
from playground.views.help.card import HelpCard
from playground.views.help.subject import subject_of
from playground.views.search_list import SearchList

CONTROLS = (
    *(QAbstractButton, QAbstractItemView, QAbstractSlider, QAbstractSpinBox),
    *(QComboBox, QDockWidget, QLineEdit, QTabBar),
)
BOOK = glossary.bundled()


@pytest.fixture
def helped(driver: Any) -> Iterator[HelpVerbs]:
    before = QCursor.pos()
    driver.window.resize(1366, 768)
    yield driver.window.verbs.help
    QCursor.setPos(before)


def press_f1_at(driver: Any, widget: QWidget, place: QPoint | None = None) -> HelpCard:
    """Rest the pointer on a control and press F1."""
    QCursor.setPos(widget.mapToGlobal(place if place is not None else widget.rect().center()))
    driver.window.verbs.help._rest = QPoint(-9, -9)  # the mouse has moved since the keyboard did
    driver.trigger("help.this")
    card = driver.window.verbs.help.card
    assert isinstance(card, HelpCard)
    assert card.isVisible()
    return card


def visible_controls(window: QWidget) -> Iterator[QWidget]:
    for widget in window.findChildren(QWidget):
        inner = widget.objectName().startswith("qt_") and not isinstance(widget, QTabBar)
        wanted = isinstance(widget, CONTROLS) or widget.objectName().startswith(("panel.", "canvas"))
        if wanted and widget.isVisible() and not inner and not isinstance(widget, QScrollBar):
            yield widget


@pytest.mark.parametrize("preset", ["circle", "plane", "digits_cnn"])
def test_everything_that_can_be_used_is_explained(driver: Any, helped: HelpVerbs, preset: str) -> None:
    window = driver.window
    window.verbs.files.open_named(preset)
    seen = 0
    for spec in TABS:
        window.tabs.open(spec.id)
        for control in visible_controls(window):
            subject = subject_of(control)
            assert subject is not None, control
            assert len(subject.text) >= 12, (control, subject.text)
            assert subject.text.endswith((".", "!", "?", "…", ")")), subject.text
            assert subject.title not in ("", "What is this?"), control
            assert subject.terms or control.objectName().startswith(("button.edit.", "button.help.")), control
            assert all(term in BOOK.terms for term in subject.terms)
            seen += 1
    assert seen > 200


def test_every_place_of_the_window_is_explained(driver: Any, helped: HelpVerbs) -> None:
    window = driver.window
    for x in range(20, window.width(), 60):
        for y in range(8, window.height(), 40):
            widget = window.childAt(x, y) or window
            assert subject_of(widget, widget.mapFrom(window, QPoint(x, y))) is not None


@pytest.mark.parametrize(
    ("name", "words", "term"),
    [
        ("training.optimizer", "gradient changes the weights", "Adam"),
        ("training.optimizer.learning_rate", "How far each update goes", "Learning rate"),
        ("button.run.train", "Train the network", "Training"),
        ("counter.epoch", "How often every training example was seen", "Epoch"),
        ("network.layers.0.activation", "bends its weighted sum", "Tanh and softsign"),
        ("data.noise", "disturbed", "Noise"),
        ("view.discretize", "decided class", "Decision boundary"),
        ("status.lamp", "Largest relative error", "Gradient check"),
    ],
)
def test_f1_explains_what_is_under_the_pointer(
    driver: Any, helped: HelpVerbs, name: str, words: str, term: str
) -> None:
    if name == "status.lamp":
        driver.wait(lambda: "error" in driver.find(QWidget, name).toolTip())
    control = driver.find(QWidget, name)
    card = press_f1_at(driver, control)
    assert words in card.words.text()
    assert f">{term}</a>" in card.links.text()
    assert not card.grab().isNull()
    ring = driver.window.findChild(QWidget, "help.ring")
    assert ring.isVisible()
    QTest.keyClick(card, Qt.Key.Key_Escape)
    assert helped.card is None
    assert not ring.isVisible()


def test_f1_explains_what_is_drawn(driver: Any, helped: HelpVerbs) -> None:
    assembly = driver.window.canvas.assembly
    box = assembly.layout.columns[1].units[0]
    card = press_f1_at(driver, assembly.surface, QPoint(round(box.center_x), round(box.center_y)))
    assert card.words.text().startswith("Unit 1 of layer 1")
    gauge = assembly.layout.columns[1].gauge
    card.close()
    card = press_f1_at(driver, assembly.surface, QPoint(round(gauge.center_x), round(gauge.y) + 3))
    assert card.title.text() == "Purity"
    card.close()
    head = assembly.layout.columns[1].frame
    card = press_f1_at(driver, assembly.surface, QPoint(round(head.x) + 4, round(head.y) + 4))
    assert card.subject.terms[0] == "dense"
    card.close()
    bar = driver.window.tabs.tabBar()
    card = press_f1_at(driver, bar, bar.tabRect(1).center())
    assert card.title.text() == "Distillation"
    card.close()


def test_a_weight_is_explained_with_its_number(driver: Any, helped: HelpVerbs) -> None:
    assembly = driver.window.canvas.assembly
    bundle = assembly.bundles[0]
    columns = assembly.layout.columns
    left, right = columns[0].units[0].right, columns[1].units[0].x
    places = ((x, y) for x in range(round(left) + 20, round(right) - 20, 4) for y in range(150, 400, 3))
    place = next(QPoint(x, y) for x, y in places if bundle.nearest(x, y) is not None)
    card = press_f1_at(driver, assembly.surface, place)
    assert card.title.text() == "A weight"
    assert any(letter.isdigit() for letter in card.words.text())
    card.close()


def test_f1_explains_what_has_the_keyboard_once_that_has_moved(driver: Any, helped: HelpVerbs) -> None:
    QCursor.setPos(driver.window.mapToGlobal(QPoint(5, 5)))
    driver.window.activateWindow()
    field = driver.find(QAbstractSpinBox, "network.seed")
    field.setFocus(Qt.FocusReason.TabFocusReason)
    driver.trigger("help.this")
    assert helped.card is not None
    assert "initial weights" in helped.card.words.text()
    helped.card.close()


def test_f1_twice_opens_the_glossary_and_a_link_leads_on_and_back(driver: Any, helped: HelpVerbs) -> None:
    card = press_f1_at(driver, driver.find(QWidget, "training.loss"))
    assert card.subject.terms[:2] == ("binary_crossentropy", "loss")
    QTest.keyClick(card, Qt.Key.Key_F1)
    book = helped.glossary
    assert helped.card is None
    assert book.isVisible()
    assert book.term == "binary_crossentropy"
    assert book.heading.text() == "Binary cross-entropy"
    book.browser.anchorClicked.emit(QUrl("target"))
    assert book.term == "target"
    assert "true answer" in book.browser.toPlainText()
    QTest.mouseClick(book.back, Qt.MouseButton.LeftButton)
    assert book.term == "binary_crossentropy"
    assert not book.back.isEnabled()
    driver.wait(book.isActiveWindow)
    QTest.keyClick(book.browser, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    assert book.term == "target"
    assert not book.grab().isNull()
    QTest.keyClick(book, Qt.Key.Key_Escape)
    assert not book.isVisible()


def test_a_click_on_a_link_of_the_card_opens_its_term(driver: Any, helped: HelpVerbs) -> None:
    card = press_f1_at(driver, driver.find(QWidget, "training.batch_size"))
    card.links.linkActivated.emit("epoch")
    assert helped.glossary.term == "epoch"
    helped.glossary.close()


@pytest.mark.parametrize(
    ("typed", "first"), [("relu", "ReLU"), ("back", "Backpropagation"), ("sgd", "Stochastic gradient descent (SGD)")]
)
def test_the_glossary_is_searched_by_typing(driver: Any, helped: HelpVerbs, typed: str, first: str) -> None:
    driver.trigger("help.glossary")
    book = helped.glossary
    everything = book.list.count()
    assert everything > len(BOOK.terms)
    QTest.keyClicks(book.search, typed)
    assert book.list.item(0).text() == first
    assert book.heading.text() == first
    assert book.list.count() < everything
    QTest.keyClick(book.search, Qt.Key.Key_Down)
    QTest.keyClick(book.search, Qt.Key.Key_Return)
    book.search.setText("nothing like it")
    assert "No term fits" in book.list.item(0).text()
    book.close()


def test_every_term_has_a_page_in_both_themes(driver: Any, helped: HelpVerbs) -> None:
    book = helped.glossary
    for mode in ("light", "dark"):
        driver.window.theme.set_mode(mode)
        for term in BOOK.terms.values():
            book.open_term(term.id)
            shown = book.browser.toPlainText()
            assert glossary.plain(term.what)[:40] in shown
            assert BOOK.sources[term.source].title in shown
            assert book.list.currentItem() is not None
    book.close()


@pytest.mark.parametrize(
    ("term", "seen"),
    [("learning_rate", "training.optimizer.learning_rate"), ("representation", "tabs.lower"), ("softmax", "network")],
)
def test_show_me_rings_the_control(driver: Any, helped: HelpVerbs, term: str, seen: str) -> None:
    helped.open_term(term)
    QTest.mouseClick(helped.glossary.show_button, Qt.MouseButton.LeftButton)
    ring = driver.window.findChild(QWidget, "help.ring")
    driver.wait(ring.isVisible)
    name = "network.layers.2.activation" if seen == "network" else seen
    control = driver.find(QWidget, name)
    assert ring.place == control.rect().translated(control.mapTo(driver.window, QPoint()))
    if term == "representation":
        assert driver.window.tabs.current_name == "distillation"
    helped.glossary.close()


def test_every_show_me_has_a_place(driver: Any, helped: HelpVerbs) -> None:
    for term in BOOK.terms.values():
        helped.show_place(term.control)
        assert not driver.window.findChild(QWidget, "help.ring").place.isEmpty(), term.id


def test_the_glossary_gets_out_of_the_way(driver: Any, helped: HelpVerbs) -> None:
    helped.open_term("learning_rate")
    control = driver.find(QWidget, "training.optimizer.learning_rate")
    helped.glossary.move(control.mapToGlobal(QPoint(-50, -50)))
    before = helped.glossary.pos()
    helped.show_place("training.optimizer.learning_rate")
    assert helped.glossary.pos() != before
    helped.glossary.close()


def test_pointing_rings_and_explains_instead_of_using(driver: Any, helped: HelpVerbs) -> None:
    window = driver.window
    QTest.mouseClick(driver.find(QAbstractButton, "button.help.point"), Qt.MouseButton.LeftButton)
    overlay, train = helped.pointing, driver.find(QWidget, "button.run.train")
    place = train.mapTo(window, train.rect().center())
    QTest.mouseMove(overlay, place)
    overlay.moved.emit(place)
    assert window.findChild(QWidget, "help.ring").isVisible()
    QTest.mouseClick(overlay, Qt.MouseButton.LeftButton, pos=place)
    assert helped.pointing is None
    assert "Train the network" in helped.card.words.text()
    assert driver.epoch == 0
    helped.card.close()


@pytest.mark.parametrize("how", ["escape", "right", "focus"])
def test_pointing_can_be_given_up(driver: Any, helped: HelpVerbs, how: str) -> None:
    driver.trigger("help.point")
    overlay = helped.pointing
    if how == "escape":
        QTest.keyClick(overlay, Qt.Key.Key_Escape)
    elif how == "right":
        QTest.mouseClick(overlay, Qt.MouseButton.RightButton)
    else:
        overlay.clearFocus()
    assert helped.pointing is None
    assert helped.card is None


def test_terms_in_the_steps_of_a_lesson_are_links(driver: Any, helped: HelpVerbs) -> None:
    lessons = driver.window.verbs.lessons
    lessons.begin("learning_rate")
    text = lessons.panel.text
    assert "<a href='learning_rate'" in text.text()
    text.linkActivated.emit("learning_rate")
    assert helped.glossary.term == "learning_rate"
    helped.glossary.close()


def test_f1_works_on_a_floating_panel(driver: Any, helped: HelpVerbs) -> None:
    dock = driver.find(QDockWidget, "dock.data")
    dock.setFloating(True)
    noise = driver.find(QAbstractSlider, "data.noise")
    noise.setFocus()
    assert dock.findChild(QShortcut, "help.key") is None
    card = press_f1_at(driver, noise)
    assert card.subject.terms[0] == "noise"
    card.close()
    dock.setFloating(False)


def test_f1_works_in_dialogs_too(driver: Any, helped: HelpVerbs) -> None:
    driver.trigger("help.shortcuts")
    sheet = driver.find(QWidget, "shortcuts")
    sheet.activateWindow()
    sheet.search.setFocus()
    driver.wait(lambda: sheet.findChild(QShortcut, "help.key") is not None)
    card = press_f1_at(driver, sheet.list)
    assert "actions that have keys" in card.words.text()
    card.close()
    sheet.reject()


def test_f1_explains_the_row_of_a_list_that_is_chosen(driver: Any, helped: HelpVerbs) -> None:
    driver.trigger("network.insert")
    palette = driver.find(SearchList, "palette")
    QTest.keyClicks(palette.search, "dropout")
    helped._rest = QCursor.pos()  # the keyboard was used last
    key = palette.findChild(QShortcut, "help.key")
    driver.wait(lambda: palette.list.currentItem() is not None and key is not None)
    key.activated.emit()
    assert helped.card is not None
    assert helped.card.title.text() == "Dropout"
    assert helped.card.subject.terms[0] == "dropout"
    helped.card.close()
    palette.close()


def test_links_of_a_card_are_reached_by_keys(driver: Any, helped: HelpVerbs) -> None:
    card = press_f1_at(driver, driver.find(QWidget, "counter.epoch"))
    QTest.keyClick(card.links, Qt.Key.Key_Tab)
    QTest.keyClick(card.links, Qt.Key.Key_Return)
    assert helped.glossary.term == "epoch"
    QTest.keyClick(helped.glossary.browser, Qt.Key.Key_Tab)
    QTest.keyClick(helped.glossary.browser, Qt.Key.Key_Return)
    assert helped.glossary.term in BOOK.terms["epoch"].links
    helped.glossary.close()


def test_entries_of_menus_explain_themselves(driver: Any) -> None:
    assert all(action.whatsThis() for action in driver.window.actions_by_id.values())


def test_control_k_finds_every_term(driver: Any, helped: HelpVerbs) -> None:
    driver.trigger("edit.search")
    search = driver.window.findChild(CommandSearch)
    for term in list(BOOK.terms.values())[::9]:
        search.search.setText(term.term)
        rows = [search.list.item(row) for row in range(search.list.count())]
        assert any(row.text().casefold() == term.term.casefold() for row in rows), term.term
    search.search.setText("MSE")
    assert search.list.item(0).text() == "Mean squared error"
    search.search.setText("vanishing gradient")
    QTest.keyClick(search.search, Qt.Key.Key_Return)
    assert helped.glossary.term == "vanishing_gradient"
    helped.glossary.close()


def test_the_question_marks_of_the_panels_lead_to_the_glossary(driver: Any, helped: HelpVerbs) -> None:
    sheet = driver.window.verbs.learn.legends.sheet("loss")
    sheet.open()
    label = sheet.links
    assert isinstance(label, QLabel)
    assert "href='loss'" in label.text()
    label.linkActivated.emit("loss")
    assert helped.glossary.term == "loss"
    assert not sheet.isVisible()
    helped.glossary.close()
