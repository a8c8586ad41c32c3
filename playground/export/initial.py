"""How weights start, as source code: functions for the NumPy script, calls for the PyTorch script.

Keras knows all initializers by the names that the program uses, so its script needs nothing from here.
"""

import math

from playground.engine.initializers import SPREAD_WITHIN_TWO, Constant, RandomNormal, RandomUniform, fans

FANS = '''def fans(shape):
    """How many numbers feed a unit, and how many it feeds."""
    if len(shape) < 2:
        return shape[0], shape[0]
    field = int(np.prod(shape[:-2]))
    return field * shape[-2], field * shape[-1]
'''
BELL = '''def bell(shape):
    """Numbers from the bell curve, drawn again until all lie within 2 standard deviations."""
    values = rng.standard_normal(shape)
    while (far := np.abs(values) > 2).any():
        values[far] = rng.standard_normal(far.sum())
    return values
'''
ORTHOGONAL = """rows, columns = int(np.prod(shape[:-1])), shape[-1]
    q, r = np.linalg.qr(rng.standard_normal((max(rows, columns), min(rows, columns))))
    q = q * np.sign(np.diag(r))
    return np.reshape(q if rows >= columns else q.T, shape)"""
UNIFORM, NORMAL = RandomUniform(), RandomNormal()

SCALED = {
    "glorot_uniform": (1, True, False, "Glorot and Bengio, 2010"),
    "glorot_normal": (1, True, True, "Glorot and Bengio, 2010"),
    "he_uniform": (2, False, False, "He et al., 2015"),
    "he_normal": (2, False, True, "He et al., 2015"),
    "lecun_uniform": (1, False, False, "LeCun et al., 1998"),
    "lecun_normal": (1, False, True, "LeCun et al., 1998"),
}
"""Rules with the variance scale / n: scale, whether n is the mean of both fans (else fan_in), bell curve, source."""

PLAIN = {
    "zeros": ("All 0.", "return np.zeros(shape)"),
    "ones": ("All 1.", "return np.ones(shape)"),
    "constant": ("All the same.", f"return np.full(shape, {Constant().value})"),
    "random_uniform": ("Evenly.", f"return rng.uniform({UNIFORM.minval}, {UNIFORM.maxval}, shape)"),
    "random_normal": ("From the bell curve.", f"return rng.normal({NORMAL.mean}, {NORMAL.stddev}, shape)"),
    "truncated_normal": ("The bell curve without its far numbers.", f"return {NORMAL.stddev} * bell(shape)"),
    "orthogonal": ("Columns (or rows) at right angles (Saxe et al., 2013).", ORTHOGONAL),
}


def numpy_functions(names: set[str]) -> list[str]:
    """The functions ``name(shape)`` of these initializers, and those that they need, for the NumPy script."""
    needs_bell = any(name == "truncated_normal" or (name in SCALED and SCALED[name][2]) for name in names)
    helpers = [FANS] * bool(names & SCALED.keys()) + [BELL] * needs_bell
    return helpers + [_numpy_function(name) for name in (*PLAIN, *SCALED) if name in names]


def _numpy_function(name: str) -> str:
    if name in PLAIN:
        words, body = PLAIN[name]
        return f'def {name}(shape):\n    """{words}"""\n    {body}\n'
    scale, average, normal, source = SCALED[name]
    n = "((fan_in + fan_out) / 2)" if average else "fan_in"
    names = "fan_in, fan_out" if average else "fan_in, _"
    head = f'def {name}(shape):\n    """Variance {scale} / {n}: {source}."""\n    {names} = fans(shape)\n'
    variance = f"{scale} / {n}"
    if normal:
        return f"{head}    return np.sqrt({variance}) / {SPREAD_WITHIN_TWO:.8f} * bell(shape)\n"
    return f"{head}    limit = np.sqrt(3 * {variance})\n    return rng.uniform(-limit, limit, shape)\n"


def torch_call(name: str, tensor: str, shape: tuple[int, ...]) -> str:
    """The call that fills ``tensor`` of the PyTorch script by an initializer; ``shape`` is Keras' shape of it."""
    if name in SCALED:
        scale, average, normal, _ = SCALED[name]
        fan_in, fan_out = fans(shape)
        variance = scale / ((fan_in + fan_out) / 2 if average else fan_in)
        if normal:
            return _bell(tensor, math.sqrt(variance) / SPREAD_WITHIN_TWO)
        if len(shape) > 1 and name == "glorot_uniform":
            return f"nn.init.xavier_uniform_({tensor})"
        limit = math.sqrt(3 * variance)
        return f"nn.init.uniform_({tensor}, {-limit:.6g}, {limit:.6g})"
    if name == "truncated_normal":
        return _bell(tensor, NORMAL.stddev)
    return {
        "zeros": f"nn.init.zeros_({tensor})",
        "ones": f"nn.init.ones_({tensor})",
        "constant": f"nn.init.constant_({tensor}, {Constant().value})",
        "random_uniform": f"nn.init.uniform_({tensor}, {UNIFORM.minval}, {UNIFORM.maxval})",
        "random_normal": f"nn.init.normal_({tensor}, {NORMAL.mean}, {NORMAL.stddev})",
        "orthogonal": f"nn.init.orthogonal_({tensor})",
    }[name]


def _bell(tensor: str, spread: float) -> str:
    """Numbers of the bell curve within two standard deviations, as in Keras."""
    return f"nn.init.trunc_normal_({tensor}, 0, {spread:.6g}, {-2 * spread:.6g}, {2 * spread:.6g})"
