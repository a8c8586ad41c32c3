"""The purity gauges of the network in numbers."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication

from playground.insight.examples import Purity
from playground.views.canvas.stages import Stage
from playground.views.table_twin import Column, Table


def purity_table(stages: Sequence[Stage], purity: Purity | None) -> Table:
    """One row per column of the network: its kind, units and parameters, and how pure it leaves the examples."""
    readings = purity.stages if purity is not None else ()
    known = [readings[place] if place < len(readings) else float("nan") for place in range(len(stages))]
    chance = purity.chance if purity is not None else float("nan")
    return Table(
        _tr("Purity from stage to stage"),
        (
            Column(_tr("layer"), [_tr("Input") if not place else str(place) for place in range(len(stages))]),
            Column(_tr("kind"), [stage.title for stage in stages]),
            Column(_tr("units"), [stage.units for stage in stages]),
            Column(_tr("parameters"), [stage.parameters for stage in stages]),
            Column(_tr("purity"), known),
            Column(_tr("purity by chance"), [chance] * len(stages)),
        ),
    )


def _tr(text: str) -> str:
    return QCoreApplication.translate("twins", text)
