"""What the engines are compared on: networks from a toy to a small image classifier, with made-up data.

Hidden layers have one activation; the output is linear with mean squared error, or softmax with categorical
cross-entropy. ``image``: (height, width) in front of two convolutions; else the inputs are plain numbers.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]


@dataclass(frozen=True)
class Workload:
    """One network with its data. ``units``: inputs, hidden layers, outputs; ``grid``: only forward, all units."""

    name: str
    title: str
    units: tuple[int, ...]
    activation: str
    optimizer: str
    examples: int
    batch: int
    learning_rate: float = 0.01
    image: tuple[int, int] | None = None
    grid: bool = False

    @property
    def classifies(self) -> bool:
        """Whether the output is softmax."""
        return self.units[-1] > 1

    @property
    def steps(self) -> int:
        """Mini-batches in an epoch."""
        return -(-self.examples // self.batch)

    def data(self) -> tuple[Floats, Floats]:
        """Inputs (examples, inputs) and targets (examples, outputs), float32; images (examples, height, width, 1)."""
        rng = np.random.default_rng(0)
        x = rng.standard_normal((self.examples, *(self.image or (self.units[0],)))).astype(np.float32)
        labels = rng.integers(0, max(self.units[-1], 2), self.examples)
        y = np.eye(self.units[-1], dtype=np.float32)[labels] if self.classifies else labels[:, None].astype(np.float32)
        return (x[..., None] if self.image else x), y


WORKLOADS = (
    Workload("W1", "2-4-2-1 tanh, batch 10, SGD", (2, 4, 2, 1), "tanh", "sgd", 250, 10),
    Workload("W2", "2-8-8-8-1 tanh, batch 10, SGD", (2, 8, 8, 8, 1), "tanh", "sgd", 250, 10),
    Workload("W2a", "2-8-8-8-1 tanh, batch 10, Adam", (2, 8, 8, 8, 1), "tanh", "adam", 250, 10),
    Workload("W3", "2-8-8-8-1 tanh, batch 250, SGD", (2, 8, 8, 8, 1), "tanh", "sgd", 250, 250),
    Workload("W4", "64-64-32-10 ReLU softmax, batch 32, Adam", (64, 64, 32, 10), "relu", "adam", 1500, 32, 0.001),
    Workload("W5", "784-256-128-10 ReLU, batch 128, Adam", (784, 256, 128, 10), "relu", "adam", 2560, 128, 0.001),
    Workload("W6", "28×28 CNN, batch 32, Adam", (784, 10), "relu", "adam", 320, 32, 0.001, image=(28, 28)),
    Workload(
        "W7", "100×100 grid through 2-8-8-8-1, all units", (2, 8, 8, 8, 1), "tanh", "sgd", 10_000, 10_000, grid=True
    ),
)
