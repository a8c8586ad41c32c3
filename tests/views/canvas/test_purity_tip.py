"""The tool-tip of the purity gauges: documentation, the course of the run, the probe's confusion."""

from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QPointF

from playground.insight.examples import Purity
from playground.project import edits
from playground.session import Session
from playground.views.canvas import NetworkCanvas
from playground.views.canvas.purity_tip import PurityLog, purity_tip, sparkline
from playground.views.theme import Theme, Token


def reading(*stages: float, confusions: Any = ()) -> Purity:
    return Purity(stages, 0.5, 0.02, confusions, ("a", "b"))


def test_readings_are_kept_in_order() -> None:
    log = PurityLog()
    for step, value in enumerate((0.5, 0.6, 0.7)):
        log.add(step, reading(0.4, value))
    assert log.series(0) == (0.4, 0.4, 0.4, 0.4)
    assert log.series(1)[:3] == (0.5, 0.6, 0.7)
    assert log.series(1)[-1] == 0.7


def test_one_moment_has_one_reading() -> None:
    log = PurityLog()
    log.add(3, reading(0.5))
    log.add(3, reading(0.8))
    assert log.series(0) == (0.8, 0.8)


def test_long_runs_are_thinned_evenly() -> None:
    log = PurityLog()
    for step in range(5000):
        log.add(step, reading(step / 5000))
    series = log.series(0)
    assert len(series) <= 202
    assert series[0] == 0.0
    assert series[-1] == 4999 / 5000
    gaps = np.diff(series[:-1])
    assert gaps.max() <= 2.1 * gaps.min()


def test_another_run_begins_anew() -> None:
    log = PurityLog()
    log.add(10, reading(0.5))
    log.add(0, reading(0.6))
    assert log.series(0) == (0.6, 0.6)
    log.add(5, reading(0.1, 0.2))
    assert log.series(1) == (0.2, 0.2)
    log.clear()
    assert (log.latest, log.series(0)) == (None, ())


def test_the_tip_documents_the_probe_also_before_the_first_reading(theme: Theme) -> None:
    text = purity_tip(PurityLog(), 0, theme)
    assert "ridge" in text
    assert "other half" in text
    assert "<img" not in text


def test_the_tip_shows_the_run_and_the_mistakes(theme: Theme) -> None:
    log = PurityLog()
    matrix = np.array([[40, 10], [5, 45]])
    for step in range(3):
        log.add(step, reading(0.5, 0.6 + step / 10, confusions=(matrix, matrix)))
    text = purity_tip(log, 1, theme)
    assert "50 % ± 4 %" in text
    assert "<img" in text
    for cell in (40, 10, 5, 45):
        assert f"{cell}&nbsp;" in text


def test_numbers_are_judged_by_r2(theme: Theme) -> None:
    log = PurityLog()
    log.add(0, Purity((0.9,), 0.0, 0.0))
    text = purity_tip(log, 0, theme)
    assert "R²" in text
    assert "<table" not in text


@pytest.mark.parametrize("value", [0.0, 0.5, 1.0])
def test_the_sparkline_ends_at_the_present_purity(theme: Theme, value: float) -> None:
    image = sparkline((0.2, 0.2, value), reading(value), theme)
    x = (220 - 46) * 2
    heights = [y for y in range(image.height()) if image.pixelColor(x, y) == theme.color(Token.PURITY)]
    assert heights
    assert np.mean(heights) == pytest.approx(2 * (44 - 40 * value), abs=4)


def test_the_gauges_mark_chance_and_tell_about_the_run(canvas: NetworkCanvas, session: Session, qtbot: Any) -> None:
    surface, plan = canvas._assembly.surface, canvas._assembly.layout
    gauge = plan.columns[2].gauge
    image = canvas._assembly.surface.grab().toImage()
    place = round(gauge.x + gauge.width / 2), round(gauge.y) - 4
    assert image.pixelColor(*place).lightness() < 200
    assert image.pixelColor(place[0] + 20, place[1]).lightness() > 240
    session.trainer.train(until_epoch=20)
    qtbot.waitUntil(lambda: session.trainer.latest.counters.epoch == 20)
    surface.tools.hover(QPointF(gauge.center_x, gauge.y + 4))
    text = surface.toolTip()
    assert "ridge" in text
    assert "class 0" in text


def test_numbers_have_no_chance_mark(canvas: NetworkCanvas, session: Session, qtbot: Any) -> None:
    session.document.apply(edits.set_source(session.document.project, "plane"))
    qtbot.waitUntil(lambda: canvas._assembly.surface._chance is not None and canvas._assembly.surface._chance[0] == 0)
    assert not canvas._assembly.surface.grab().isNull()
