"""Try a formula over the plane before anything is made of it."""

import numpy as np
from numpy.typing import NDArray

from playground.data.dataset import DOMAIN
from playground.data.formula.tokens import FormulaError
from playground.texts import Text

_SIDE = 61

Floats = NDArray[np.float64]


def places() -> tuple[Floats, Floats]:
    """x1 and x2 (n,) of points all over the plane, its middle and borders included."""
    side = np.linspace(-DOMAIN, DOMAIN, _SIDE)
    x1, x2 = np.meshgrid(side, side)
    return x1.ravel(), x2.ravel()


def check(values: NDArray[np.generic], x1: Floats, x2: Floats) -> None:
    """See whether the values (n,) of a formula at these places can be worked with.

    Raises:
        FormulaError: when there is no value at one of the places, or the same one at all of them.
    """
    numbers = np.asarray(values, np.float64)
    bad = np.flatnonzero(~np.isfinite(numbers))
    if bad.size:
        place = f"x1 = {x1[bad[0]]:.3g}, x2 = {x2[bad[0]]:.3g}".replace("-", "−")
        raise FormulaError(
            Text(
                "The formula has no value at %1; keep what stands under log, sqrt or a fraction line above 0, for "
                "example with abs(x1) + 1.",
                place,
            ),
            0,
        )
    if np.ptp(numbers) < 1e-9:
        raise FormulaError(Text("The formula has the same value everywhere; let it depend on x1 or x2."), 0)
