"""What lessons ring is there in the real window."""

from typing import Any

import pytest
from PySide6.QtWidgets import QWidget

from playground.lessons import library, reader
from playground.lessons.conditions.deeds import PanelOpened


@pytest.mark.parametrize("name", library.names())
def test_every_control_of_a_lesson_is_in_the_window(name: str, window: Any) -> None:
    lesson = library.load(name)
    window.session.document.open(reader.project_of(lesson.start), name=lesson.title)
    for step in lesson.steps:
        assert window.findChild(QWidget, step.control) is not None, step.control
        for condition in step.until:
            if isinstance(condition, PanelOpened):
                window.tabs.open(condition.panel)  # what a later step rings may stand there
