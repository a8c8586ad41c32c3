"""The weights of a network by name, in Keras' shapes and order, as .npz and as .safetensors."""

import io
import json
import struct
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from playground.export import files
from playground.project import build
from playground.project.model import Project
from playground.training.records import State

Weights = Mapping[str, NDArray[Any]]
TYPES = {"float32": "F32", "float64": "F64"}
ALIGNMENT = 8


def weights(project: Project, state: State | None) -> dict[str, NDArray[np.float32]]:
    """The parameters and moving statistics ("0.kernel", "0.bias", "1.moving_mean" …) of a run, or the initial ones."""
    network = build.network(project)
    if state is not None:
        network.flat[:] = state.parameters
        if state.moving.shape == network.moving.shape:
            network.moving[:] = state.moving
    return network.parameters()


def write_npz(path: Path, project: Project, state: State | None) -> None:
    """Write the weights so that ``numpy.load`` reads them without pickle.

    Raises:
        ExportError: when the file cannot be written.
    """
    buffer = io.BytesIO()
    np.savez(buffer, **weights(project, state))  # type: ignore[arg-type]  # NumPy's stub takes one of the names for a flag
    files.write(path, buffer.getvalue())


def write_safetensors(path: Path, project: Project, state: State | None) -> None:
    """Write the weights as .safetensors.

    Raises:
        ExportError: when the file cannot be written.
    """
    files.write(path, safetensors(weights(project, state)))


def safetensors(arrays: Weights) -> bytes:
    """Arrays in the safetensors format: eight bytes with the length of a JSON header, the header, then the numbers.

    Format: https://github.com/huggingface/safetensors, version 0.4. A page of code, so no library is needed.
    """
    header: dict[str, Any] = {"__metadata__": {"format": "np"}}
    start, parts = 0, []
    for name, array in arrays.items():
        content = np.ascontiguousarray(array, array.dtype.newbyteorder("<")).tobytes()
        kind, shape = TYPES[array.dtype.name], list(array.shape)
        header[name] = {"dtype": kind, "shape": shape, "data_offsets": [start, start + len(content)]}
        parts.append(content)
        start += len(content)
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % ALIGNMENT)
    return b"".join([struct.pack("<Q", len(text)), text, *parts])
