"""A card as rich text: letters with their indices, numbers as the user writes them, small tables in data colours."""

import math
from collections.abc import Mapping
from html import escape

from playground.insight.trace.card import Card, Note, Table
from playground.insight.trace.formulas.digits import FEW, digits_of
from playground.insight.trace.formulas.expression import Formula, Part, Raised, Symbol, Value
from playground.session import language
from playground.texts import Text
from playground.views.messages import fill
from playground.views.scales import number
from playground.views.theme import Theme, Token, mix

ONE_LINE = 46  # signs; letters and numbers of a longer formula stand below each other
MANY = 5  # so many formulas stand on single lines, whatever their length
_CELL_STRENGTH = 0.55
_BELOW = str.maketrans("0123456789,", "₀₁₂₃₄₅₆₇₈₉,")
_HAT, _HAT_AFTER = "\u0302", "\u02c6"  # a hat above a letter is drawn beside it by many fonts


def translated(text: str) -> str:
    """A text of a card in the user's language."""
    return language.translated(text)


def sentence(note: Note) -> str:
    """A note with its values."""
    return fill(translated(note.text), *(translated(v) if isinstance(v, str) else figure(v) for v in note.values))


def figure(value: float, digits: int = 3) -> str:
    """A number as plain text, with a real minus sign."""
    return number(value, digits).replace("-", "−")


class CardText:
    """Writes cards as rich text in the colours of a theme."""

    def __init__(self, theme: Theme) -> None:
        self._theme = theme
        self._marked: Symbol | None = None
        self._digits: Mapping[str, int] = {}

    def write(self, card: Card, size: int, hidden_from: int | None = None) -> str:
        """The whole card in letters of ``size`` pixels; from formula ``hidden_from`` on, results are left out."""
        self._marked = card.marked
        shown = card.formulas if hidden_from is None else card.formulas[: hidden_from + 1]
        rows = [
            self._formula(one, hidden=at == hidden_from, single=len(card.formulas) >= MANY)
            for at, one in enumerate(shown)
        ]
        formulas = f'<table cellspacing="0" cellpadding="0">{"".join(rows)}</table>' if rows else ""
        tables = "" if hidden_from is not None and not card.formulas else self._tables(card.tables)
        return f'<div style="font-size:{size}px">{formulas}{tables}</div>'

    # -- formulas --------------------------------------------------------------------------------------------------

    def _formula(self, one: Formula, *, hidden: bool, single: bool) -> str:
        digits = digits_of(one)
        self._digits = digits.values
        sign = "←" if one.arrow else "="
        letters, numbers = self._parts(one.in_symbols), self._parts(one.in_numbers)
        result = "?" if hidden else self._number(one.result, digits.result)
        strong = f"<b>{result}</b>"
        if not one.agrees and not hidden:
            color, should = self._theme.hex(Token.WARNING), self._number(one.evaluate(), digits.result)
            told = translated(Text("the formula gives %1", should))
            strong = f'<b style="color:{color}">{result}</b> <span style="color:{color}">({told})</span>'
        muted = f'style="color:{self._theme.hex(Token.MUTED)}"'
        head = f'<td align="right"><nobr>{self._symbol(one.left)}</nobr></td><td>&nbsp;{sign}&nbsp;</td>'
        if not letters:
            return f"<tr>{head}<td>{strong}</td></tr>"
        same = letters == numbers
        if single or same or _length(one.in_symbols) + _length(one.in_numbers) <= ONE_LINE:
            middle = "" if same else f" = {numbers}"
            return f"<tr>{head}<td><span {muted}>{letters}</span>{middle} = {strong}</td></tr>"
        below = f"<tr><td></td><td>&nbsp;=&nbsp;</td><td>{numbers} = {strong}</td></tr>"
        return f"<tr>{head}<td><span {muted}>{letters}</span></td></tr>{below}"

    def _parts(self, parts: tuple[Part, ...]) -> str:
        return "".join(map(self._part, parts))

    def _part(self, part: Part) -> str:
        if isinstance(part, Symbol):
            return self._symbol(part)
        if isinstance(part, Raised):
            (only,) = part.parts if len(part.parts) == 1 else ("",)
            if isinstance(only, Value) and only.value.is_integer():
                return f"<sup>{only.value:.0f}</sup>"
            return f"<sup>{self._parts(part.parts)}</sup>"
        if isinstance(part, Value):
            text = self._number(part.value, self._digits.get(part.name, FEW))
            text = f"({text})" if part.guarded and part.value < 0 else text
            return self._mark(text) if part.of is not None and part.of == self._marked else text
        return escape(part)

    def _symbol(self, symbol: Symbol) -> str:
        base = escape(translated(symbol.base) if isinstance(symbol.base, Text) else symbol.base)
        below = f"<sub>{escape(symbol.sub)}</sub>" if symbol.sub else ""
        color = self._theme.hex(Token.MUTED)
        above = f'<sup style="color:{color}">{escape(symbol.sup)}</sup>' if symbol.sup else ""
        text = f"{base.replace(_HAT, _HAT_AFTER)}{below}{above}"
        return self._mark(text) if symbol == self._marked else text

    def _mark(self, text: str) -> str:
        return f'<span style="color:{self._theme.hex(Token.SELECTION)}">{text}</span>'

    def _number(self, value: float, digits: int = 3) -> str:
        text = figure(value, digits)
        mantissa, e, power = text.partition("e")
        return f"{mantissa}·10<sup>{power}</sup>" if e else text

    # -- tables ----------------------------------------------------------------------------------------------------

    def _tables(self, tables: tuple[Table, ...]) -> str:
        """Small tables side by side; those of one row below each other."""
        if not tables:
            return ""
        if _as_rows(tables):
            return self._strips(tables)
        cells = "".join(f"{self._sign(table)}<td>{self._grid(table)}</td>" for table in tables)
        return f'<table cellspacing="0" cellpadding="3"><tr>{cells}</tr></table>'

    def _sign(self, table: Table) -> str:
        return f'<td valign="middle">{table.sign}</td>' if table.sign else ""

    def _strips(self, tables: tuple[Table, ...]) -> str:
        """Tables with the same columns as the rows of one."""
        style = f"font-size:11px;color:{self._theme.hex(Token.MUTED)}"
        heads = "".join(
            f'<td align="center" style="{style}">{self._symbol(column)}</td>' for column in tables[0].columns
        )
        rows = [f'<tr><td style="{style}"></td>{heads}</tr>']
        for table in tables:
            scale = _scale(table)
            for at, values in enumerate(table.numbers.tolist()):
                name = translated(table.words) if table.words else ""
                symbol = self._symbol(table.rows[at]) if at < len(table.rows) else ""
                cells = "".join(self._cell(value, scale) for value in values)
                more = self._more(table) if at == 0 else ""
                rows.append(f'<tr><td align="right">{name} {symbol}&nbsp;</td>{cells}{more}</tr>')
        return f'<table cellspacing="2" cellpadding="3">{"".join(rows)}</table>'

    def _grid(self, table: Table) -> str:
        """A matrix or a list with its letter above."""
        scale, muted = _scale(table), self._theme.hex(Token.MUTED)
        words = f' <span style="color:{muted}">{translated(table.words)}</span>' if table.words else ""
        body = []
        for values in table.numbers.tolist():
            cells = "".join(self._cell(value, scale) for value in values)
            body.append(f"<tr>{cells}</tr>")
        if table.hidden:
            words += f' <span style="color:{muted};font-size:11px">{self._hidden(table)}</span>'
        wide = max(1, table.numbers.shape[1])
        head = f'<tr><td colspan="{wide}" align="center"><nobr>{self._symbol(table.title)}{words}</nobr></td></tr>'
        return f'<table cellspacing="1" cellpadding="1">{head}{"".join(body)}</table>'

    def _cell(self, value: float, scale: float) -> str:
        theme = self._theme
        data = theme.color(Token.NEGATIVE if value < 0 else Token.POSITIVE)
        share = min(1.0, abs(value) / scale) if scale and math.isfinite(value) else 0.0
        back = mix(theme.color(Token.CARD), data, _CELL_STRENGTH * share).name()
        return f'<td align="right" bgcolor="{back}"><nobr>{self._number(value, 2 if abs(value) < 1 else 3)}</nobr></td>'

    def _more(self, table: Table) -> str:
        if not table.hidden:
            return ""
        muted = self._theme.hex(Token.MUTED)
        return f'<td style="color:{muted};font-size:11px">{self._hidden(table)}</td>'

    def _hidden(self, table: Table) -> str:
        return translated(Text("… %1 more", figure(table.hidden)))


