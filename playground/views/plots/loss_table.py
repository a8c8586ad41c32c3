"""The loss curves in numbers."""

from collections.abc import Callable

import numpy as np
from PySide6.QtCore import QCoreApplication

from playground.views.plots import series
from playground.views.table_twin import Column, Table


def loss_table(
    title: str, values: Callable[[str], series.Floats], *, metric: bool, percent: bool, smoothing: float
) -> Table:
    """One row per known moment; curves that are drawn smoothed stand beside the measured ones.

    values: gives "epoch" and each curve by its name. percent: the metric is an accuracy.
    """
    heads = {"train_loss": _tr("training loss"), "test_loss": _tr("test loss")}
    if metric:
        heads["train_metric"] = _tr("training accuracy") if percent else _tr("training R²")
        heads["test_metric"] = _tr("test accuracy") if percent else _tr("test R²")
    columns = [Column(_tr("epoch"), values("epoch"))]
    for name, head in heads.items():
        measured = values(name)
        columns.append(Column(head, measured))
        if smoothing > 0 and len(measured):
            known, smooth = np.isfinite(measured), np.full(len(measured), np.nan)
            smooth[known] = series.smooth(measured[known], smoothing)
            columns.append(Column(_tr("%1, smoothed").replace("%1", head), smooth))
    return Table(title, tuple(columns))


def _tr(text: str) -> str:
    return QCoreApplication.translate("twins", text)
