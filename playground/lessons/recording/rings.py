"""What a step may ring: the controls that a lesson mostly speaks of. Any other object name of the window goes, too."""

from typing import Any

from playground.lessons.conditions import Condition
from playground.texts import Text

RINGS: tuple[tuple[str, Text], ...] = (
    ("button.run.train", Text("Train")),
    ("button.run.step", Text("Step")),
    ("button.run.reset", Text("Reset")),
    ("button.run.new_weights", Text("New weights")),
    ("run.speed", Text("Speed of training")),
    ("counter.test_loss", Text("The test loss in the run bar")),
    ("panel.data", Text("The data panel")),
    ("data.source.circle", Text("The data set Circle")),
    ("data.points", Text("Number of examples")),
    ("data.noise", Text("Noise")),
    ("data.training_share", Text("Training share")),
    ("data.features.x1_x2", Text("The feature x₁x₂")),
    ("canvas", Text("The whole network")),
    ("network.insert.0", Text("The + before the first layer")),
    ("network.insert.1", Text("The + behind the first layer")),
    ("network.layers.0.activation", Text("Activation of the first layer")),
    ("network.layers.0.units.more", Text("One unit more in the first layer")),
    ("network.layers.1.activation", Text("Activation of the second layer")),
    ("training.loss", Text("Loss function")),
    ("training.optimizer", Text("Optimizer")),
    ("training.optimizer.learning_rate", Text("Learning rate")),
    ("training.batch_size", Text("Batch size")),
    ("training.more", Text("More settings of training")),
    ("panel.output", Text("The output panel")),
    ("view.discretize", Text("The box discretize")),
    ("view.errors_only", Text("The box errors only")),
    ("view.show_test", Text("The box show test data")),
    ("tabs.lower", Text("The tabs below the network")),
    ("panel.messages", Text("The message line")),
)
"""Object names with the words of the list, in the order of the window."""

_USUAL = {
    "learning_rate_between": "training.optimizer.learning_rate",
    "batch_size_between": "training.batch_size",
    "momentum_between": "training.more",
    "l2_between": "training.more",
    "points_between": "data.points",
    "optimizer_is": "training.optimizer",
    "source_is": "data.source.{kind}",
    "classes_at_least": "panel.data",
    "feature_on": "data.features.{feature}",
    "feature_off": "data.features.{feature}",
    "view_shows": "view.{what}",
    "hidden_layers_at_least": "network.insert.0",
    "layers_at_most": "canvas",
    "has_layer": "canvas",
    "activation_is": "network.layers.{place}.activation",
    "units_at_least": "network.layers.{place}.units.more",
    "unit_muted": "canvas",
    "weight_edited": "canvas",
    "new_weights_at_least": "button.run.new_weights",
    "panel_opened": "tabs.lower",
    "action_done": "button.{action}",
    "epochs_since": "button.run.train",
    "test_loss_below": "button.run.train",
    "diverged": "button.run.train",
}


def ring_for(condition: Condition) -> str:
    """The control by which a condition is mostly brought about; "" where there is no such."""
    facts: Any = {name: getattr(condition, name) for name in condition.__struct_fields__}
    place = facts.get("layer", 1) - 1
    return _USUAL.get(str(condition.__struct_config__.tag), "").format(place=place, **facts)
