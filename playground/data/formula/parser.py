"""Read a formula by recursive descent; nothing of it is ever handed to Python.

either     = both ("or" both)*
both       = comparison ("and" comparison)*
comparison = "not" comparison | sum (("<" | "<=" | ">" | ">=" | "=" | "==" | "!=") sum)*    0 < x < 1 is allowed
sum        = product (("+" | "-") product)*
product    = signed (("*" | "/" | nothing) signed)*         2x and 2(x + 1) are products, as on paper
signed     = ("-" | "+") signed | power                     −x² is −(x²)
power      = atom (("^" | "**") signed)?                    2^3^2 is 2^(3^2)
atom       = number | constant | variable | function "(" either ("," either)* ")" | "(" either ")"
"""

import difflib
import math
from collections.abc import Callable

from playground.data.formula.nodes import (
    COMPARISONS,
    CONSTANTS,
    FUNCTIONS,
    VARIABLES,
    Call,
    Negative,
    Node,
    Not,
    Number,
    Operation,
    Variable,
)
from playground.data.formula.tokens import FormulaError, Token, tokens
from playground.texts import Text

MAX_DEPTH = 40
"""How deep brackets, signs and powers may stand within each other."""

_SAME = {"=": "==", "**": "^", "&&": "and", "||": "or", "!": "not"}
_WORDS = ("and", "or", "not")
_KNOWN = (*VARIABLES, *CONSTANTS, *FUNCTIONS, *_WORDS)


def read(text: str) -> Node:
    """The formula as a tree.

    Raises:
        FormulaError: a sentence that says at which character something else is expected, and what.
    """
    parser = _Parser(tokens(text))
    tree = parser.either()
    if parser.next.text == ",":
        place = parser.next.place
        raise FormulaError(
            Text(
                "At character %1 stands a comma; write numbers with a point (0.5), and commas in brackets only, "
                "as in min(x1, x2).",
                place + 1,
            ),
            place,
        )
    if parser.next.kind != "end":
        raise parser.expected(Text("an operator such as + or *, or the end"))
    return tree


class _Parser:
    """Walks along the tokens; each method reads what it is named after."""

    def __init__(self, words: tuple[Token, ...]) -> None:
        self._words, self._at, self._depth = words, 0, 0

    @property
    def next(self) -> Token:
        return self._words[self._at]

    @property
    def sign(self) -> str:
        """The next token as one of the operators, in its usual spelling."""
        word = self.next
        return _SAME.get(word.text, word.text) if word.kind == "sign" or word.text in _WORDS else ""

    def take(self) -> Token:
        word = self.next
        self._at += 1
        return word

    def expected(self, what: str) -> FormulaError:
        word = self.next
        if word.kind == "end":
            text = Text("The formula ends at character %1; %2 is expected there.", word.place, what)
            return FormulaError(text, word.place)
        text = Text("At character %1, %2 is expected instead of “%3”.", word.place + 1, what, word.text)
        return FormulaError(text, word.place)

    def deeper(self, reading: Callable[[], Node]) -> Node:
        self._depth += 1
        if self._depth > MAX_DEPTH:
            place = self.next.place
            text = Text("At character %1 the formula is nested more than %2 deep.", place + 1, MAX_DEPTH)
            raise FormulaError(text, place)
        found = reading()
        self._depth -= 1
        return found

    def either(self) -> Node:
        return self._logic("or", self.both)

    def both(self) -> Node:
        return self._logic("and", self.comparison)

    def _logic(self, word: str, part: Callable[[], Node]) -> Node:
        left = part()
        while self.sign == word:
            place = self.take().place
            left = Operation(place, word, _condition(left, word), _condition(part(), word))
        return left

    def comparison(self) -> Node:
        if self.sign == "not":
            place = self.take().place
            return Not(place, _condition(self.deeper(self.comparison), "not"))
        left = self.sum()
        found: Node | None = None
        while self.sign in COMPARISONS:
            sign, place = self.sign, self.take().place
            right = self.sum()
            link = Operation(place, sign, left, right)
            found = link if found is None else Operation(place, "and", found, link)
            left = right
        return left if found is None else found

    def sum(self) -> Node:
        left = self.product()
        while self.sign in ("+", "-"):
            sign, place = self.sign, self.take().place
            left = Operation(place, sign, left, self.product())
        return left

    def product(self) -> Node:
        left = self.signed()
        while True:
            if self.sign in ("*", "/"):
                sign, place = self.sign, self.take().place
                left = Operation(place, sign, left, self.signed())
            elif self.sign == "(" or (self.next.kind == "name" and self.next.text not in _WORDS):
                left = Operation(self.next.place, "*", left, self.power())
            else:
                return left

    def signed(self) -> Node:
        if self.sign in ("-", "+"):
            word = self.take()
            part = self.deeper(self.signed)
            return Negative(word.place, part) if word.text == "-" else part
        return self.power()

    def power(self) -> Node:
        base = self.atom()
        if self.sign != "^":
            return base
        place = self.take().place
        return Operation(place, "^", base, self.deeper(self.signed))

    def atom(self) -> Node:
        word = self.next
        if word.kind == "number":
            return self._number(self.take())
        if word.kind == "name" and word.text not in _WORDS:
            return self._named(self.take())
        if word.text == "(":
            self.take()
            found = self.deeper(self.either)
            self._close(word)
            return found
        raise self.expected(Text("a number, x1, x2, a function or “(”"))

    def _number(self, word: Token) -> Node:
        value = float(word.text)
        if not math.isfinite(value):
            raise FormulaError(Text("The number at character %1 is too large.", word.place + 1), word.place)
        return Number(word.place, value)

    def _named(self, word: Token) -> Node:
        name = word.text if word.text in _KNOWN else word.text.lower()
        if name in FUNCTIONS:
            return self._call(name, word)
        if name in CONSTANTS:
            return Number(word.place, CONSTANTS[name])
        if name in VARIABLES:
            return Variable(word.place, name)
        near = difflib.get_close_matches(name, _KNOWN, 1)
        remedy = Text("did you mean %1?", near[0]) if near else Text("known names: %1.", ", ".join(_KNOWN))
        text = Text("“%1” at character %2 is unknown; %3", word.text, word.place + 1, remedy)
        raise FormulaError(text, word.place)

    def _call(self, name: str, word: Token) -> Node:
        if self.next.text != "(":
            values = "x1, x2" if FUNCTIONS[name].least > 1 else "x1"
            raise self.expected(Text("“(” after %1, as in %1(%2),", name, values))
        bracket = self.take()
        parts = [self.deeper(self.either)]
        while self.next.text == ",":
            self.take()
            parts.append(self.deeper(self.either))
        self._close(bracket)
        least, most = FUNCTIONS[name].least, FUNCTIONS[name].most
        if len(parts) < least or (most is not None and len(parts) > most):
            wanted = Text("one value") if most == 1 else Text("at least %1 values", least)
            text = Text("%1 at character %2 takes %3, not %4.", name, word.place + 1, wanted, len(parts))
            raise FormulaError(text, word.place)
        return Call(word.place, name, tuple(parts))

    def _close(self, bracket: Token) -> None:
        if self.next.text != ")":
            raise self.expected(Text("“)” for the bracket at character %1", bracket.place + 1))
        self.take()


def _condition(part: Node, word: str) -> Node:
    if not part.condition:
        raise FormulaError(
            Text(
                "“%1” joins comparisons, but at character %2 stands a number; write for example x1 > 0.",
                word,
                part.place + 1,
            ),
            part.place,
        )
    return part
