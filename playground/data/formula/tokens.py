"""Cut the text of a formula into tokens, each with its place."""

import re

import msgspec

from playground.texts import Text

MAX_LENGTH = 200
"""Characters of a formula."""

_SPELLINGS = {
    "₁": "1",
    "₂": "2",
    "−": "-",
    "–": "-",
    "·": "*",
    "×": "*",
    "÷": "/",
    "≤": "<=",
    "≥": ">=",
    "≠": "!=",
    "π": " pi ",
    "²": "^2 ",
    "³": "^3 ",
    "√": " sqrt ",
}
"""What people write, and what is meant by it."""

_TOKEN = re.compile(
    r"\s*(?:(?P<number>(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)|(?P<name>[A-Za-z_][A-Za-z0-9_]*)"
    r"|(?P<sign>\*\*|<=|>=|==|!=|&&|\|\||[-+*/^()<>=,!]))"
)


class FormulaError(ValueError):
    """A formula that cannot be understood: one sentence, and the place (first character: 0) that it is about."""

    def __init__(self, sentence: str, place: int) -> None:
        super().__init__(sentence)
        self.place = place


class Token(msgspec.Struct, frozen=True):
    """One word of a formula. kind: "number", "name", "sign" or "end"; place: where it begins in the user's text."""

    kind: str
    text: str
    place: int


def tokens(text: str) -> tuple[Token, ...]:
    """The tokens of a formula, the last one being the end.

    Raises:
        FormulaError: for a text that is empty or too long, and for characters that mean nothing here.
    """
    if not text.strip():
        raise FormulaError(Text("The formula is empty; write for example sin(x1) + x2."), 0)
    if len(text) > MAX_LENGTH:
        raise FormulaError(
            Text("The formula has %1 characters; the most is %2.", f"{len(text):,}", MAX_LENGTH), MAX_LENGTH
        )
    plain, places = _plain(text)
    found, at, end = [], 0, len(plain.rstrip())
    while at < end:
        match = _TOKEN.match(plain, at)
        if match is None:
            at += len(plain[at:]) - len(plain[at:].lstrip())
            raise _stranger(plain[at], places[at])
        kind = str(match.lastgroup)
        found.append(Token(kind, match[kind], places[match.start(kind)]))
        at = match.end()
    return (*found, Token("end", "", len(text.rstrip())))


def _plain(text: str) -> tuple[str, list[int]]:
    """The text in plain characters, and for each of them its place in the user's text."""
    plain, places = [], []
    for place, character in enumerate(text):
        spelled = _SPELLINGS.get(character, character)
        plain.append(spelled)
        places += [place] * len(spelled)
    return "".join(plain), places


def _stranger(character: str, place: int) -> FormulaError:
    remedy = Text(" Join comparisons by “and” or “or”.") if character in "&|;" else ""
    text = Text("%1 at character %2 has no meaning in a formula.%3", repr(character), place + 1, remedy)
    return FormulaError(text, place)
