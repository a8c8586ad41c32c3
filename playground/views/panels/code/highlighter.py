"""Colours of Python source code, readable in both themes; blue and orange stay with the data."""

import keyword
import re

from PySide6.QtGui import QSyntaxHighlighter, QTextCharFormat, QTextDocument

from playground.views.theme import Theme, Token

WORDS = re.compile(rf"\b(?:{'|'.join(keyword.kwlist)})\b")
STRINGS = re.compile(r'"[^"\n]*"|\'[^\'\n]*\'')
NUMBERS = re.compile(r"(?<![\w.])\d[\d_.]*(?:e[+-]?\d+)?")
COMMENT = re.compile(r"#.*")
QUOTES = '"""'
INSIDE = 1
"""The state of a line that ends within a docstring."""


class Highlighter(QSyntaxHighlighter):
    """Words of the language strong, strings and docstrings green, comments pale, numbers violet."""

    def __init__(self, document: QTextDocument, theme: Theme) -> None:
        super().__init__(document)
        self._theme = theme
        theme.changed.connect(self.rehighlight)

    def highlightBlock(self, text: str) -> None:
        """Colour one line."""
        strong = self._format(Token.TEXT)
        strong.setFontWeight(700)
        for pattern, kind in (
            (WORDS, strong),
            (NUMBERS, self._format(Token.SELECTION)),
            (STRINGS, self._format(Token.GOOD)),
            (COMMENT, self._format(Token.MUTED)),
        ):
            for found in pattern.finditer(text):
                self.setFormat(found.start(), found.end() - found.start(), kind)
        self._docstrings(text)

    def _docstrings(self, text: str) -> None:
        """Strings in three quotes, which may reach over many lines."""
        inside, place = self.previousBlockState() == INSIDE, 0
        while True:
            start = 0 if inside and not place else text.find(QUOTES, place)
            if start < 0:
                break
            end = text.find(QUOTES, start if inside and not place else start + len(QUOTES))
            stop = len(text) if end < 0 else end + len(QUOTES)
            self.setFormat(start, stop - start, self._format(Token.GOOD))
            inside, place = end < 0, stop
            if end < 0:
                break
        self.setCurrentBlockState(INSIDE if inside else 0)

    def _format(self, token: Token) -> QTextCharFormat:
        kind = QTextCharFormat()
        kind.setForeground(self._theme.color(token))
        return kind
