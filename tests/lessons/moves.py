"""What a pupil does in each step of each bundled lesson: the texts, as moves."""

from collections.abc import Callable
from typing import Any

import numpy as np

from playground.project import edits, offers, weights
from tests.lessons.pupil import Pupil

Move = Callable[[Pupil], None]
"""One thing that a pupil does."""


class Train:
    """Press Train, at most so many times."""

    def __init__(self, presses: int) -> None:
        self.presses = presses

    def __call__(self, pupil: Pupil) -> None:
        """Do it."""
        pupil.train(self.presses)


def train(presses: int = 1) -> Train:
    """Press Train, at most so many times."""
    return Train(presses)


def edit(change: Callable[..., edits.Edit], *given: Any) -> Move:
    """Change the project."""
    return lambda pupil: pupil.apply(change, *given)


def setting(path: str, value: Any) -> Move:
    """Set one setting."""
    return edit(edits.set_value, path, value)


def rate(value: float) -> Move:
    """Set the learning rate."""
    return setting("training.optimizer.learning_rate", value)


def activation(layers: range, name: str) -> Move:
    """Give several layers another activation."""

    def move(pupil: Pupil) -> None:
        for layer in layers:
            pupil.apply(edits.set_activation, layer, name)

    return move


def insert(place: int, kind: str) -> Move:
    """Choose a layer in the palette."""

    def move(pupil: Pupil) -> None:
        project = pupil.session.document.project
        offer = next(offer for offer in offers.offers(project, place) if offer.kind == kind)
        pupil.apply(lambda now: edits.add_layer(now, place, offer.layer, identity=pupil.session.trainer.trained))

    return move


def panel(name: str) -> Move:
    """Open a panel."""
    return lambda pupil: pupil.guide.note(f"panel.{name}")


def weight(layer: int, value: float) -> Move:
    """Type a number for the first weight of a layer."""

    def move(pupil: Pupil) -> None:
        place = weights.of_layer(pupil.session.document.project, layer)[:1]
        pupil.session.trainer.edit_weights(place, np.array([value], np.float32), "Edit weight")
        pupil.settle()

    return move


def reset(pupil: Pupil) -> None:
    """Press Reset."""
    pupil.session.trainer.reset()
    pupil.settle()


def new_weights(pupil: Pupil) -> None:
    """Press New weights."""
    pupil.session.trainer.new_weights()
    pupil.settle()


def recover(pupil: Pupil) -> None:
    """Press the button in the message about a run that diverged."""
    pupil.recover()


def example(pupil: Pupil) -> None:
    """Click an example."""
    pupil.session.trainer.select_example(7)
    pupil.settle()


LESSONS: dict[str, tuple[tuple[Move, ...], ...]] = {
    "line_or_not": (
        (train(),),
        (edit(edits.set_source, "circle"),),
        (train(),),
        (insert(0, "dense"),),
        (train(3),),
        (panel("distillation"),),
    ),
    "features_or_layers": (
        (train(),),
        (edit(edits.toggle_feature, "x1_x2"),),
        (train(),),
        (edit(edits.toggle_feature, "x1_x2"), insert(0, "dense")),
        (train(3),),
        (edit(edits.set_source, "circle"), train(3)),
    ),
    "activations": (
        (train(),),
        (activation(range(1), "relu"),),
        (train(3),),
        (activation(range(2), "tanh"),),
        (train(3),),
        (edit(edits.mute_unit, 0, 1, True),),
    ),
    "learning_rate": (
        (train(),),
        (rate(0.1),),
        (train(3),),
        (rate(10.0),),
        (train(),),
        (recover,),
    ),
    "batch_size": (
        (train(),),
        (setting("training.batch_size", 10), reset),
        (train(),),
        (setting("training.batch_size", 1), reset),
        (train(),),
        (setting("training.batch_size", 32), rate(0.3), reset, train(2)),
    ),
    "optimizers": (
        (train(),),
        (setting("training.optimizer.momentum", 0.9), reset),
        (train(),),
        (reset, edit(edits.set_optimizer, "adam")),
        (train(),),
        (reset, rate(0.003), train(2)),
    ),
    "overfitting": (
        (train(2),),
        (setting("view.errors_only", True),),
        (setting("training.l2", 0.01),),
        (train(3),),
        (setting("training.l2", 0.0), setting("data.points", 2000)),
        (train(2),),
    ),
    "initialization": (
        (train(),),
        (weight(0, 2.0),),
        (train(),),
        (setting("network.layers.0.kernel_initializer", "glorot_uniform"),),
        (new_weights,),
        (train(3),),
    ),
    "vanishing_gradients": (
        (train(),),
        (panel("health"),),
        (activation(range(5), "relu"),),
        (reset, train(2)),
        (activation(range(5), "sigmoid"), edit(edits.set_optimizer, "adam"), reset),
        (train(3),),
    ),
    "softmax": (
        (train(),),
        (example,),
        (setting("view.discretize", True),),
        (setting("data.source.blobs", 5),),
        (train(2),),
    ),
    "convolution": (
        (train(),),
        (insert(0, "conv2d"),),
        (train(2),),
        (insert(1, "max_pooling2d"),),
        (train(4),),
        (example,),
    ),
    "confusion_matrix": (
        (train(),),
        (panel("confusion"),),
        (panel("examples"),),
        (example,),
        (train(8),),
    ),
}
"""By the name of the file: for each step the moves that its text asks for."""
