"""Tables of real measurements that come with the program (sources and licences: resources/data)."""

from functools import cache
from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray

from playground import resources
from playground.data.dataset import Task
from playground.data.sources.base import SOURCES, Source


@cache
def load(name: str) -> tuple[NDArray[np.float32], NDArray[np.int64]]:
    """Return the rows float32 (n, k) and labels int64 (n,) of a bundled table; both read-only, read once."""
    with np.load(resources.path("data", f"{name}.npz"), allow_pickle=False) as archive:
        rows, labels = archive["inputs"], archive["labels"].astype(np.int64)
    rows.flags.writeable = labels.flags.writeable = False
    return rows, labels


class Bundled(Source, frozen=True):
    """Rows of numbers with a class each. Noise is a share of each column's standard deviation."""

    file: ClassVar[str]
    input_kind = "table"
    task = Task.MULTICLASS
    scaling = "standard"

    @property
    def outputs(self) -> int:
        return len(self.class_names)

    @property
    def input_shape(self) -> tuple[int, ...]:
        return (len(self.input_names),)

    @property
    def most(self) -> int | None:
        return len(load(self.file)[1])

    def draw(self, count: int, noise: float, rng: np.random.Generator, shake: np.random.Generator) -> tuple[Any, Any]:
        rows, labels = load(self.file)
        chosen = rng.permutation(len(labels))[:count]
        drawn = rows[chosen]
        if noise:
            drawn = drawn + noise * rows.std(axis=0) * shake.standard_normal(drawn.shape, np.float32)
        return drawn, labels[chosen]


@SOURCES.register("iris")
class Iris(Bundled, frozen=True, tag="iris"):
    """Three kinds of flowers."""

    file = "iris"
    title = "Iris"
    description = "Flowers measured with a ruler: four numbers in, one of three kinds of iris out; two kinds overlap."
    input_names = ("sepal length", "sepal width", "petal length", "petal width")
    class_names = ("setosa", "versicolor", "virginica")


@SOURCES.register("penguins")
class Penguins(Bundled, frozen=True, tag="penguins"):
    """Three kinds of penguins."""

    file = "penguins"
    title = "Penguins"
    description = "Birds of the Antarctic: no single measure tells the three kinds apart, two together nearly do."
    input_names = ("bill length", "bill depth", "flipper length", "body mass")
    class_names = ("Adelie", "Chinstrap", "Gentoo")


@SOURCES.register("wine")
class Wine(Bundled, frozen=True, tag="wine"):
    """Wines of three growers."""

    file = "wine"
    title = "Wine"
    description = "Thirteen chemical measures of a wine tell its grower: more inputs than any picture can show at once."
    input_names = (
        "alcohol",
        "malic acid",
        "ash",
        "alcalinity of ash",
        "magnesium",
        "total phenols",
        "flavanoids",
        "nonflavanoid phenols",
        "proanthocyanins",
        "colour intensity",
        "hue",
        "OD280/OD315",
        "proline",
    )
    class_names = ("grower 0", "grower 1", "grower 2")
