"""The history of a run as CSV."""

import csv
from pathlib import Path

import pytest

from playground.export import history
from playground.export.errors import ExportError
from playground.project import presets
from playground.training import run


def test_every_epoch_stands_in_a_row(tmp_path: Path) -> None:
    result = run.train(presets.load("circle"), epochs=12)
    history.write(tmp_path / "history.csv", result.state)
    rows = list(csv.DictReader((tmp_path / "history.csv").read_text(encoding="utf-8").splitlines()))
    assert [int(row["epoch"]) for row in rows] == list(range(1, 13))
    assert [int(row["updates"]) for row in rows] == [34 * epoch for epoch in range(1, 13)]
    curves = result.state.curves
    assert float(rows[3]["train_loss"]) == pytest.approx(curves["train_loss"][3], rel=1e-6)
    assert float(rows[-1]["learning_rate"]) == pytest.approx(0.03)
    assert all(row["train_loss"] for row in rows)


def test_without_training_there_is_nothing_to_write(tmp_path: Path) -> None:
    with pytest.raises(ExportError, match="Train it first"):
        history.write(tmp_path / "history.csv", None)
    assert list(tmp_path.iterdir()) == []
