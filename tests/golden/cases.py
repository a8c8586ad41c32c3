"""What the golden numbers cover: small trainings, described by our declarations alone, so that two programs read them.

``make_golden.py`` builds each case in Keras, ``test_golden.py`` in our engine; both draw the same examples and initial
weights here. A case trains 100 mini-batches in a fixed order.
"""

from dataclasses import dataclass, field
from typing import Any

import numpy as np

STEPS = 100
EXAMPLES, BATCH = 24, 8

Kinds = dict[str, Any]
"""A declaration as in a project file: {"kind": "dense", "units": 4}."""


@dataclass(frozen=True)
class Case:
    """One training. ``targets``: "numbers", "probabilities" (of one example sum 1), "classes", "zero_one", "counts".

    ``weighted``: the examples count differently.
    """

    name: str
    layers: tuple[Kinds, ...]
    loss: str = "mean_squared_error"
    optimizer: Kinds = field(default_factory=lambda: {"kind": "sgd", "learning_rate": 0.05})
    input_shape: tuple[int, ...] = (3,)
    outputs: int = 2
    targets: str = "numbers"
    weighted: bool = False

    def data(self) -> tuple[Any, Any]:
        """The examples: x (EXAMPLES, *input_shape), y (EXAMPLES, outputs)."""
        rng = np.random.default_rng(11)
        x = rng.normal(size=(EXAMPLES, *self.input_shape))
        shape = (EXAMPLES, self.outputs)
        if self.targets == "zero_one":
            return x, rng.integers(0, 2, shape).astype(float)
        if self.targets == "classes":
            return x, np.eye(self.outputs)[rng.integers(0, self.outputs, EXAMPLES)]
        if self.targets == "probabilities":
            weights = rng.uniform(0.1, 1.0, shape)
            return x, weights / weights.sum(axis=1, keepdims=True)
        if self.targets == "counts":
            return x, rng.integers(0, 4, shape).astype(float)
        return x, rng.normal(size=shape)

    def weights(self) -> Any:
        """How much each example counts: (EXAMPLES,); None where all count alike."""
        return np.random.default_rng(12).uniform(0.0, 2.0, EXAMPLES) if self.weighted else None


def draw(name: str, shape: tuple[int, ...]) -> Any:
    """The initial value of the parameter ``name`` ("0.kernel"); moving statistics and scales begin as in Keras."""
    end = name.rsplit(".", 1)[-1]
    if end in ("moving_mean", "beta"):
        return np.zeros(shape)
    if end in ("moving_variance", "gamma"):
        return np.ones(shape)
    return 0.5 * np.random.default_rng([len(name), *name.encode()]).normal(size=shape)


def _dense(units: int, activation: str = "linear") -> Kinds:
    return {"kind": "dense", "units": units, "activation": activation}


HIDDEN, OUT = _dense(4, "tanh"), _dense(2)

ACTIVATIONS = (
    "linear",
    "relu",
    "leaky_relu",
    "elu",
    "selu",
    "tanh",
    "sigmoid",
    "hard_sigmoid",
    "softsign",
    "softplus",
    "sine",
    "silu",
    "gelu",
    "step",
    "softmax",
)

LOSSES: dict[str, tuple[str, str]] = {
    "mean_squared_error": ("linear", "numbers"),
    "mean_absolute_error": ("linear", "numbers"),
    "huber": ("linear", "numbers"),
    "log_cosh": ("linear", "numbers"),
    "binary_crossentropy": ("sigmoid", "zero_one"),
    "categorical_crossentropy": ("softmax", "classes"),
    "hinge": ("tanh", "zero_one"),
    "squared_hinge": ("tanh", "zero_one"),
    "kl_divergence": ("softmax", "probabilities"),
    "poisson": ("softplus", "counts"),
}

