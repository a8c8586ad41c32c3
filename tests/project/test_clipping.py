"""Layers as text."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.engine.layers import LAYERS, Conv2D, Dense, Layer, Residual
from playground.engine.regularizers import L2
from playground.project import clipping
from playground.project.edits import EditError

SOME: tuple[Layer, ...] = (
    Dense(3, "relu", kernel_regularizer=L2(0.1), trainable=False, muted=(1,)),
    Conv2D(4, (3, 5)),
    Residual([Dense(2), Dense(3, bypassed=True)]),
)


def test_layers_come_back_as_they_were() -> None:
    assert clipping.from_text(clipping.to_text(SOME)) == SOME


@pytest.mark.parametrize("name", LAYERS.names())
def test_every_kind_can_be_copied(name: str) -> None:
    layer = LAYERS[name]()
    assert clipping.from_text(clipping.to_text((layer,))) == (layer,)


@given(st.text() | st.binary().map(lambda data: data.decode("latin-1")))
def test_other_text_is_refused_in_words(text: str) -> None:
    with pytest.raises(EditError, match="holds no layers"):
        clipping.from_text(text)


def altered(**changes: object) -> str:
    return json.dumps({**json.loads(clipping.to_text(SOME)), **changes})


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (altered(version=2), "newer version"),
        (altered(version="1"), "holds no layers"),
        (altered(layers=[]), "holds 0 layers"),
        (altered(layers=[{"kind": "dense"}] * 70), "holds 70 layers"),
        (altered(layers=[{"kind": "teleport"}]), "cannot be used: Invalid value 'teleport'"),
        (altered(layers=[{"kind": "dense", "units": 10**9}]), "cannot be used"),
        (altered(layers=[{"kind": "dense", "activation": "wobble"}]), "Activation is 'wobble'"),
        (altered(layers="dense"), "cannot be used"),
        ("[" * 100_000 + clipping.FORMAT, "holds no layers"),
        (clipping.FORMAT + "x" * clipping.LONGEST, "holds no layers"),
    ],
)
def test_damaged_text_is_refused_in_words(text: str, sentence: str) -> None:
    with pytest.raises(EditError, match=sentence):
        clipping.from_text(text)
