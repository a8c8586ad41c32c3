"""The command line: exit codes, one sentence for bad input, JSON that tells the truth."""

import json
import signal
from pathlib import Path
from typing import Any

import pytest
from tqdm import tqdm

from playground import cli
from playground.project import edits, fileformat, presets
from playground.project.model import Project
from playground.training import checkpoint


def run(capsys: Any, *words: str) -> tuple[int, str, str]:
    code = cli.main(list(words))
    captured = capsys.readouterr()
    return code, captured.out, captured.err


def test_presets_are_listed(capsys: Any) -> None:
    code, out, _ = run(capsys, "presets")
    assert code == 0
    assert {"circle", "xor", "gaussians", "spiral", "blobs", "plane", "digits"} <= {
        line.split()[0] for line in out.splitlines()
    }


def test_training_prints_one_json_object(capsys: Any) -> None:
    code, out, _ = run(capsys, "train", "circle", "--epochs", "120", "--seed", "3", "--json")
    facts = json.loads(out)
    assert code == 0
    assert list(facts) == [
        "preset",
        "epochs",
        "steps",
        "seconds",
        "train_loss",
        "test_loss",
        "train_metric",
        "test_metric",
        "metric",
        "parameters",
        "seed",
        "state",
        "purity",
        "gradient_norm",
    ]
    assert (facts["preset"], facts["epochs"], facts["seed"], facts["parameters"]) == ("circle", 120, 3, 25)
    assert facts["test_metric"] >= 0.9


def test_training_tells_the_purity_and_the_gradient_of_every_stage(capsys: Any) -> None:
    facts = json.loads(run(capsys, "train", "circle", "--epochs", "300", "--json")[1])
    assert [entry["stage"] for entry in facts["purity"]] == ["input", "layer 1", "layer 2", "prediction"]
    values = [entry["value"] for entry in facts["purity"]]
    assert values[0] < 0.65
    assert values[2] >= 0.95
    assert [entry["stage"] for entry in facts["gradient_norm"]] == ["layer 1", "layer 2", "prediction"]
    assert all(entry["value"] > 0 for entry in facts["gradient_norm"])
    words = run(capsys, "train", "circle", "--epochs", "5")[1]
    assert "layer 2 0." in words


def test_the_same_seed_gives_the_same_numbers(capsys: Any) -> None:
    results = [json.loads(run(capsys, "train", "xor", "--epochs", "20", "--seed", "5", "--json")[1]) for _ in range(2)]
    for facts in results:
        del facts["seconds"]
    assert results[0] == results[1]


def test_training_stops_when_the_test_loss_is_low(capsys: Any) -> None:
    _, out, _ = run(capsys, "train", "gaussians", "--epochs", "500", "--until-test-loss", "0.3", "--json")
    facts = json.loads(out)
    assert facts["test_loss"] < 0.3
    assert facts["epochs"] < 500


def test_a_saved_run_goes_on_where_it_ended(capsys: Any, tmp_path: Path) -> None:
    path = tmp_path / "run.playground"
    run(capsys, "train", "circle", "--epochs", "10", "--save", str(path), "--json")
    whole = json.loads(run(capsys, "train", "circle", "--epochs", "20", "--json")[1])
    rest = json.loads(run(capsys, "train", str(path), "--epochs", "10", "--json")[1])
    assert rest["epochs"] == whole["epochs"] == 20
    assert rest["train_loss"] == whole["train_loss"]


def test_a_project_that_cannot_train_is_told_in_one_sentence(capsys: Any, tmp_path: Path) -> None:
    path = tmp_path / "odd.playground"
    checkpoint.save(path, edits.set_loss(presets.default(), "categorical_crossentropy").project, None)
    code, out, err = run(capsys, "train", str(path))
    assert (code, out) == (2, "")
    assert len(err.strip().splitlines()) == 1


@pytest.mark.parametrize(
    "words",
    [
        ["nonsense"],
        ["train", "nonsense"],
        ["train", "circle", "--epochs", "-3"],
        ["train", "circle", "--epochs", "many"],
        ["train", "circle", "--nonsense"],
        ["train"],
        ["train", "missing.playground"],
        ["shot", "circle", "-o", "a.png", "--size", "7x7"],
        ["shot", "circle", "-o", "a.png", "--panel", "nonsense"],
        ["train", "circle", "--until-test-loss", "nan"],
        ["train", "circle", "--until-test-loss", "-1"],
        ["train", "circle", "--save", "run.txt"],
        ["shot", "circle", "-o", "a.xyz"],
        ["--nonsense"],
    ],
)
def test_bad_input_is_one_sentence_and_exit_code_2(capsys: Any, words: list[str]) -> None:
    code, out, err = run(capsys, *words)
    assert code == 2
    assert out == ""
    assert len(err.strip().splitlines()) == 1
    assert "Traceback" not in err