OPTIMIZERS: dict[str, Kinds] = {
    "sgd": {"kind": "sgd", "learning_rate": 0.05},
    "sgd_momentum": {"kind": "sgd", "learning_rate": 0.02, "momentum": 0.9},
    "sgd_nesterov": {"kind": "sgd", "learning_rate": 0.02, "momentum": 0.9, "nesterov": True},
    "sgd_weight_decay": {"kind": "sgd", "learning_rate": 0.05, "weight_decay": 0.1},
    "sgd_clipvalue": {"kind": "sgd", "learning_rate": 0.05, "clipvalue": 0.05},
    "sgd_clipnorm": {"kind": "sgd", "learning_rate": 0.05, "clipnorm": 0.1},
    "sgd_global_clipnorm": {"kind": "sgd", "learning_rate": 0.05, "global_clipnorm": 0.1},
    "adagrad": {"kind": "adagrad", "learning_rate": 0.05},
    "adadelta": {"kind": "adadelta", "learning_rate": 1.0},
    "rmsprop": {"kind": "rmsprop", "learning_rate": 0.01},
    "rmsprop_momentum": {"kind": "rmsprop", "learning_rate": 0.01, "momentum": 0.5, "rho": 0.8},
    "adam": {"kind": "adam", "learning_rate": 0.02},
    "adam_betas": {"kind": "adam", "learning_rate": 0.02, "beta_1": 0.8, "beta_2": 0.95, "epsilon": 1e-4},
    "adam_amsgrad": {"kind": "adam", "learning_rate": 0.02, "amsgrad": True},
    "adam_clip": {"kind": "adam", "learning_rate": 0.02, "global_clipnorm": 0.2},
    "adamw": {"kind": "adamw", "learning_rate": 0.02, "weight_decay": 0.05},
    "adamax": {"kind": "adamax", "learning_rate": 0.02},
    "nadam": {"kind": "nadam", "learning_rate": 0.02},
    "lion": {"kind": "lion", "learning_rate": 0.005},
    "rmsprop_weight_decay": {"kind": "rmsprop", "learning_rate": 0.01, "weight_decay": 0.02},
    "adagrad_clipnorm": {"kind": "adagrad", "learning_rate": 0.05, "clipnorm": 0.3},
    "nadam_clipvalue": {"kind": "nadam", "learning_rate": 0.02, "clipvalue": 0.1},
    "lion_weight_decay": {"kind": "lion", "learning_rate": 0.005, "weight_decay": 0.1},
}

RULES: dict[str, Kinds] = {
    "l1": {"kernel_regularizer": {"kind": "l1", "l1": 0.02}},
    "l2": {"kernel_regularizer": {"kind": "l2", "l2": 0.03}},
    "l1_l2": {"kernel_regularizer": {"kind": "l1_l2", "l1": 0.01, "l2": 0.02}},
    "activity_l1": {"activity_regularizer": {"kind": "l1", "l1": 0.02}},
    "activity_l2": {"activity_regularizer": {"kind": "l2", "l2": 0.03}},
    "non_neg": {"kernel_constraint": {"kind": "non_neg"}},
    "max_norm": {"kernel_constraint": {"kind": "max_norm", "max_value": 0.7}},
}

IMAGE = (6, 5, 2)
FLAT = ({"kind": "flatten"}, OUT)
CONV: Kinds = {"kind": "conv2d", "filters": 3, "kernel_size": 3, "activation": "tanh"}

