"""Whatever somebody builds, if it can train, its next step can be walked through."""

import numpy as np
from hypothesis import HealthCheck, given, settings

from playground.insight.trace import TracePainter, beats, naming
from playground.insight.trace.card import Focus, Zoom
from playground.project import build
from playground.training.loop import TrainingLoop
from tests.project.strategies import projects


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(project=projects)
def test_any_project_is_traced_and_told(project):
    if build.problems(project):
        return
    loop = TrainingLoop(project, build.samples(project))
    loop.single_step()
    trace = TracePainter().trace(loop)
    for zoom in Zoom:
        for beat in beats.beats(trace, zoom):
            for focus in (Focus(), Focus(10**6, 10**6, 10**6, 10**6), Focus(0, 1, 1, None)):
                card = beats.card(trace, zoom, beat, focus)
                assert card.title.text
                assert card.formulas or card.tables or card.note
    for layer in range(len(trace.layers)):
        assert naming.units(trace, layer) >= 1
    loop.single_step()
    np.testing.assert_array_equal(trace.update.after, loop.network.flat)
