"""Films: frames only when the network has changed, evenly over a run of any length."""

from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QLabel

from playground.session import Session
from playground.views.capture import recorder
from playground.views.capture.recorder import Recorder


@pytest.fixture
def card(qtbot: Any) -> QLabel:
    widget = QLabel("loss")
    widget.resize(61, 40)
    qtbot.addWidget(widget)
    widget.show()
    return widget


@pytest.fixture
def owner() -> QObject:
    return QObject()


def trained_to(session: Session, epoch: int) -> bool:
    latest = session.trainer.latest
    return latest is not None and latest.counters.epoch >= epoch


def test_the_first_frame_is_what_is_seen_now(session: Session, owner: QObject, card: QLabel) -> None:
    camera = Recorder(session, owner)
    camera.start(card, 122)
    assert camera.recording
    (frame,) = camera.stop()
    assert (frame.shape, frame.dtype) == ((80, 122, 3), np.uint8)
    assert not camera.recording


def test_frames_come_while_the_network_learns(session: Session, owner: QObject, card: QLabel, qtbot: Any) -> None:
    camera = Recorder(session, owner)
    camera.start(card, 61)
    session.trainer.train()
    qtbot.waitUntil(lambda: len(camera.frames) >= 3)
    session.trainer.pause()
    camera.stop()
    assert camera.frames == []


def test_a_long_film_keeps_every_other_frame(
    session: Session, owner: QObject, card: QLabel, qtbot: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recorder, "MOST", 4)
    monkeypatch.setattr(recorder, "INTERVAL", 5)
    camera = Recorder(session, owner)
    camera.start(card, 61)
    session.trainer.train()
    qtbot.waitUntil(lambda: camera._timer.interval() >= 20)
    session.trainer.pause()
    assert len(camera.stop()) <= 4


def test_a_panel_that_is_resized_keeps_the_film_whole(
    session: Session, owner: QObject, card: QLabel, qtbot: Any
) -> None:
    camera = Recorder(session, owner)
    camera.start(card, 61)
    card.resize(61, 80)
    session.trainer.train()
    qtbot.waitUntil(lambda: trained_to(session, 5))
    session.trainer.pause()
    assert {frame.shape for frame in camera.stop()} == {(40, 61, 3)}
