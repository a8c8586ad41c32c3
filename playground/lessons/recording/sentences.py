"""Conditions in plain sentences, for the teacher who chooses among them."""

import math
from collections.abc import Callable, Mapping
from typing import Any

from playground.data.features import FEATURES
from playground.data.sources import KINDS
from playground.engine.activations import ACTIVATIONS
from playground.engine.layers import LAYERS
from playground.engine.optimizers import OPTIMIZERS
from playground.lessons.conditions import Condition
from playground.texts import Text

_PANELS = {
    "loss": Text("Loss"),
    "distillation": Text("Distillation"),
    "examples": Text("Examples"),
    "step": Text("Step through"),
    "health": Text("Weights and gradients"),
    "code": Text("Code"),
    "confusion": Text("Confusion matrix"),
}
_COMMANDS = {
    "run.reset": Text("Reset"),
    "run.new_weights": Text("New weights"),
    "run.step": Text("Step"),
    "run.epoch": Text("One epoch"),
    "edit.undo": Text("Undo"),
    "edit.redo": Text("Redo"),
}
_BOXES = {
    "discretize": Text("discretise"),
    "errors_only": Text("errors only"),
    "contours": Text("contours"),
    "show_test": Text("test points"),
}

_SENTENCES: dict[str, Callable[[Any], Text]] = {
    "panel_opened": lambda c: Text("The panel “%1” was opened", _named(_PANELS, c.panel)),
    "action_done": lambda c: Text("The command “%1” was used", _named(_COMMANDS, c.action)),
    "example_selected": lambda c: Text("An example was chosen"),
    "weight_edited": lambda c: Text("A weight was changed by hand"),
    "guessed": lambda c: Text("A guess was made"),
    "drawings_learned": lambda c: Text("The data are drawings, at least %1 of each class", c.value),
    "hidden_layers_at_least": lambda c: (
        Text("There is a hidden layer") if c.value == 1 else Text("There are at least %1 hidden layers", c.value)
    ),
    "layers_at_most": lambda c: Text("There are at most %1 layers, the output layer included", c.value),
    "has_layer": lambda c: Text("There is a layer of the kind “%1”", _title(LAYERS, c.kind)),
    "activation_is": lambda c: Text("Layer %1 has the activation “%2”", c.layer, _title(ACTIVATIONS, c.activation)),
    "hidden_activations_are": lambda c: Text(
        "All hidden layers have the activation “%1”", _title(ACTIVATIONS, c.activation)
    ),
    "initializer_is_not": lambda c: Text("Layer %1 has another initializer than “%2”", c.layer, c.initializer),
    "unit_muted": lambda c: Text("A unit is muted"),
    "units_at_least": lambda c: Text("Layer %1 has at least %2 units", c.layer, c.value),
    "epochs_since": lambda c: (
        Text("An epoch was trained in this step")
        if c.value == 1
        else Text("At least %1 epochs were trained in this step", c.value)
    ),
    "updates_at_most": lambda c: (
        Text("The run has made at most %1 updates", c.value) if c.value else Text("The run stands at its beginning")
    ),
    "updates_at_least": lambda c: Text("The run has made at least %1 updates", c.value),
    "diverged": lambda c: Text("A run stopped itself, because it was getting nowhere"),
    "test_loss_below": lambda c: Text("The test loss is below %1", c.value),
    "train_loss_below": lambda c: Text("The training loss is below %1", c.value),
    "test_metric_above": lambda c: Text("The test metric (accuracy as a share, or R²) is above %1", c.value),
    "purity_above": lambda c: Text("The purity after %1 is above %2", _stage(c.layer), c.value),
    "loss_gap_above": lambda c: Text("The test loss is more than %1 above the training loss", c.value),
    "loss_gap_below": lambda c: Text("The test loss is less than %1 above the training loss", c.value),
    "learning_rate_between": lambda c: _range(Text("The learning rate"), c),
    "momentum_between": lambda c: _range(Text("The momentum"), c),
    "batch_size_between": lambda c: _range(Text("The batch size"), c),
    "l2_between": lambda c: _range(Text("The L2 regularisation"), c),
    "points_between": lambda c: _range(Text("The number of examples"), c),
    "classes_at_least": lambda c: Text("The data have at least %1 classes", c.value),
    "source_is": lambda c: Text("The data set is “%1”", _title(KINDS, c.kind)),
    "feature_on": lambda c: Text("The feature “%1” is an input", _title(FEATURES, c.feature)),
    "feature_off": lambda c: Text("The feature “%1” is no input", _title(FEATURES, c.feature)),
    "optimizer_is": lambda c: Text("The optimizer is “%1”", _title(OPTIMIZERS, c.optimizer)),
    "view_shows": lambda c: Text("The box “%1” below the map is ticked", _named(_BOXES, c.what)),
    "parameters_at_most": lambda c: Text("The network has at most %1 parameters", c.value),
    "unit_kinds_at_least": lambda c: Text("In layer %1 at least %2 units differ from each other", c.layer, c.value),
    "new_weights_at_least": lambda c: (
        Text("New weights were drawn") if c.value == 1 else Text("New weights were drawn at least %1 times", c.value)
    ),
}


def described() -> frozenset[str]:
    """The conditions that have a sentence: all of the registry."""
    return frozenset(_SENTENCES)


def sentence(condition: Condition) -> Text:
    """What a condition asks for."""
    return _SENTENCES[str(condition.__struct_config__.tag)](condition)


def _named(names: Mapping[str, Text], name: str) -> str:
    """The word of the window for a name of the file, or that name itself."""
    return names.get(name, name)


def _title(known: Any, name: str) -> str:
    """The title of an activation, a data set …; the name itself where there is none."""
    title = known[name].title if name in known else None
    return Text(title) if isinstance(title, str) else name


def _range(what: Text, condition: Any) -> Text:
    low, high = condition.at_least, condition.at_most
    if low == high:
        return Text("%1 is %2", what, low)
    if math.isinf(low) and math.isinf(high):
        return Text("%1 is set", what)
    if math.isinf(high):
        return Text("%1 is at least %2", what, low)
    if math.isinf(low):
        return Text("%1 is at most %2", what, high)
    return Text("%1 lies between %2 and %3", what, low, high)


def _stage(layer: int) -> Text:
    """What the purity is taken after."""
    if layer == 0:
        return Text("the input")
    if layer == -1:
        return Text("the prediction")
    if layer == -2:
        return Text("the last hidden layer")
    return Text("layer %1", layer)
