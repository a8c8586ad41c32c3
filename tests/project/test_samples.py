"""Files of every earlier format open: one sample of each, never written again."""

import json
from pathlib import Path

import pytest

from playground.project import fileformat, presets
from playground.project.decode import FORMAT_VERSION, document
from playground.training import checkpoint
from playground.training.run import train

SAMPLES = Path(__file__).resolve().parents[1] / "samples"


@pytest.mark.parametrize("version", range(1, FORMAT_VERSION + 1))
def test_a_file_of_that_format_opens_with_all_that_was_learned(version: int) -> None:
    opened = checkpoint.open_file(SAMPLES / f"format_{version}.playground")
    assert opened.warnings == ()
    assert opened.project == presets.load("circle")
    assert opened.state is not None
    assert (opened.state.epoch, opened.state.step) == (20, 680)
    assert opened.state.marks[0].label == "Set noise to 0.1"
    assert len(opened.state.curves["epoch"]) == 20
    result = train(opened.project, state=opened.state, epochs=1)
    assert result.counters.epoch == 21
    assert result.counters.test_metric is not None
    assert result.counters.test_metric > 0.8


def test_every_format_has_its_sample() -> None:
    assert {file.name for file in SAMPLES.iterdir()} == {
        f"format_{version}.playground" for version in range(1, FORMAT_VERSION + 1)
    }


def test_a_newer_format_is_refused_politely(tmp_path: Path) -> None:
    raw = {**document(presets.default()), "format_version": FORMAT_VERSION + 1}
    path = tmp_path / "new.playground"
    path.write_text(json.dumps(raw))
    with pytest.raises(fileformat.FileError, match="was written by a newer version of the program.*Update the program"):
        checkpoint.open_file(path)
