"""The legends: on every panel, in one sentence with real numbers."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from playground.app.lower_tabs import TABS
from playground.data.dataset import Task
from playground.project import build, edits, presets
from playground.training.records import RunState
from playground.views.panels.reading.button import HelpButton
from playground.views.panels.reading.entries import entries

PANELS = ("data", "network", "output", *(spec.id for spec in TABS))


@pytest.fixture
def trained(window, qtbot):
    window.show()
    trainer = window.session.trainer
    trainer.set_drawing(True)
    trainer.train(until_epoch=30)
    qtbot.waitUntil(
        lambda: (
            trainer.latest is not None and trainer.latest.counters.epoch == 30 and trainer.state is not RunState.RUNNING
        )
    )
    return window


@pytest.mark.parametrize("name", PANELS)
def test_every_panel_has_a_legend_and_a_sentence_with_numbers(trained, qtbot, name):
    window = trained
    window.tabs.open(name)
    sheet = window.verbs.learn.legends.sheet(name)
    sheet.open()
    assert len(entries(name, window.session.document.samples.dataset)) >= 4
    qtbot.waitUntil(lambda: any(letter.isdigit() for letter in sheet.sentence))
    assert sheet.isVisible()
    assert not sheet.grab().isNull()
    QTest.keyClick(sheet, Qt.Key.Key_Escape)
    assert not sheet.isVisible()


def test_f1_shows_all_legends_and_puts_them_away(trained):
    window = trained
    legends = window.verbs.learn.legends
    window.actions_by_id["learn.legend"].trigger()
    assert [legends.sheet(name).isVisible() for name in ("data", "network", "output", "loss")] == [True] * 4
    window.actions_by_id["learn.legend"].trigger()
    assert not any(legends.sheet(name).isVisible() for name in ("data", "network", "output", "loss"))


def test_every_panel_has_its_button(trained):
    window = trained
    for panel in (window.data_panel, window.canvas, window.output_panel):
        button = panel.findChild(HelpButton)
        assert button is not None
        button.click()
    assert window.verbs.learn.legends.sheet("network").isVisible()


def test_the_loss_is_read_as_it_stands_in_the_run_bar(trained, qtbot):
    window = trained
    sheet = window.verbs.learn.legends.sheet("loss")
    sheet.open()
    counters = window.session.trainer.latest.counters
    assert f"After {counters.epoch} epochs" in sheet.sentence
    assert window.run_bar.counters["train_loss"].text in sheet.sentence


def test_wrong_labels_are_told(trained, qtbot):
    document = trained.session.document
    document.apply(edits.set_value(document.project, "data.label_noise", 0.1))
    sheet = trained.verbs.learn.legends.sheet("data")
    sheet.open()
    wrong = len(document.samples.dataset.flipped)
    qtbot.waitUntil(lambda: f"{wrong} labels are wrong" in sheet.sentence)


@pytest.mark.parametrize("preset", presets.names())
def test_the_legend_of_the_output_fits_the_data(preset):
    dataset = build.samples(presets.load(preset)).dataset
    words = " ".join(entry.meaning for entry in entries("output", dataset))
    assert ("plane" in words or "axes" in words) == (dataset.input_kind == "plane")
    assert ("class 0" in words) == (dataset.task is Task.BINARY)
    assert ("confusion" in words) == (dataset.input_kind == "image")
