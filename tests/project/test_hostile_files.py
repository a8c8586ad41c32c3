"""Files made to do harm are refused in one sentence, within little memory, and touch nothing else."""

import io
import json
import os
import pickle
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from playground.project import presets
from playground.project.archive import pack, pack_arrays
from playground.project.decode import document
from playground.project.model import Project

ROOT = Path(__file__).resolve().parents[2]
LIMIT = 700 * 1024 * 1024
CHECK = f"""
import resource, sys
import playground.cli
import playground.cli.check
resource.setrlimit(resource.RLIMIT_AS, (int(sys.argv[1]) + {LIMIT}, -1))
sys.exit(playground.cli.main(["check", *sys.argv[2:]]))
"""
"""Address space that is there already (NumPy, BLAS) does not count: it is given as the first argument."""
TAKEN = 1024 * 1024 * 1024

GOOD = json.dumps(document(Project())).encode()


def zipped(members: list[tuple[str, bytes]], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as file:
        for name, content in members:
            file.writestr(name, content)
    return buffer.getvalue()


def bomb(path: Path) -> None:
    """2 GB of zeros within 2 MB."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("project.json", GOOD)
        with file.open("weights.npz", "w", force_zip64=True) as part:
            for _ in range(2048):
                part.write(bytes(1024 * 1024))


def nested_bomb(path: Path) -> None:
    """Thirty parts, each of which holds an array of 100 MB that was packed within the allowed ratio."""
    inner = io.BytesIO()
    block = np.random.default_rng(0).bytes(512 * 1024) + bytes(95 * 1024 * 1024)
    header = b"{'descr': '|u1', 'fortran_order': False, 'shape': (%d,), }" % len(block)
    with zipfile.ZipFile(inner, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("a.npy", b"\x93NUMPY\x01\x00" + len(header).to_bytes(2, "little") + header + block)
    parts = {f"part{number}.npz": inner.getvalue() for number in range(30)}
    path.write_bytes(pack({"project.json": GOOD, **parts}))


def many_entries(path: Path) -> None:
    path.write_bytes(zipped([(f"{number}", b"") for number in range(100_000)], zipfile.ZIP_STORED))


def huge_json(path: Path) -> None:
    with open(path, "wb") as stream:
        stream.write(b'{"format_version": 1, "project": [')
        stream.truncate(1024**3)


def huge_archive(path: Path) -> None:
    with open(path, "wb") as stream:
        stream.write(b"PK\x03\x04")
        stream.truncate(1024**3)


def deep_json(path: Path) -> None:
    path.write_bytes(b'{"format_version": 1, "project": ' + b"[" * 3_000_000)


def much_json(path: Path) -> None:
    path.write_bytes(zipped([("project.json", b'{"format_version": 1, "project": [' + b"[]," * 20_000_000 + b"0]}")]))


def units(path: Path) -> None:
    raw: dict[str, Any] = document(Project())
    raw["project"]["network"]["layers"] = [{"kind": "dense", "units": 10**9}]
    path.write_bytes(json.dumps(raw).encode())


def much_memory(path: Path) -> None:
    """A few words that would take 10 GB."""
    conv = {"kind": "conv2d", "filters": 1024, "padding": "same"}
    small = {**conv, "filters": 64, "kernel_size": 1}
    raw: dict[str, Any] = document(presets.load("digits"))
    layers = [conv, small, conv, {"kind": "flatten"}, {"kind": "dense", "units": 10, "activation": "softmax"}]
    raw["project"]["network"]["layers"] = layers
    raw["project"]["training"]["batch_size"] = 100_000
    path.write_bytes(json.dumps(raw).encode())


def pickled(path: Path) -> None:
    class Harm:
        def __reduce__(self) -> Any:
            return os.system, (f"touch {path.parent}/touched",)

    buffer = io.BytesIO()
    np.savez(buffer, parameters=np.array([Harm()], dtype=object))
    path.write_bytes(pack({"project.json": GOOD, "weights.npz": buffer.getvalue()}))


def only_pickle(path: Path) -> None:
    path.write_bytes(pickle.dumps({"project": 1}))


def large_array(path: Path) -> None:
    array = zipped(
        [("a.npy", b"\x93NUMPY\x01\x00\x3b\x00{'descr': '<f8', 'fortran_order': False, 'shape': (10**12,), }")]
    )
    path.write_bytes(pack({"project.json": GOOD, "weights.npz": array}))


def a_pipe(path: Path) -> None:
    os.mkfifo(path)


def a_device(path: Path) -> None:
    path.symlink_to("/dev/zero")


HOSTILE = (
    *(bomb, nested_bomb, many_entries, huge_json, huge_archive, deep_json, much_json, units, pickled, only_pickle),
    *(much_memory, large_array, a_pipe, a_device),
)


def check(*paths: Path) -> subprocess.CompletedProcess[str]:
    """Run ``playground check`` with little memory."""
    words = [sys.executable, "-c", CHECK, str(TAKEN), *map(str, paths)]
    return subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=False, timeout=60)


@pytest.mark.parametrize("make", HOSTILE, ids=lambda make: make.__name__)
def test_it_is_refused_in_one_sentence_within_little_memory(tmp_path: Path, make: Any) -> None:
    path = tmp_path / "bad.playground"
    make(path)
    done = check(path)
    assert (done.returncode, done.stdout) == (2, ""), done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
    assert "bad.playground" in done.stderr or "/bad" in done.stderr
    assert "Traceback" not in done.stderr
    assert len(done.stderr) < 300
    assert os.listdir(tmp_path) == ["bad.playground"]


def test_names_that_lead_elsewhere_are_never_used(tmp_path: Path) -> None:
    path = tmp_path / "inside" / "odd.playground"
    path.parent.mkdir()
    link = zipfile.ZipInfo("link.json")
    link.external_attr = 0o120777 << 16
    members = [("project.json", GOOD), ("../out.json", b"1"), ("/tmp/playground-out.json", b"1"), ("a/b.npz", b"1")]
    path.write_bytes(zipped(members))
    with zipfile.ZipFile(path, "a") as file:
        file.writestr(link, "/etc/passwd")
    done = check(path)
    assert done.returncode == 2  # the link's content is no JSON
    assert "damaged" in done.stderr
    path.write_bytes(zipped(members))
    done = check(path)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.count("unknown to this version and was left out") == 3
    assert sorted(entry.name for entry in tmp_path.rglob("*")) == ["inside", "odd.playground"]
    assert not Path("/tmp/playground-out.json").exists()


def test_a_good_file_passes_within_the_same_memory(tmp_path: Path) -> None:
    path = tmp_path / "good.playground"
    path.write_bytes(pack({"project.json": GOOD, "state.npz": pack_arrays({"m": np.zeros(1_000_000, np.float32)})}))
    done = check(path)
    assert (done.returncode, done.stderr) == (0, "")
