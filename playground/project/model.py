"""The project: everything that the user chose, as one frozen tree of settings."""

from typing import Annotated

import msgspec

from playground.data.drawings import Drawings
from playground.data.faults import FAULTS
from playground.data.sources import AnySource, Circle
from playground.engine.layers import AnyLayer, Dense
from playground.engine.losses import AnyLoss
from playground.engine.losses import get as get_loss
from playground.engine.optimizers import AnyOptimizer
from playground.engine.optimizers import get as get_optimizer
from playground.engine.settings import choice, flag, number

MAX_SEED = 2_147_483_647
MAX_LAYERS = 64
LEAST_POINTS, MOST_POINTS = 10, 1_000_000
LOSS_SCALES = ("log", "linear")
CLASS_WEIGHTS = ("none", "balanced")


class DataSettings(msgspec.Struct, frozen=True):
    """Which examples, how many, and what the network sees of them."""

    source: Annotated[AnySource, flag("Data set", "The examples that the network learns from.")] = Circle()
    points: Annotated[
        int,
        number(
            "Points",
            "How many examples there are, for training and test together.",
            ge=LEAST_POINTS,
            le=MOST_POINTS,
            step=10,
        ),
    ] = 500
    noise: Annotated[
        float,
        number("Noise", "How strongly the examples are disturbed, as a share of full size.", ge=0, le=0.5, step=0.05),
    ] = 0.10
    balance: Annotated[
        float,
        number(
            "Class balance",
            "The part of the first of two classes; with 50 % the classes are as large as they come.",
            ge=0.05,
            le=0.95,
            step=0.05,
            unit="%",
        ),
    ] = 0.5
    label_noise: Annotated[
        float,
        number(
            "Label noise",
            "The part of the training examples that get a wrong label; test examples keep the right one.",
            ge=0,
            le=0.5,
            step=0.05,
            unit="%",
        ),
    ] = 0.0
    training_share: Annotated[
        float,
        number(
            "Training share",
            "The part of the examples used for training; the others test what was learned.",
            ge=0.1,
            le=0.9,
            step=0.01,
        ),
    ] = 0.67
    features: Annotated[tuple[str, ...], flag("Features", "What the network sees of a point: its inputs.")] = (
        "x1",
        "x2",
    )
    seed: Annotated[
        int, number("Data seed", "The number that fixes which examples are drawn.", ge=0, le=MAX_SEED, step=1)
    ] = 0
    fault: Annotated[
        str, choice("Fault", "Something that is wrong with the data on purpose, to see what it does.", lambda: FAULTS)
    ] = "none"


class NetworkSettings(msgspec.Struct, frozen=True):
    """The layers in order, the last one being the output layer, and the seed of the initial weights."""

    layers: Annotated[tuple[AnyLayer, ...], flag("Layers", "The stages that the examples flow through.")] = (
        Dense(units=4, activation="tanh"),
        Dense(units=2, activation="tanh"),
        Dense(units=1, activation="sigmoid"),
    )
    seed: Annotated[
        int, number("Weight seed", "The number that fixes the initial weights.", ge=0, le=MAX_SEED, step=1)
    ] = 0


class StopSettings(msgspec.Struct, frozen=True):
    """When training ends by itself; None means that this condition is not used."""

    max_epochs: (
        Annotated[
            int, number("Stop after", "Training stops after this many epochs.", ge=1, le=1_000_000, unit="epochs")
        ]
        | None
    ) = None
    loss_below: (
        Annotated[
            float, number("Stop below loss", "Training stops when the training loss is below this.", gt=0, le=1e9)
        ]
        | None
    ) = None


class TrainingSettings(msgspec.Struct, frozen=True):
    """How the network learns."""

    loss: Annotated[AnyLoss, flag("Loss function", "Measures how far the predictions are from the targets.")] = (
        get_loss("binary_crossentropy")
    )
    optimizer: Annotated[AnyOptimizer, flag("Optimizer", "Decides how the gradient changes the weights.")] = (
        get_optimizer("adam", learning_rate=0.03)
    )
    batch_size: Annotated[
        int,
        number("Batch size", "How many examples are seen before the weights change once.", ge=1, le=100_000, step=1),
    ] = 10
    l1: Annotated[
        float,
        number(
            "L1", "Pulls every weight towards 0 by a steady force; many become very small.", ge=0, le=10, step=0.001
        ),
    ] = 0.0
    l2: Annotated[
        float,
        number(
            "L2", "Pulls every weight towards 0, large ones harder, so that none dominates.", ge=0, le=10, step=0.001
        ),
    ] = 0.0
    class_weight: Annotated[
        str,
        choice(
            "Class weights",
            "Balanced: each class counts alike in the loss, however few examples it has; both losses are shown with "
            "these weights, the accuracy without. None: each example counts alike.",
            lambda: CLASS_WEIGHTS,
        ),
    ] = "none"
    bug: (
        Annotated[
            int,
            number("Bug", "The layer whose gradient is computed wrongly, to see what it does.", ge=0, le=MAX_LAYERS),
        ]
        | None
    ) = None
    stop: StopSettings = StopSettings()


class SliceSettings(msgspec.Struct, frozen=True):
    """Which flat cut through the inputs of a table the pictures show."""

    across: Annotated[str, flag("To the right", "The input that grows to the right; empty: the best one.")] = ""
    up: Annotated[str, flag("Upwards", "The input that grows upwards; empty: the next best one.")] = ""
    principal: Annotated[
        bool, flag("Principal plane", "Shows the plane on which the examples vary most (PCA), not two inputs.")
    ] = False
    held: Annotated[
        tuple[float, ...],
        flag("Held at", "Where the other inputs are held, as shares of their ranges; −1 or missing: at the median."),
    ] = ()


class ViewSettings(msgspec.Struct, frozen=True):
    """What the pictures show; nothing here changes the training."""

    show_test: Annotated[bool, flag("Show test data", "Also draws the examples that training never sees.")] = True
    discretize: Annotated[bool, flag("Discretize", "Shows the decided class only, not how sure the network is.")] = (
        False
    )
    errors_only: Annotated[bool, flag("Errors only", "Draws only the examples that are classified wrongly.")] = False
    contours: Annotated[
        bool, flag("Contours", "Draws lines where the network is equally sure, the decision threshold strongest.")
    ] = False
    loss_scale: Annotated[str, choice("Loss scale", "How the loss axis is divided.", lambda: LOSS_SCALES)] = "log"
    slice: Annotated[SliceSettings, flag("Slice", "Which cut through a table is shown.")] = SliceSettings()
    smoothing: Annotated[
        float, number("Smoothing", "Averages the curves over neighbouring epochs.", ge=0, le=0.99, step=0.05)
    ] = 0.0


class Project(msgspec.Struct, frozen=True):
    """All settings of one experiment."""

    data: DataSettings = DataSettings()
    network: NetworkSettings = NetworkSettings()
    training: TrainingSettings = TrainingSettings()
    view: ViewSettings = ViewSettings()
    drawings: (
        Annotated[Drawings, flag("Drawings", "What was drawn at the drawing booth; nothing until it is learned from.")]
        | None
    ) = None