def test_inspecting_prints_what_is_inside(capsys: Any) -> None:
    code, out, _ = run(capsys, "inspect", "circle", "--json")
    facts = json.loads(out)
    assert code == 0
    assert (facts["epochs"], facts["parameters"]) == (0, 25)
    assert [entry["stage"] for entry in facts["purity"]] == ["input", "layer 1", "layer 2", "prediction"]
    assert [entry["stage"] for entry in facts["health"]] == ["layer 1", "layer 2", "prediction"]
    assert [entry["value"] for entry in facts["gradient_norm"]] == [
        entry["value"]["gradient_norm"] for entry in facts["health"]
    ]
    trained = json.loads(run(capsys, "inspect", "circle", "--epochs", "200", "--json")[1])
    assert trained["epochs"] == 200
    assert trained["purity"][2]["value"] > facts["purity"][2]["value"]
    assert trained["health"][0]["value"]["log10_update_ratio"] < facts["health"][0]["value"]["log10_update_ratio"]


def test_inspecting_can_be_read(capsys: Any) -> None:
    code, out, _ = run(capsys, "inspect", "digits", "--epochs", "1")
    assert code == 0
    assert "layer 2" in out
    assert "kind                 dense" in out
    assert run(capsys, "inspect", "nothing")[0] == 2


def test_check_says_what_can_be_opened(capsys: Any, tmp_path: Path) -> None:
    path = tmp_path / "trained.playground"
    assert run(capsys, "train", "xor", "--epochs", "3", "--save", str(path))[0] == 0
    code, out, err = run(capsys, "check", "circle", str(path))
    assert (code, err) == (0, "")
    assert "not trained" in out
    assert "trained.playground: fine" in out
    assert "trained for 3 epochs" in out


def test_check_names_every_file_that_cannot_be_trained(capsys: Any, tmp_path: Path) -> None:
    path = tmp_path / "odd.playground"
    checkpoint.save(path, edits.set_loss(presets.default(), "categorical_crossentropy").project, None)
    code, out, err = run(capsys, "check", str(path), "circle")
    assert code == 2
    assert "odd.playground cannot be trained: Categorical cross-entropy needs" in err
    assert len(err.splitlines()) == 1
    assert out.startswith("Circle: fine")


def test_check_names_every_file_that_cannot_be_opened(capsys: Any, tmp_path: Path) -> None:
    broken = tmp_path / "broken.playground"
    broken.write_bytes(b"PK not a zip")
    code, out, err = run(capsys, "check", str(broken), "circle", str(tmp_path / "none.playground"))
    assert code == 2
    assert len(err.splitlines()) == 2
    assert "fine" in out


def test_a_file_without_a_sound_picture_has_no_thumbnail(capsys: Any, tmp_path: Path) -> None:
    file, picture = tmp_path / "one.playground", tmp_path / "one.png"
    fileformat.save(file, Project())
    code, _, said = run(capsys, "thumbnail", str(file), str(picture))
    assert (code, "holds no picture" in said) == (2, True)
    fileformat.save(file, Project(), thumb=b"\x89PNG\r\n\x1a\nnonsense")
    code, _, said = run(capsys, "thumbnail", str(file), str(picture))
    assert (code, "damaged" in said) == (2, True)
    assert run(capsys, "thumbnail", str(file), str(picture), "--size", "0")[0] == 2
    assert not picture.exists()


def test_a_share_code_trains_elsewhere_in_the_same_way(capsys: Any) -> None:
    code = run(capsys, "share", "xor")[1].strip()
    facts = [json.loads(run(capsys, "train", name, "--epochs", "3", "--json")[1]) for name in ("xor", code)]
    assert facts[0]["train_loss"] == facts[1]["train_loss"]


def test_bench_measures_this_machine(capsys: Any) -> None:
    facts = json.loads(run(capsys, "bench", "--seconds", "1", "--json")[1])
    assert set(facts) == {"circle", "spiral", "digits", "digits_cnn"}
    assert all(speed["updates_per_second"] > 0 for speed in facts.values())


def test_ctrl_c_ends_the_training_and_saves_what_was_learned(
    capsys: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Bar(tqdm):  # type: ignore[type-arg]
        def update(self, n: float | None = 1) -> bool | None:
            if n is not None and n > 5:  # a bar that is not shown counts nothing itself
                signal.raise_signal(signal.SIGINT)  # what Ctrl-C does
            return super().update(n)

    monkeypatch.setattr("playground.cli.train.tqdm", Bar)
    path = tmp_path / "half.playground"
    code, out, err = run(capsys, "train", "circle", "--epochs", "1000000", "--save", str(path), "--json")
    assert code == 130
    assert "what was learned is in" in err
    opened = checkpoint.open_named(str(path))
    assert opened.state is not None
    assert opened.state.epoch == json.loads(out)["epochs"] > 5
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler
