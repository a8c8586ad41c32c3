"""Take pictures as the data set, with a network that fits when the present one is not for pictures."""

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import msgspec

from playground.data.block import Block
from playground.data.sources import Pictures
from playground.engine import optimizers
from playground.engine.layers import Dense, Flatten
from playground.project import adapt, edits
from playground.project.edit import Edit
from playground.project.model import LEAST_POINTS, MOST_POINTS, Project
from playground.texts import Text

if TYPE_CHECKING:
    from playground.data.pictures import PictureSet

UNITS = 32
MOST_NAME = 60
"""Letters of the name of a class or data set."""


def use(project: Project, source: Pictures, label: Text) -> Edit:
    """Learn from pictures, without noise. A network for pictures is kept and follows; else it is a small new one.

    Raises:
        EditError: when the project cannot take them.
    """
    if project.data.source.input_kind != "image":
        return _fresh(project, source, label)
    made = edits.set_source(project, source)
    calm = msgspec.structs.replace(made.project.data, noise=0.0)
    return replace(made, label=label, project=msgspec.structs.replace(made.project, data=calm), merge_key=None)


def source_of(found: "PictureSet", **settings: Any) -> Pictures:
    """Pictures that were read as a data set; settings: of its copies."""
    block = Block({"images": found.images, "labels": found.labels})
    return Pictures(block, tuple(name[:MOST_NAME] for name in found.class_names), found.name[:MOST_NAME], **settings)


def project_for(found: "PictureSet") -> Project:
    """A project that begins with pictures and a small network for them."""
    return use(Project(), source_of(found), Text("Import pictures %1", found.name)).project


def _fresh(project: Project, source: Pictures, label: Text) -> Edit:
    layers = (Flatten(), Dense(units=UNITS, activation="relu"), adapt.output_layer(source))
    points = min(max(LEAST_POINTS, source.most or 0), MOST_POINTS)
    data = msgspec.structs.replace(project.data, source=source, points=points, noise=0.0, training_share=0.8)
    training = msgspec.structs.replace(
        project.training,
        loss=adapt.loss_for(project, source),
        optimizer=optimizers.get("adam", learning_rate=0.005),
        batch_size=16 if points < 5000 else 64,
    )
    network = msgspec.structs.replace(project.network, layers=layers)
    made = msgspec.structs.replace(project, data=data, network=network, training=training)
    return Edit(label, made, origin=(None,) * len(layers))
