"""Write examples to a file that can be imported again: points and tables as CSV, pictures as .npz."""

import csv
import os
import secrets
from pathlib import Path

import numpy as np

from playground.data.dataset import Dataset
from playground.data.pictures.archives import names_of
from playground.texts import Text


class SavingError(ValueError):
    """A data set that cannot be written; the message is a sentence."""


def suffix(dataset: Dataset) -> str:
    """The ending of a file for these data."""
    return ".npz" if dataset.input_kind == "image" else ".csv"


def save(dataset: Dataset, path: Path) -> None:
    """Write all examples, training and test, as they are now (noise included); a file that is there is replaced.

    CSV: UTF-8, commas, one column per input and a last one with the class or the number. npz: images uint8 (n, height,
    width, channels), labels int64 (n,), class_names.

    Raises:
        SavingError: when it cannot be written; what was there before stays.
    """
    draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        _write_pictures(dataset, draft) if dataset.input_kind == "image" else _write_rows(dataset, draft)
        os.replace(draft, path)
    except OSError as error:
        draft.unlink(missing_ok=True)
        reason = error.strerror or str(error)
        raise SavingError(
            Text("“%1” cannot be written: %2. Choose another folder or name.", str(path), reason)
        ) from error


def _write_rows(dataset: Dataset, path: Path) -> None:
    if dataset.labels is None:
        answers = [f"{value:.7g}" for value in dataset.targets[:, 0].tolist()]
    else:
        answers = [dataset.class_names[label] for label in dataset.labels]
    heads = [*dataset.input_names, "value" if dataset.labels is None else "class"]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(heads)
        for row, answer in zip(dataset.inputs.tolist(), answers, strict=True):
            writer.writerow([*(f"{value:.7g}" for value in row), answer])


def _write_pictures(dataset: Dataset, path: Path) -> None:
    images = np.clip(np.round(dataset.inputs * 255), 0, 255).astype(np.uint8)
    labels = np.zeros(dataset.n, np.int64) if dataset.labels is None else dataset.labels
    with path.open("wb") as file:
        np.savez_compressed(file, images=images, labels=labels, class_names=names_of(dataset.class_names))
