"""Random projects and edits for property tests."""

from collections.abc import Callable

from hypothesis import strategies as st

from playground.data import FEATURES, SOURCES
from playground.data.sources import Blobs, Curve, Formula, Spiral
from playground.engine.activations import ACTIVATIONS
from playground.engine.layers import Dense
from playground.engine.losses import LOSSES
from playground.engine.optimizers import OPTIMIZERS
from playground.project import Project, edits
from playground.project.edits import Edit

Step = Callable[[Project], Edit]

SETTINGS = (
    *(
        "data.noise",
        "data.points",
        "data.balance",
        "data.label_noise",
        "data.source",
        "training.batch_size",
        "training.l2",
        "no.such",
    ),
    *("training.optimizer.learning_rate", "training.stop.max_epochs", "view.discretize", "network.layers.0.units"),
)

FORMULAS = ("x1^2 + x2^2", "sin(2 x)", "y > x", "1/x", "sin(", "r < 3 and y > 0")
OTHERS = (Spiral(3), Blobs(5), Curve("step"), Formula(), Formula("x * y"))

places = st.integers(-1, 6)


def _steps() -> list[st.SearchStrategy[Step]]:
    dense = st.builds(Dense, units=st.integers(1, 12), activation=st.sampled_from(ACTIVATIONS.names()))
    return [
        st.builds(lambda at, layer: lambda p: edits.add_layer(p, at, layer), places, st.none() | dense),
        st.builds(lambda at: lambda p: edits.remove_layer(p, at), places),
        st.builds(lambda at, to: lambda p: edits.move_layer(p, at, to), places, places),
        st.builds(lambda at: lambda p: edits.duplicate_layer(p, at), places),
        st.builds(lambda at: lambda p: edits.remove_layers(p, at), st.sets(places, max_size=3)),
        st.builds(lambda at, n: lambda p: edits.paste_layers(p, at, p.network.layers[:n]), places, st.integers(0, 3)),
        st.builds(lambda at, on: lambda p: edits.bypass_layer(p, at, on), places, st.booleans()),
        st.builds(lambda at, on: lambda p: edits.set_trainable(p, at, on), places, st.booleans()),
        st.builds(lambda at, u, on: lambda p: edits.mute_unit(p, at, u, on), places, places, st.booleans()),
        st.builds(lambda at, u: lambda p: edits.remove_unit(p, at, u), places, places),
        st.builds(lambda at, u: lambda p: edits.add_unit(p, at, u), places, st.none() | places),
        st.builds(lambda at, n: lambda p: edits.set_units(p, at, n), places, st.integers(-1, 40)),
        st.builds(
            lambda at, name: lambda p: edits.set_activation(p, at, name), places, st.sampled_from(ACTIVATIONS.names())
        ),
        st.builds(lambda name: lambda p: edits.set_loss(p, name), st.sampled_from(LOSSES.names())),
        st.builds(lambda name: lambda p: edits.set_optimizer(p, name), st.sampled_from(OPTIMIZERS.names())),
        st.builds(lambda name: lambda p: edits.set_source(p, name), st.sampled_from(SOURCES.names())),
        st.builds(lambda name: lambda p: edits.toggle_feature(p, name), st.sampled_from(FEATURES.names())),
        st.builds(lambda source: lambda p: edits.set_source(p, source), st.sampled_from(OTHERS)),
        st.builds(lambda text: lambda p: edits.add_formula(p, text), st.sampled_from(FORMULAS)),
        st.builds(lambda text: lambda p: edits.toggle_feature(p, f"={text}"), st.sampled_from(FORMULAS)),
        st.builds(
            lambda name, value: lambda p: edits.set_value(p, f"data.source.{name}", value),
            st.sampled_from(["arms", "blobs", "shape", "expression"]),
            st.integers(-1, 12) | st.sampled_from(["line", *FORMULAS]),
        ),
        st.builds(lambda seed: lambda p: edits.new_weights(p, seed), st.integers(-1, 5)),
        st.builds(
            lambda path, value: lambda p: edits.set_value(p, path, value),
            st.sampled_from(SETTINGS),
            st.none() | st.booleans() | st.integers(-2, 200) | st.floats() | st.sampled_from(["xor", "digits", "adam"]),
        ),
    ]


steps: st.SearchStrategy[Step] = st.one_of(_steps())


def after(project: Project, taken: list[Step]) -> Project:
    """The project after all steps that can be done."""
    for step in taken:
        try:
            project = step(project).project
        except edits.EditError:
            continue
    return project


projects = st.builds(after, st.just(Project()), st.lists(steps, max_size=8))
