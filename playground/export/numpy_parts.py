"""Pieces of the NumPy script: activations, losses and optimizers as source code, by their names."""

ACTIVATIONS = {
    "linear": ("z", "np.ones_like(z)"),
    "relu": ("np.maximum(z, 0)", "(z > 0).astype(float)"),
    "leaky_relu": ("np.maximum(z, 0.2 * z)", "np.where(z > 0, 1.0, 0.2)"),
    "elu": ("np.where(z > 0, z, np.expm1(np.minimum(z, 0)))", "np.where(z > 0, 1.0, np.exp(np.minimum(z, 0)))"),
    "selu": (
        "1.0507009873554805 * np.where(z > 0, z, 1.6732632423543772 * np.expm1(np.minimum(z, 0)))",
        "1.0507009873554805 * np.where(z > 0, 1.0, 1.6732632423543772 * np.exp(np.minimum(z, 0)))",
    ),
    "silu": ("z / (1 + np.exp(-z))", "(1 + np.exp(-z) * (1 + z)) / (1 + np.exp(-z)) ** 2"),
    "softplus": ("np.log1p(np.exp(-np.abs(z))) + np.maximum(z, 0)", "1 / (1 + np.exp(-z))"),
    "softsign": ("z / (1 + np.abs(z))", "1 / (1 + np.abs(z)) ** 2"),
    "tanh": ("np.tanh(z)", "1 - np.tanh(z) ** 2"),
    "sigmoid": ("0.5 * (1 + np.tanh(0.5 * z))", "0.25 * (1 - np.tanh(0.5 * z) ** 2)"),
    "hard_sigmoid": ("np.clip(z / 6 + 0.5, 0, 1)", "np.where(np.abs(z) < 3, 1 / 6, 0.0)"),
    "sine": ("np.sin(z)", "np.cos(z)"),
    "gelu": (
        "0.5 * z * (1 + erf(z / np.sqrt(2)))",
        "0.5 * (1 + erf(z / np.sqrt(2))) + z * np.exp(-0.5 * z**2) / np.sqrt(2 * np.pi)",
    ),
    "step": ("(z > 0).astype(float)", "np.zeros_like(z)"),
}
"""f(z) and f'(z), as expressions of z."""

NAMES = {"step": "heaviside"}
"""Activations that have another name in the script, where a training step is called ``step``."""

SOFTMAX = '''def softmax(z):
    """Several outputs compared: all positive, their sum is 1."""
    e = np.exp(z - z.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)'''

LOSSES = {
    "mean_squared_error": ("np.square(p - t).mean()", "2 * (p - t) / p.size"),
    "mean_absolute_error": ("np.abs(p - t).mean()", "np.sign(p - t) / p.size"),
    "huber": (
        "(np.minimum(np.abs(p - t), DELTA) * (np.abs(p - t) - 0.5 * np.minimum(np.abs(p - t), DELTA))).mean()",
        "np.clip(p - t, -DELTA, DELTA) / p.size",
    ),
    "log_cosh": ("np.log(np.cosh(p - t)).mean()", "np.tanh(p - t) / p.size"),
    "binary_crossentropy": (
        "-(t * np.log(np.clip(p, 1e-7, 1)) + (1 - t) * np.log(np.clip(1 - p, 1e-7, 1))).mean()",
        "(p - t) / p.size",
    ),
    "categorical_crossentropy": ("-(t * np.log(np.clip(p, 1e-7, 1))).sum(axis=1).mean()", "(p - t) / len(p)"),
    "hinge": (
        "np.maximum(1 - (2 * t - 1) * p, 0).mean()",
        "-np.where((2 * t - 1) * p < 1, 2 * t - 1, 0) / p.size",
    ),
    "squared_hinge": (
        "np.square(np.maximum(1 - (2 * t - 1) * p, 0)).mean()",
        "-2 * (2 * t - 1) * np.maximum(1 - (2 * t - 1) * p, 0) / p.size",
    ),
}
"""The loss, and its gradient (for cross-entropies that by z, the sum before sigmoid or softmax)."""

DECAY = """{% if weight_decay %}
w -= LEARNING_RATE * {{ weight_decay }} * w
{% endif %}
"""
OPTIMIZERS = {
    "sgd": """{% if momentum %}
memory["v"] = {{ momentum }} * memory.get("v", 0) - LEARNING_RATE * g
{% if nesterov %}
w += {{ momentum }} * memory["v"] - LEARNING_RATE * g
{% else %}
w += memory["v"]
{% endif %}
{% else %}
w -= LEARNING_RATE * g
{% endif %}""",
    "adam": """m = memory["m"] = {{ beta_1 }} * memory.get("m", 0) + (1 - {{ beta_1 }}) * g
v = memory["v"] = {{ beta_2 }} * memory.get("v", 0) + (1 - {{ beta_2 }}) * g**2
{% if amsgrad %}
v = memory["v_max"] = np.maximum(memory.get("v_max", 0), v)
{% endif %}
rate = LEARNING_RATE * np.sqrt(1 - {{ beta_2 }}**t) / (1 - {{ beta_1 }}**t)
w -= rate * m / (np.sqrt(v) + {{ epsilon }})""",
    "adagrad": """a = memory["a"] = memory.get("a", {{ initial_accumulator_value }}) + g**2
w -= LEARNING_RATE * g / np.sqrt(a + {{ epsilon }})""",
    "rmsprop": """v = memory["v"] = {{ rho }} * memory.get("v", 0) + (1 - {{ rho }}) * g**2
w -= LEARNING_RATE * g / np.sqrt(v + {{ epsilon }})""",
    "adadelta": """v = memory["v"] = {{ rho }} * memory.get("v", 0) + (1 - {{ rho }}) * g**2
d = g * np.sqrt(memory.get("u", 0) + {{ epsilon }}) / np.sqrt(v + {{ epsilon }})
memory["u"] = {{ rho }} * memory.get("u", 0) + (1 - {{ rho }}) * d**2
w -= LEARNING_RATE * d""",
    "adamax": """m = memory["m"] = {{ beta_1 }} * memory.get("m", 0) + (1 - {{ beta_1 }}) * g
u = memory["u"] = np.maximum({{ beta_2 }} * memory.get("u", 0), np.abs(g))
w -= LEARNING_RATE / (1 - {{ beta_1 }}**t) * m / (u + {{ epsilon }})""",
    "nadam": """now, ahead = {{ beta_1 }} * (1 - 0.5 * 0.96**t), {{ beta_1 }} * (1 - 0.5 * 0.96 ** (t + 1))
product = memory["product"] = memory.get("product", 1.0) * now
m = memory["m"] = {{ beta_1 }} * memory.get("m", 0) + (1 - {{ beta_1 }}) * g
v = memory["v"] = {{ beta_2 }} * memory.get("v", 0) + (1 - {{ beta_2 }}) * g**2
size = np.sqrt(v / (1 - {{ beta_2 }}**t)) + {{ epsilon }}
w -= LEARNING_RATE * (ahead * m / (1 - product * ahead) + (1 - now) * g / (1 - product)) / size""",
    "lion": """m = memory.get("m", 0)
w -= LEARNING_RATE * np.sign({{ beta_1 }} * m + (1 - {{ beta_1 }}) * g)
memory["m"] = {{ beta_2 }} * m + (1 - {{ beta_2 }}) * g""",
}
OPTIMIZERS["adamw"] = OPTIMIZERS["adam"]
"""The body of ``update(w, g, memory, t)``, after ``DECAY``; w: weights, g: gradient, t: number of the step."""
