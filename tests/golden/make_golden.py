"""Make the golden numbers with Keras 3 on its torch backend, in float64. Run by hand, in an environment of its own:

    pip install keras==3.15.1 torch==2.13.0 numpy
    python tests/golden/make_golden.py

It needs nothing of this project but ``cases.py``, and writes ``golden.npz`` beside itself.
"""

import os
import sys
from pathlib import Path
from typing import Any

os.environ["KERAS_BACKEND"] = "torch"
sys.path.insert(0, str(Path(__file__).parent))

import cases
import keras
import numpy as np
import torch
from keras.src.backend.common import dtypes

keras.config.set_floatx("float64")
keras.config.set_dtype_policy("float64")
torch.set_default_dtype(torch.float64)

_result_type = dtypes.result_type


def result_type(*kinds: Any) -> Any:
    """Keras' rule for the type of a result, but double precision stays (as it is, means come in single)."""
    double = any(str(kind).endswith("float64") for kind in kinds)
    return "float64" if double else _result_type(*kinds)


for module in (dtypes, keras.src.backend, keras.src.backend.common):
    module.result_type = result_type

RULES = {
    "l1": keras.regularizers.L1,
    "l2": keras.regularizers.L2,
    "l1_l2": keras.regularizers.L1L2,
    "non_neg": keras.constraints.NonNeg,
    "max_norm": keras.constraints.MaxNorm,
}


def rules(settings: dict[str, Any]) -> dict[str, Any]:
    """The settings with Keras' regularizers and constraints in place of our declarations."""
    made = dict(settings)
    for name, given in settings.items():
        if name.endswith(("regularizer", "constraint")):
            own = dict(given)
            if own["kind"] == "max_norm":  # the incoming weights of each unit
                own["axis"] = (0, 1, 2) if settings.get("filters") else 0
            made[name] = RULES[own.pop("kind")](**own)
    return made


LOGITS = {"sigmoid": "binary_crossentropy", "softmax": "categorical_crossentropy"}


def activation(name: str) -> Any:
    """Keras' activation of that name; what it lacks or has in single precision only is written out."""
    if name == "sine":
        return keras.ops.sin
    if name == "hard_sigmoid":  # torch divides by a six of single precision
        return lambda x: keras.ops.clip(x / 6.0 + 0.5, 0.0, 1.0)
    if name == "step":
        return lambda x: keras.ops.cast(x > 0, "float64") + 0.0 * x
    return keras.activations.get(name)


def layer(kinds: dict[str, Any], tensor: Any, weights: list[tuple[str, Any]], name: str) -> Any:
    """Put one layer on ``tensor``; enter (parameter name, Keras variable) into ``weights`` in our order."""
    settings = rules(kinds)
    kind = settings.pop("kind")
    bend = activation(settings.pop("activation", "linear"))
    if kind == "residual":
        inner = tensor
        for index, part in enumerate(settings["inner"]):
            inner = layer(part, inner, weights, f"{name}.inner.{index}")
        if inner.shape[1:] != tensor.shape[1:]:
            project = keras.layers.Dense(inner.shape[-1])
            tensor = project(tensor)
            weights += [(f"{name}.projection.kernel", project.kernel), (f"{name}.projection.bias", project.bias)]
        return keras.layers.Activation(bend)(keras.layers.Add()([inner, tensor]))
    made: Any
    if kind == "activation":
        made = keras.layers.Activation(bend)
    else:
        cls = {
            "dense": keras.layers.Dense,
            "conv2d": keras.layers.Conv2D,
            "depthwise_conv2d": keras.layers.DepthwiseConv2D,
            "max_pooling2d": keras.layers.MaxPooling2D,
            "average_pooling2d": keras.layers.AveragePooling2D,
            "global_average_pooling2d": keras.layers.GlobalAveragePooling2D,
            "flatten": keras.layers.Flatten,
            "reshape": keras.layers.Reshape,
            "dropout": keras.layers.Dropout,
            "gaussian_noise": keras.layers.GaussianNoise,
            "batch_normalization": keras.layers.BatchNormalization,
            "layer_normalization": keras.layers.LayerNormalization,
        }[kind]
        if kind in ("dense", "conv2d", "depthwise_conv2d"):
            settings["activation"] = bend
        if kind == "depthwise_conv2d":
            settings.setdefault("kernel_size", 3)
        if "pooling" in kind and "global" not in kind:
            settings.setdefault("pool_size", 2)
        made = cls(**settings)
    out = made(tensor)
    weights += [(f"{name}.{variable.name}", variable) for variable in made.weights if "seed" not in variable.name]
    return out


def fused(case: Any) -> bool:
    """Whether loss and output activation are computed together, from logits."""
    return LOGITS.get(case.layers[-1].get("activation", "")) == case.loss


