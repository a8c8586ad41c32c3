"""A weighted sum, written out: of many terms the strongest ones."""

from playground.insight.trace.formulas.expression import Formula, Symbol

MOST_TERMS = 4
"""Of a sum; the strongest are written out, the others become one number."""

Terms = list[tuple[Symbol, float, Symbol, float]]
"""Of each product both letters and numbers: weight, its value, what it is multiplied by, its value."""


def weighted(left: Symbol, terms: Terms, bias: tuple[Symbol, float] | None, result: float, keep: int = -1) -> Formula:
    """Left = Σ w · x (+ b); of many terms the strongest, and ``keep``, are written out."""
    order = sorted(range(len(terms)), key=lambda at: -abs(terms[at][1] * terms[at][3]))
    written = sorted(order[:MOST_TERMS] if len(terms) > MOST_TERMS + 1 else order)
    if 0 <= keep < len(terms) and keep not in written:
        written = sorted([*written[:-1], keep])
    symbols, values, parts = dict[str, Symbol](), dict[str, float](), list[str]()
    for at in written:
        w, w_value, x, x_value = terms[at]
        symbols |= {f"w{at}": w, f"x{at}": x}
        values |= {f"w{at}": w_value, f"x{at}": x_value}
        parts.append(f"w{at} * x{at}")
    if len(written) < len(terms):
        rest = sum(terms[at][1] * terms[at][3] for at in range(len(terms)) if at not in written)
        symbols["rest"], values["rest"] = Symbol("…"), rest
        parts.append("rest")
    if bias is not None:
        symbols["b"], values["b"] = bias
        parts.append("b")
    return Formula(left, " + ".join(parts), result, symbols, values)