LAYERS: dict[str, tuple[tuple[int, ...], tuple[Kinds, ...]]] = {
    "dense": ((3,), (HIDDEN, OUT)),
    "activation": ((3,), (_dense(4), {"kind": "activation", "activation": "tanh"}, OUT)),
    "dropout": ((3,), (HIDDEN, {"kind": "dropout", "rate": 0.0}, OUT)),
    "gaussian_noise": ((3,), (HIDDEN, {"kind": "gaussian_noise", "stddev": 0.0}, OUT)),
    "batch_normalization": ((3,), (_dense(4), {"kind": "batch_normalization"}, _dense(3, "tanh"), OUT)),
    "batch_normalization_image": (IMAGE, (CONV, {"kind": "batch_normalization", "momentum": 0.9}, *FLAT)),
    "layer_normalization": ((3,), (_dense(4), {"kind": "layer_normalization"}, OUT)),
    "layer_normalization_image": (IMAGE, (CONV, {"kind": "layer_normalization"}, *FLAT)),
    "conv2d": (IMAGE, (CONV, *FLAT)),
    "conv2d_same": (IMAGE, ({**CONV, "padding": "same"}, *FLAT)),
    "conv2d_strides": (IMAGE, ({**CONV, "strides": 2, "padding": "same"}, *FLAT)),
    "conv2d_even": (IMAGE, ({**CONV, "kernel_size": 2, "padding": "same"}, {**CONV, "kernel_size": 2}, *FLAT)),
    "depthwise_conv2d": (IMAGE, ({"kind": "depthwise_conv2d", "activation": "tanh"}, *FLAT)),
    "max_pooling2d": (IMAGE, (CONV, {"kind": "max_pooling2d"}, *FLAT)),
    "max_pooling2d_same": (IMAGE, (CONV, {"kind": "max_pooling2d", "padding": "same"}, *FLAT)),
    "average_pooling2d": (IMAGE, (CONV, {"kind": "average_pooling2d"}, *FLAT)),
    "average_pooling2d_same": (IMAGE, (CONV, {"kind": "average_pooling2d", "padding": "same"}, *FLAT)),
    "global_average_pooling2d": (IMAGE, (CONV, {"kind": "global_average_pooling2d"}, OUT)),
    "flatten": (IMAGE, (*FLAT,)),
    "reshape": ((12,), ({"kind": "reshape", "target_shape": [2, 3, 2]}, {**CONV, "kernel_size": 2}, *FLAT)),
    "residual": ((3,), ({"kind": "residual", "inner": [_dense(3, "tanh"), _dense(3)]}, OUT)),
    "residual_projection": ((3,), ({"kind": "residual", "inner": [_dense(5, "tanh")], "activation": "tanh"}, OUT)),
}


def all_cases() -> dict[str, Case]:
    """Every case by its name: "activation.tanh", "loss.huber", "optimizer.adam", "layer.conv2d" …"""
    cases = [Case(f"activation.{name}", (_dense(4, name), OUT)) for name in ACTIVATIONS]
    for name, (activation, targets) in LOSSES.items():
        cases.append(Case(f"loss.{name}", (HIDDEN, _dense(3, activation)), name, outputs=3, targets=targets))
    for name in ("mean_squared_error", "binary_crossentropy", "categorical_crossentropy"):  # one per way of averaging
        activation, targets = LOSSES[name]
        parts = HIDDEN, _dense(3, activation)
        cases.append(Case(f"weighted.{name}", parts, name, outputs=3, targets=targets, weighted=True))
    cases += [Case(f"rule.{name}", ({**HIDDEN, **rule}, {**OUT, **rule})) for name, rule in RULES.items()]
    cases += [Case(f"rule.{name}.image", ({**CONV, **rule}, *FLAT), input_shape=IMAGE) for name, rule in RULES.items()]
    cases += [Case(f"optimizer.{name}", (HIDDEN, OUT), optimizer=kinds) for name, kinds in OPTIMIZERS.items()]
    cases += [Case(f"layer.{name}", layers, input_shape=shape) for name, (shape, layers) in LAYERS.items()]
    return {case.name: case for case in cases}


SCHEDULES: dict[str, Kinds] = {
    "constant": {"kind": "constant"},
    "step": {"kind": "step", "every": 30, "factor": 0.5},
    "piecewise": {"kind": "piecewise", "boundaries": [40, 90], "factors": [1.0, 0.5, 0.1]},
    "exponential": {"kind": "exponential", "decay_steps": 50, "decay_rate": 0.7},
    "polynomial": {"kind": "polynomial", "decay_steps": 80, "end_learning_rate": 0.001, "power": 2.0},
    "cosine": {"kind": "cosine", "decay_steps": 90, "alpha": 0.1},
    "cosine_warmup": {"kind": "cosine", "decay_steps": 90, "alpha": 0.1, "warmup_steps": 20},
    "cosine_restarts": {"kind": "cosine_restarts", "first_decay_steps": 20, "t_mul": 2.0, "m_mul": 0.8, "alpha": 0.05},
    "one_cycle": {
        "kind": "one_cycle",
        "total_steps": 120,
        "pct_start": 0.25,
        "div_factor": 20,
        "final_div_factor": 1000.0,
    },
}
RATE = 0.1
"""The learning rate that all schedules start from."""
