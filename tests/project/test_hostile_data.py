"""Whatever arrays stand in a file as the user's own data: it opens and trains, or says what is wrong."""

import json
from functools import cache
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from playground.data.block import Block, joined
from playground.data.sources import OWN_SOURCES
from playground.data.sources.pictures import Pictures
from playground.project import build, edits, fileformat, tables
from playground.project.archive import pack, pack_arrays
from playground.project.declarations import blocks
from playground.project.decode import document
from playground.project.model import Project
from playground.training import checkpoint
from playground.training.run import ready
from tests.project.test_own_data import points

CSV = "length,kind,weight\n" + "".join(f"{n % 7 + 1}.5,{'red' if n % 3 else 'blue'},{n % 5}\n" for n in range(40))


@cache
def project(kind: str, folder: Path) -> Project:
    if kind == "own_points":
        source: Any = points(40)
    elif kind == "own_pictures":
        rng = np.random.default_rng(0)
        images = rng.integers(0, 255, (24, 8, 8, 1), np.uint8)
        source = Pictures(Block({"images": images, "labels": np.arange(24) % 2}), ("a", "b"))
    else:
        (folder / "a.csv").write_text(CSV)
        return tables.project_for(tables.load(folder / "a.csv", target="kind")[0])
    return edits.set_source(Project(), source).project


numbers = st.sampled_from([0, 1, 2, -1, 255, 10**6, 2**31, -(2**62), np.nan, np.inf, 1e30, -0.5])
shapes = st.sampled_from([(), (0,), (1,), (3,), (24,), (40,), (40, 2), (24, 8, 8, 1), (24, 8, 8), (1, 1, 1, 1), (0, 2)])
kinds = st.sampled_from([np.float32, np.float64, np.int64, np.uint8, np.bool_, np.int32])


def _filled(shape: tuple[int, ...], number: float, kind: Any) -> Any:
    with np.errstate(all="ignore"):
        return np.full(shape, number).astype(kind)


odd = st.builds(_filled, shapes, numbers, kinds)
values = st.one_of(
    *(st.none(), st.booleans(), st.integers(-(2**70), 2**70), st.floats(allow_nan=False), st.text(max_size=5)),
    st.lists(st.text(max_size=3), max_size=4),
)


@pytest.mark.parametrize("kind", [name for name in OWN_SOURCES.names() if name != "formula"])
@given(st.data())
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_own_data_open_and_train_or_are_refused(
    tmp_path_factory: pytest.TempPathFactory, kind: str, data: st.DataObject
) -> None:
    folder = tmp_path_factory.getbasetemp()
    made = project(kind, folder)
    [block] = blocks(made)
    arrays = dict(block.arrays)
    for name in data.draw(st.lists(st.sampled_from(sorted(arrays)), max_size=2, unique=True)):
        if data.draw(st.integers(0, 4)):
            arrays[name] = data.draw(odd)
        else:
            del arrays[name]
    raw = json.loads(msgspec.json.encode(document(made)))
    other = Block(arrays)
    raw["project"]["data"]["source"]["block"] = other.digest
    source = raw["project"]["data"]["source"]
    for name in data.draw(st.lists(st.sampled_from(sorted(set(source) - {"block", "kind"})), max_size=2, unique=True)):
        source[name] = data.draw(values)
    stored = joined(iter([other]))
    path = folder / f"{kind}.playground"
    path.write_bytes(pack({"project.json": json.dumps(raw).encode(), "data.npz": pack_arrays(stored)}))
    try:
        opened = checkpoint.open_file(path)
    except fileformat.FileError as error:
        assert str(error).endswith(".")  # noqa: PT017
        return
    if not build.problems(opened.project):
        assert ready(opened.project, opened.state, 1).epoch == 1