def build(case: Any) -> tuple[Any, list[tuple[str, Any]], Any]:
    """The Keras model, its weights by our names, and its loss; cross-entropies are taken from logits."""
    inputs = keras.Input(case.input_shape)
    tensor, weights = inputs, []
    kinds = [dict(part) for part in case.layers]
    if fused(case):
        kinds[-1]["activation"] = "linear"
    for index, part in enumerate(kinds):
        tensor = layer(part, tensor, weights, str(index))
    names = {
        "mean_squared_error": keras.losses.MeanSquaredError,
        "mean_absolute_error": keras.losses.MeanAbsoluteError,
        "huber": keras.losses.Huber,
        "log_cosh": keras.losses.LogCosh,
        "binary_crossentropy": keras.losses.BinaryCrossentropy,
        "categorical_crossentropy": keras.losses.CategoricalCrossentropy,
        "hinge": keras.losses.Hinge,
        "squared_hinge": keras.losses.SquaredHinge,
        "kl_divergence": keras.losses.KLDivergence,
        "poisson": keras.losses.Poisson,
    }
    loss = names[case.loss](**({"from_logits": True} if fused(case) else {}))
    return keras.Model(inputs, tensor), weights, loss


def optimizer(kinds: dict[str, Any]) -> Any:
    """Keras' optimizer with these settings."""
    settings = dict(kinds)
    names = {"sgd": "SGD", "rmsprop": "RMSprop", "adamw": "AdamW"}
    kind = settings.pop("kind")
    return getattr(keras.optimizers, names.get(kind, kind.capitalize()))(**settings)


def run(case: Any) -> dict[str, Any]:
    """Train the case: losses of all steps, first gradient, final weights and predictions (inference)."""
    model, weights, loss = build(case)
    for name, variable in weights:
        variable.assign(cases.draw(name, tuple(variable.shape)))
    update = optimizer(case.optimizer)
    x, y = case.data()
    counts = case.weights()
    losses: list[float] = []
    for step in range(cases.STEPS):  # by hand: train_on_batch works in single precision here and there
        start = step * cases.BATCH % cases.EXAMPLES
        rows = slice(start, start + cases.BATCH)
        model.zero_grad()
        model._clear_losses()
        true = torch.tensor(y[rows])
        each = loss.call(true, model(x[rows], training=True))
        value = (each if counts is None else each * torch.tensor(counts[rows])).mean()
        (value + sum(model.losses)).backward()  # the penalties; the loss is told without them
        losses.append(float(value))
        variables = model.trainable_variables
        gradients = [torch.zeros_like(v.value) if v.value.grad is None else v.value.grad for v in variables]
        if step == 0:
            named = {id(variable): name for name, variable in weights}
            first = {named[id(v)]: g.numpy().ravel().copy() for v, g in zip(variables, gradients, strict=True)}
        with torch.no_grad():
            update.apply(gradients, variables)
    found = {f"{case.name}|weights|{name}": keras.ops.convert_to_numpy(variable) for name, variable in weights}
    raw = model(x, training=False)
    outputs = keras.ops.convert_to_numpy(activation(case.layers[-1]["activation"])(raw) if fused(case) else raw)
    gradient = np.concatenate([first[name] for name in sorted(first)])
    return {
        f"{case.name}|losses": np.array(losses),
        f"{case.name}|gradient": gradient,
        f"{case.name}|outputs": outputs,
        **found,
    }


def schedule(kinds: dict[str, Any]) -> Any:
    """The learning rates of 150 steps."""
    rate, kind, made = cases.RATE, kinds["kind"], keras.optimizers.schedules
    if kind == "constant":
        return np.full(150, rate)
    if kind == "one_cycle":
        parameter = torch.nn.Parameter(torch.zeros(1))
        inner = torch.optim.SGD([parameter], lr=rate)
        cycle = torch.optim.lr_scheduler.OneCycleLR(
            inner,
            max_lr=rate,
            total_steps=kinds["total_steps"],
            pct_start=kinds["pct_start"],
            div_factor=kinds["div_factor"],
            final_div_factor=kinds["final_div_factor"],
        )
        rates = []
        for _ in range(kinds["total_steps"]):
            rates.append(inner.param_groups[0]["lr"])
            inner.step()
            if len(rates) < kinds["total_steps"]:
                cycle.step()
        return np.array(rates)
    factors = [rate * factor for factor in kinds.get("factors", ())]
    curve = {
        "step": lambda: made.ExponentialDecay(rate, kinds["every"], kinds["factor"], staircase=True),
        "piecewise": lambda: made.PiecewiseConstantDecay(kinds["boundaries"], factors),
        "exponential": lambda: made.ExponentialDecay(rate, kinds["decay_steps"], kinds["decay_rate"]),
        "polynomial": lambda: made.PolynomialDecay(
            rate, kinds["decay_steps"], kinds["end_learning_rate"], kinds["power"]
        ),
        "cosine": lambda: made.CosineDecay(
            rate if not kinds.get("warmup_steps") else 0.0,
            kinds["decay_steps"],
            kinds["alpha"],
            warmup_target=rate if kinds.get("warmup_steps") else None,
            warmup_steps=kinds.get("warmup_steps", 0),
        ),
        "cosine_restarts": lambda: made.CosineDecayRestarts(
            rate, kinds["first_decay_steps"], kinds["t_mul"], kinds["m_mul"], kinds["alpha"]
        ),
    }[kind]()
    return np.array([float(curve(step)) for step in range(150)])


def main() -> None:
    """Write all golden numbers."""
    found: dict[str, Any] = {}
    for case in cases.all_cases().values():
        found.update(run(case))
    for name, kinds in cases.SCHEDULES.items():
        found[f"schedule.{name}"] = schedule(kinds)
    np.savez_compressed(Path(__file__).with_name("golden.npz"), **found)


if __name__ == "__main__":
    main()
