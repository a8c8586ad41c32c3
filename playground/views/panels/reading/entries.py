"""What colours, axes and units of each panel mean."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from playground.data.dataset import Dataset, Task
from playground.views.theme import Token


@dataclass(frozen=True)
class Entry:
    """One line of a legend: a mark in a colour, and what it means."""

    mark: str
    meaning: str
    token: Token = Token.TEXT


def entries(panel: str, dataset: Dataset) -> tuple[Entry, ...]:
    """The legend of a panel for these data; empty for panels without one."""
    makers: Mapping[str, Callable[[Dataset], tuple[Entry, ...]]] = {
        "data": _data,
        "network": _network,
        "output": _output,
        "loss": _loss,
        "distillation": _distillation,
        "examples": _examples,
        "step": _step,
        "health": _health,
        "code": _code,
    }
    return makers[panel](dataset) if panel in makers else ()


def _tr(text: str) -> str:
    return QCoreApplication.translate("Legend", text)


def _data(dataset: Dataset) -> tuple[Entry, ...]:
    wrong = Entry("✗", _tr("label noise: the part with wrong labels; balance: the part of class 0"))
    return (
        Entry("▦", _tr("data sets; the one in use is framed"), Token.SELECTION),
        Entry("●", _tr("orange and blue: two classes; more have more colours"), Token.POSITIVE),
        Entry("%", _tr("noise: how far points are moved; training share: the part to learn from")),
        *(() if dataset.labels is None else (wrong,)),
        Entry("#", _tr("batch size: examples per update; seed: which ones are drawn")),
    )


def _network(dataset: Dataset) -> tuple[Entry, ...]:
    return (
        Entry("—", _tr("a weight: the thicker, the larger; blue is positive"), Token.POSITIVE),
        Entry("—", _tr("orange is negative"), Token.NEGATIVE),
        Entry("▣", _unit(dataset)),
        Entry("●", _tr("the dot at a unit: its bias, by the same colours")),
        Entry("▬", _tr("purity: how well a straight cut through this layer's output parts the classes"), Token.PURITY),
        Entry("┈", _tr("the loop: prediction and target give the loss, the optimizer adjusts the weights")),
    )


def _output(dataset: Dataset) -> tuple[Entry, ...]:
    if dataset.input_kind == "image":
        return (
            Entry("▦", _tr("test examples; below each, the predicted class and how sure the network is")),
            Entry("▢", _tr("amber frame: a mistake; mistakes come first"), Token.WARNING),
            Entry("#", _tr("confusion: rows are true classes, columns what they were taken for")),
            Entry("+", _tr("click an example to send it through the network")),
        )
    places = (
        Entry("●", _tr("an example in the colour of its true class: filled for training, hollow for test")),
        Entry("x", _tr("axes: the two inputs x₁ and x₂, from −6 to 6")),
    )
    if dataset.task is Task.MULTICLASS:
        return (
            Entry("■", _tr("colour: the most probable class at this place"), Token.POSITIVE),
            Entry("□", _tr("the stronger the colour, the more certain; card colour: all alike")),
            *places,
        )
    if dataset.task is Task.REGRESSION:
        low, high, middle = _tr("a negative number here"), _tr("a positive number here"), _tr("card colour: about 0")
    else:
        low, high = _tr("the network predicts class 0 here"), _tr("the network predicts class 1 here")
        middle = _tr("card colour: undecided, the threshold ½")
    return (Entry("■", low, Token.NEGATIVE), Entry("■", high, Token.POSITIVE), Entry("□", middle), *places)


def _unit(dataset: Dataset) -> str:
    if dataset.input_kind == "image":
        return _tr("a unit: its weights as an image, a kernel with its map, or a bar of its output")
    return _tr("a unit: its output at each place of the input plane, orange low, blue high")


def _loss(dataset: Dataset) -> tuple[Entry, ...]:
    return (
        Entry("—", _tr("training loss: the mean over the examples of each epoch; lower is better")),
        Entry("┈", _tr("test loss: on examples that training never sees"), Token.MUTED),
        Entry("—", _tr("accuracy or R², on the right axis from 0 to 1; higher is better"), Token.GOOD),
        Entry("x", _tr("to the right: epochs. Upwards: loss, each line of the log scale ten times the one below")),
        Entry("↗", _tr("test loss that rises while training loss falls: the network memorises"), Token.WARNING),
    )


def _distillation(dataset: Dataset) -> tuple[Entry, ...]:
    return (
        Entry("●", _tr("an example, in colour and shape of its true class, as this layer sees it"), Token.POSITIVE),
        Entry("#", _tr("grey net: the grid of the input plane, drawn through the layers; it shows the folding")),
        Entry("%", _tr("purity: how well a straight cut parts the classes here; chance: what guessing gives")),
        Entry("x", _tr("axes: two units as they are, two chosen units, or the two main directions (PCA)")),
        Entry("○", _tr("violet ring: the example that you clicked, in every stage"), Token.SELECTION),
    )


def _examples(dataset: Dataset) -> tuple[Entry, ...]:
    matrix = (
        Entry("▦", _tr("each cell: how many of a class (row) are taken for a class (column)"), Token.GOOD),
        Entry("▢", _tr("click a cell to see only its examples, here and on the map"), Token.SELECTION),
    )
    return (
        *(() if dataset.labels is None else matrix),
        Entry("▤", _tr("the table: the examples with the largest loss first; click one to follow it everywhere")),
        Entry("%", _tr("behind a prediction: its probability, or the network's output")),
        Entry("ℓ", _tr("loss: how far this one prediction is from its target, by the loss function")),
        Entry("✎", _tr("training examples are learned from, test examples are only looked at")),
    )


def _code(dataset: Dataset) -> tuple[Entry, ...]:
    return (
        Entry("py", _tr("the present network, its data, loss, optimizer and training as a script that runs by itself")),
        Entry("▌", _tr("violet lines hang on the control that is under the pointer"), Token.SELECTION),
        Entry("▌", _tr("green lines have just changed, because a setting did"), Token.GOOD),
        Entry("⎘", _tr("Copy takes the script, Save writes it with its data and weights")),
    )


def _step(dataset: Dataset) -> tuple[Entry, ...]:
    return (
        Entry("1", _tr("forward: every layer makes its output from that of the layer before")),
        Entry("2", _tr("loss: prediction and target give one number")),
        Entry("3", _tr("backward: the chain rule says how the loss changes with each weight")),
        Entry("4", _tr("update: the optimizer moves each weight a little against its gradient")),
        Entry("=", _tr("all numbers are those that the engine uses in the very next update")),
    )


def _health(dataset: Dataset) -> tuple[Entry, ...]:
    return (
        Entry("▮", _tr("gradient norm: how strongly a layer is asked to change; each line is a factor"), Token.PURITY),
        Entry("●", _tr("update ÷ weights: how far one update moves them; green is the healthy band"), Token.GOOD),
        Entry("●", _tr("amber: vanishing, exploding, or outside the band; units that react no more"), Token.WARNING),
        Entry("▤", _tr("maps: time to the right, values upwards; the darker, the more numbers there")),
        Entry("■", _tr("blue above the middle, orange below; sizes of gradients in grey"), Token.POSITIVE),
        Entry("▐", _tr("the shape at the right end: how the numbers are spread now"), Token.PURITY),
    )
