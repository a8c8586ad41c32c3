"""The bell curve: its density φ(z) and the area Φ(z) to the left of z, as recorded calls. NumPy has no erf.

Φ(z) = ½ + sign(z) (½ − ½ erfc(a)), a = |z| / √2. The tail is written erfc(a) = exp(−a²) P(t), t = (a − 2.5)/(a + 2.5),
which leaves P so smooth that a short polynomial, fitted at Chebyshev nodes on 0 ≤ a ≤ 6, is enough: |error| ≤ 3e-15 in
float64 and below the rounding of float32. (The substitution is Schonfelder's, 1978; the coefficients are our own fit.)
"""

import math

import numpy as np

from playground.engine.recorder import Array, Recorder

_MIDDLE, _FARTHEST = 2.5, 6.0  # beyond a = 6 the tail is below 3e-17
_DOUBLE = (
    0.2108063640611440, -0.3717367339489776, 0.2517131932173557, -0.1250330523781639, 0.0399225390817659,
    -0.0039937011874995, -0.0026423661315345, 0.0008759156832142, 0.0002283826463491, -0.0001288772250845,
    -0.0000341982237934, 0.0000185988818095, 0.0000076038927503, -0.0000021961423808, -0.0000018248046314,
    -0.0000001214212445, 0.0000001860971044, 0.0000000475748386,
)  # fmt: skip
_SINGLE = (
    0.2108063655492922, -0.3717367622800593, 0.2517130095631280, -0.1250319852523594, 0.0399269716538102,
    -0.0040018134715330, -0.0026812777577267, 0.0008713372034276, 0.0003357100699795,
)  # fmt: skip


def area(ops: Recorder, z: Array, out: Array) -> None:
    """Record out ← Φ(z); both of any one shape, not the same array."""
    a, t, constant = ops.empty(*z.shape), ops.empty(*z.shape), ops.constant
    ops.call(np.abs, z, a)
    ops.call(np.multiply, a, constant(math.sqrt(0.5)), a)
    ops.call(np.minimum, a, constant(_FARTHEST), out=a)
    ops.call(np.subtract, a, constant(_MIDDLE), t)
    ops.call(np.add, a, constant(_MIDDLE), out)
    ops.call(np.divide, t, out, t)
    polynomial(ops, t, _DOUBLE if ops.dtype == np.float64 else _SINGLE, out)
    ops.call(np.multiply, a, a, a)
    ops.call(np.negative, a, a)
    ops.call(np.exp, a, a)
    ops.call(np.multiply, out, a, out)  # erfc(a)
    ops.call(np.multiply, out, constant(0.5), out)
    ops.call(np.subtract, constant(0.5), out, out)
    ops.call(np.copysign, out, z, out)
    ops.call(np.add, out, constant(0.5), out)


def density(ops: Recorder, z: Array, out: Array) -> None:
    """Record out ← φ(z) = exp(−z²/2) / √(2π)."""
    ops.call(np.multiply, z, z, out)
    ops.call(np.multiply, out, ops.constant(-0.5), out)
    ops.call(np.exp, out, out)
    ops.call(np.multiply, out, ops.constant(1 / math.sqrt(2 * math.pi)), out)


def polynomial(ops: Recorder, t: Array, coefficients: tuple[float, ...], out: Array) -> None:
    """Record out ← c₀ + c₁ t + c₂ t² + …, by Horner's rule from the last coefficient on."""
    ops.call(out.fill, coefficients[-1])
    for coefficient in coefficients[-2::-1]:
        ops.call(np.multiply, out, t, out)
        ops.call(np.add, out, ops.constant(coefficient), out)
