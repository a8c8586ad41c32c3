"""What is saved is read again by the program's own import."""

from pathlib import Path

import numpy as np
import pytest

from playground.data import SOURCES, make
from playground.data.saving import SavingError, save, suffix


@pytest.mark.parametrize("name", ["circle", "blobs", "plane", "iris"])
def test_rows_and_answers_come_back(tmp_path: Path, name: str) -> None:
    dataset = make(SOURCES[name](), 60, 0.1, 0.5, 0)
    path = tmp_path / f"data{suffix(dataset)}"
    save(dataset, path)
    lines = [line.split(",") for line in path.read_text(encoding="utf-8").splitlines()]
    assert lines[0] == [*dataset.input_names, "value" if name == "plane" else "class"]
    rows = np.array([[float(cell) for cell in line[:-1]] for line in lines[1:]])
    assert rows == pytest.approx(dataset.inputs, rel=1e-6)
    if dataset.labels is None:
        assert [float(line[-1]) for line in lines[1:]] == pytest.approx(dataset.targets[:, 0].tolist(), rel=1e-6)
    else:
        assert [line[-1] for line in lines[1:]] == [dataset.class_names[label] for label in dataset.labels]
    assert [file.name for file in tmp_path.iterdir()] == [path.name]


def test_pictures_come_back(tmp_path: Path) -> None:
    dataset = make(SOURCES["digits"](), 40, 0.0, 0.5, 0)
    save(dataset, tmp_path / "digits.npz")
    with np.load(tmp_path / "digits.npz", allow_pickle=False) as archive:
        assert archive["images"].shape == (40, 8, 8, 1)
        assert archive["images"] / 255 == pytest.approx(dataset.inputs, abs=0.003)
        assert archive["labels"].tolist() == dataset.labels.tolist()
        assert archive["class_names"].tolist() == list(dataset.class_names)


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(SavingError, match="Choose another folder"):
        save(make(SOURCES["circle"](), 20, 0.1, 0.5, 0), tmp_path / "no" / "data.csv")
