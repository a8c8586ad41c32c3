"""The network: ordered layers, and all their weights in one flat vector."""

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, DTypeLike, NDArray

from playground.engine import borders, checks
from playground.engine.errors import BuildError
from playground.engine.fitting import run_epochs
from playground.engine.fusions import ALL, Fusions
from playground.engine.layers.base import Layer, Memory, Shape, activation_of
from playground.engine.layers.bypass import placed
from playground.engine.layers.parts import Part, Parts, assign
from playground.engine.losses import Loss
from playground.engine.optimizers import SGD, Optimizer
from playground.engine.penalties import activity_penalty, weight_penalty
from playground.engine.plateaus import EarlyStopping, ReduceOnPlateau
from playground.engine.program import Program
from playground.engine.recorder import Array, Recorder
from playground.engine.schedules import Schedule
from playground.engine.targets import example_weights
from playground.engine.training_program import TrainingProgram

EVALUATION_BATCH = 1024


class Network:
    """Layers in order, their shapes and their parameters.

    layers: settings, the last one is the output. input_shape: of one example, (features,) or (height, width, channels).
    seed: of the initial weights. dtype: "float32" or "float64".

    ``flat`` (size,) is the live vector of all parameters, ``gradient`` the gradient of the last training step,
    ``moving`` what training gathers without a gradient (moving statistics); layers see views of them. ``shapes``: the
    output shape of every layer. ``layer_sizes``: the parameters of every layer. In ``layers`` a Bypass stands for each
    one that is bypassed.

    Raises:
        BuildError: when a layer cannot take the shape that it gets.
    """

    def __init__(
        self, layers: Sequence[Layer], input_shape: Shape, seed: int = 0, dtype: DTypeLike = "float32"
    ) -> None:
        self.input_shape, self.dtype = checks.input_shape(input_shape), checks.dtype(dtype)
        self.layers = tuple(map(placed, checks.layers(layers)))
        self.shapes = checks.shapes(self.layers, self.input_shape)
        self.output_shape = self.shapes[-1]
        inputs = (self.input_shape, *self.shapes[:-1])
        self._parts = Parts(Part(str(n), *pair) for n, pair in enumerate(zip(self.layers, inputs, strict=True)))
        self.layer_sizes, self.size = self._parts.sizes, self._parts.size
        self.flat = np.zeros(self.size, self.dtype)
        self.gradient = np.zeros(self.size, self.dtype)
        self.moving = np.zeros(self._parts.moving_size, self.dtype)
        self.initialize(seed)

    def initialize(self, seed: int) -> None:
        """Draw the initial weights that belong to ``seed``."""
        self._parts.initialize(self.flat, np.random.default_rng(seed))
        self._parts.initialize_moving(self.moving)

    def activation(self, index: int) -> str:
        """The name of the activation of layer ``index``; "linear" for layers without one."""
        return activation_of(self.layers[index])

    # -- parameters ------------------------------------------------------------------------------------------------

    def unpack(self, flat: Array | None = None) -> dict[str, Array]:
        """Views of a flat vector (by default the live one) by names such as "0.kernel", in Keras' shapes."""
        return self._parts.named(self.flat if flat is None else flat)

    def unpack_moving(self, moving: Array | None = None) -> dict[str, Array]:
        """Views of moving statistics (by default the live ones) by names such as "1.moving_mean"."""
        return self._parts.named_moving(self.moving if moving is None else moving)

    def pack(self, parameters: Mapping[str, ArrayLike]) -> Array:
        """A new flat vector from named parameters; moving statistics among them are left out.

        Raises:
            BuildError: when a name is missing or unknown, or a shape differs.
        """
        flat = np.zeros(self.size, self.dtype)
        statistics = self.unpack_moving()
        assign(self.unpack(flat), {name: given for name, given in parameters.items() if name not in statistics})
        return flat

    def parameters(self) -> dict[str, Array]:
        """Copies of all parameters and moving statistics by name, layer by layer."""
        named = {**self.unpack(), **self.unpack_moving()}
        return {name: named[name].copy() for name in sorted(named, key=lambda name: int(name.partition(".")[0]))}

    def set_parameters(self, parameters: Mapping[str, ArrayLike]) -> None:
        """Set all parameters and moving statistics: the names and shapes of ``parameters()``.

        Raises:
            BuildError: when a name is missing or unknown, or a shape differs; then nothing is changed.
        """
        flat, moving = self.flat.copy(), self.moving.copy()
        assign({**self.unpack(flat), **self.unpack_moving(moving)}, parameters)
        self.flat[...], self.moving[...] = flat, moving

    def frozen(self) -> Iterator[slice]:
        """Where in the flat vectors the weights stand that training leaves alone."""
        return self._parts.frozen()

    # -- running ---------------------------------------------------------------------------------------------------

    def recorder(self) -> Recorder:
        """A new recorder for this network's dtype."""
        return Recorder(self.dtype)

    def memories(self, training: bool = False, rng: np.random.Generator | None = None) -> list[Memory]:
        """Fresh working memories of all layers around the shared weights and moving statistics."""
        rng = rng or np.random.default_rng(0)
        return self._parts.memories(self.flat, self.gradient, self.moving, training, rng)

    def bind(self, batch: int, training: bool = False) -> Program:
        """The network's forward pass over ``batch`` examples at once."""
        return Program(self, batch, training=training)

    def compile(
        self,
        x: ArrayLike,
        y: ArrayLike,
        *,
        loss: Loss,
        optimizer: Optimizer,
        batch_size: int = 32,
        rng: np.random.Generator | None = None,
        shuffle: bool = True,
        l1: float = 0.0,
        l2: float = 0.0,
        sample_weight: ArrayLike | None = None,
        class_weight: Mapping[int, float] | None = None,
        schedule: Schedule | None = None,
        fusions: Fusions = ALL,
    ) -> TrainingProgram:
        """Record training on the examples x (n, *input_shape) with the targets y (n, outputs).

        sample_weight (n,) and class_weight (by class number): how much each example counts. fusions: which passes may
        save calls; the results are the same without them.

        Raises:
            BuildError: when shapes, loss and output do not go together, or the data are not finite.
        """
        checks.training(loss, optimizer, schedule, batch_size, l1, l2)
        checks.output(loss, self.activation(len(self.layers) - 1), self.output_shape)
        inputs, targets = self._pairs(x, y, loss)
        return TrainingProgram(
            self,
            inputs,
            targets,
            loss,
            optimizer,
            batch_size=min(batch_size, len(inputs)),
            rng=rng or np.random.default_rng(0),
            shuffle=shuffle,
            l1=l1,
            l2=l2,
            weights=example_weights(targets, sample_weight, class_weight),
            schedule=schedule,
            fusions=fusions,
        )

    def forward(self, x: ArrayLike) -> Array:
        """Predict: x (n, *input_shape) → (n, *output_shape), in inference mode."""
        inputs = self._examples(x)
        parts = [inputs[start : start + EVALUATION_BATCH] for start in range(0, len(inputs), EVALUATION_BATCH)]
        return np.concatenate([borders.public(self._run(part).output) for part in parts])

    def fit(
        self,
        x: ArrayLike,
        y: ArrayLike,
        *,
        loss: Loss,
        optimizer: Optimizer,
        batch_size: int = 32,
        epochs: int = 1,
        shuffle: bool = True,
        seed: int = 0,
        sample_weight: ArrayLike | None = None,
        class_weight: Mapping[int, float] | None = None,
        schedule: Schedule | None = None,
        reduce_on_plateau: ReduceOnPlateau | None = None,
        early_stopping: EarlyStopping | None = None,
        validation_data: tuple[ArrayLike, ArrayLike] | None = None,
    ) -> dict[str, list[float]]:
        """Train; returns the history: a list with one number per epoch for "loss" and what else was asked for."""
        program = self.compile(
            x,
            y,
            loss=loss,
            optimizer=optimizer,
            batch_size=batch_size,
            rng=np.random.default_rng(seed),
            shuffle=shuffle,
            sample_weight=sample_weight,
            class_weight=class_weight,
            schedule=schedule,
        )
        return run_epochs(
            self,
            program,
            epochs,
            validate=partial(self.evaluate, *validation_data, loss) if validation_data else None,
            reduce_on_plateau=reduce_on_plateau,
            early_stopping=early_stopping,
        )

    def evaluate(
        self,
        x: ArrayLike,
        y: ArrayLike,
        loss: Loss,
        batch: int = EVALUATION_BATCH,
        *,
        sample_weight: ArrayLike | None = None,
        class_weight: Mapping[int, float] | None = None,
    ) -> float:
        """The mean loss over the examples, in inference mode; the weights are those of ``compile``."""
        inputs, targets = self._pairs(x, y, loss)
        weights = example_weights(targets, sample_weight, class_weight)
        total, fused = 0.0, loss.fused_activation == self.activation(len(self.layers) - 1)
        for start in range(0, len(inputs), batch):
            part = inputs[start : start + batch]
            program = self._run(part, logits=fused)
            with np.errstate(all="ignore"):
                values = loss.values_from_logits if program.logits else loss.values
                truth = targets[start : start + batch].T[None]
                weight = None if weights is None else weights[None, start : start + batch]
                total += len(part) * float(values(program.tensors[-1].value[None].astype(np.float64), truth, weight)[0])
        return total / len(inputs)

    def penalty(self, x: ArrayLike) -> float:
        """The layers' penalties on the weights, and on the outputs for the examples x; ``evaluate`` leaves them out."""
        return weight_penalty(self) + activity_penalty(self._run(self._examples(x)))

    def loss_and_gradients(
        self,
        x: ArrayLike,
        y: ArrayLike,
        loss: Loss,
        *,
        sample_weight: ArrayLike | None = None,
        class_weight: Mapping[int, float] | None = None,
    ) -> tuple[float, dict[str, Array]]:
        """The mean loss over the examples, and the gradients of it and of the layers' penalties by parameter name.

        Layers behave as in training; moving statistics stay as they are. The weights of examples and classes are those
        of ``compile``.
        """
        program = self.compile(
            x,
            y,
            loss=loss,
            optimizer=SGD(learning_rate=1.0),
            batch_size=len(np.asarray(x)),
            shuffle=False,
            sample_weight=sample_weight,
            class_weight=class_weight,
        )
        before = self.flat.copy(), self.moving.copy()
        program.run_epoch()
        self.flat[...], self.moving[...] = before
        return program.epoch_loss(), {name: view.copy() for name, view in self.unpack(self.gradient).items()}

    # -- inside ----------------------------------------------------------------------------------------------------

    def _run(self, inputs: Array, *, logits: bool = False) -> Program:
        """Predict for all inputs (n, numbers per example) at once."""
        program = Program(self, len(inputs), logits=logits)
        program.tensors[0].value[...] = inputs.T
        with np.errstate(all="ignore"):
            program.run()
        return program

    def _examples(self, x: ArrayLike) -> Array:
        return borders.examples(x, self.input_shape, self.dtype)

    def _pairs(self, x: ArrayLike, y: ArrayLike, loss: Loss) -> tuple[Array, NDArray[Any]]:
        """Examples and their targets, checked; as many of one as of the other."""
        inputs, targets = self._examples(x), borders.targets(y, loss, self.output_shape, self.dtype)
        if len(inputs) != len(targets):
            raise BuildError(f"There are {len(inputs)} inputs but {len(targets)} targets.")
        return inputs, targets
