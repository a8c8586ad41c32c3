"""Which part of the gallery a data set stands in."""

from enum import Enum

from PySide6.QtCore import QCoreApplication

from playground.data.dataset import Task
from playground.data.sources import SOURCES, Source


class Group(Enum):
    """The parts of the gallery, in their order."""

    CLASSES = "classes"
    NUMBERS = "numbers"
    IMAGES = "images"
    TABLES = "tables"
    YOURS = "yours"


def group_of(source: Source) -> Group:
    """Where ``source`` stands: by what it is, but what is not ready-made belongs to the user."""
    if str(source.__struct_config__.tag) not in SOURCES:
        return Group.YOURS
    if source.input_kind == "image":
        return Group.IMAGES
    if source.input_kind == "table":
        return Group.TABLES
    return Group.NUMBERS if source.task is Task.REGRESSION else Group.CLASSES


def members(group: Group) -> tuple[str, ...]:
    """The names of the ready-made sets of a group, in the order of the registry."""
    return tuple(name for name, kind in SOURCES.items() if group_of(kind()) is group)


def title(group: Group) -> str:
    """The name of a group on its button."""
    return {
        Group.CLASSES: QCoreApplication.translate("DataPanel", "Classes"),
        Group.NUMBERS: QCoreApplication.translate("DataPanel", "Numbers"),
        Group.IMAGES: QCoreApplication.translate("DataPanel", "Images"),
        Group.TABLES: QCoreApplication.translate("DataPanel", "Tables"),
        Group.YOURS: QCoreApplication.translate("DataPanel", "Yours"),
    }[group]


def help_text(group: Group) -> str:
    """One sentence about a group."""
    return {
        Group.CLASSES: QCoreApplication.translate("DataPanel", "Points on the plane that belong to classes."),
        Group.NUMBERS: QCoreApplication.translate("DataPanel", "A number at each place of the plane: regression."),
        Group.IMAGES: QCoreApplication.translate("DataPanel", "Pictures with a label each."),
        Group.TABLES: QCoreApplication.translate("DataPanel", "Real measurements: rows of numbers."),
        Group.YOURS: QCoreApplication.translate(
            "DataPanel", "Data of your own: painted, drawn, imported or calculated."
        ),
    }[group]