def exact(card: Card) -> str:
    """The results of a card with all digits that single precision has, line by line."""
    return "\n".join(f"{plain(one.left)} = {figure(one.result, 9)}" for one in card.formulas)


def plain(symbol: Symbol) -> str:
    """A letter with its lower index as plain text."""
    layer = translated(Text(" of layer %1", symbol.sup.strip("()"))) if symbol.sup.startswith("(") else ""
    return symbol.base + symbol.sub.translate(_BELOW) + layer


def _as_rows(tables: tuple[Table, ...]) -> bool:
    """Whether tables stand below each other as the rows of one, not side by side."""
    return tables[0].words == "prediction" or all(len(table.numbers) == 1 and table.columns for table in tables)


def _scale(table: Table) -> float:
    finite = [abs(value) for row in table.numbers.tolist() for value in row if math.isfinite(value)]
    return max(finite, default=0.0)


def _length(parts: tuple[Part, ...]) -> int:
    """About how many signs a formula takes."""
    total = 0
    for part in parts:
        if isinstance(part, Symbol):
            total += len(part.base) + 1
        elif isinstance(part, Raised):
            total += _length(part.parts)
        elif isinstance(part, Value):
            total += len(figure(part.value)) + (2 if part.guarded and part.value < 0 else 0)
        else:
            total += len(part)
    return total


def extent(card: Card) -> tuple[float, int]:
    """About how many lines a card has, and how many signs its longest line."""
    single, lines, wide = len(card.formulas) >= MANY, 0.0, 1
    for one in card.formulas:
        letters, numbers = _length(one.in_symbols), _length(one.in_numbers)
        both = single or letters + numbers <= ONE_LINE
        lines += 1 if both else 2
        wide = max(wide, 16 + (letters + numbers if both else max(letters, numbers)))
    if card.tables:
        rows = [table.numbers.shape[0] for table in card.tables]
        lines += 1.3 + (sum(rows) if _as_rows(card.tables) else max(rows)) * 1.25
        columns = sum(table.numbers.shape[1] for table in card.tables)
        wide = max(wide, 8 + 6 * (columns if not _as_rows(card.tables) else card.tables[0].numbers.shape[1]))
    return lines, wide
