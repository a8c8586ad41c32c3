"""Links terms of the glossary in a running text, such as a step of a lesson."""

import re
from functools import lru_cache
from html import escape

from playground.lessons.glossary import bundled
from playground.session.language import translated
from playground.views.help import page
from playground.views.theme import Theme, Token

MOST = 3
"""Links in one text; more would be in the way of reading."""

PLAIN = {
    *("class", "deep_learning", "example", "input", "label", "layer", "network", "prediction", "step", "target"),
    *("test_set", "training", "training_set", "unit", "weight", "linear", "noise", "depth", "local_minimum"),
}
"""Words that everybody who reads on knows by then."""

_LETTER = r"[\w\u0900-\u097F]"  # Python does not count the vowel signs of Devanagari as letters
_ENDING = 2  # letters that a language may add to a name: gradients, Gewichten


def linked(text: str, theme: Theme) -> str:
    """``text`` (plain, in the user's language) as rich text; the first mention of some terms is a link to them."""
    parts, place, seen = [], 0, set[str]()
    names = _names()
    for found in _pattern(tuple(names)).finditer(text):
        id = names[found[1].casefold()]
        if id in seen or len(seen) == MOST:
            continue
        seen.add(id)
        parts += [escape(text[place : found.start()]), page.link(id, found[0], theme.hex(Token.SELECTION))]
        place = found.end()
    return "".join((*parts, escape(text[place:])))


def _names() -> dict[str, str]:
    """What the terms are called in the user's language, in small letters, with their ids; longest first."""
    names = {
        re.sub(r"\s*\(.*\)", "", translated(term.term)).casefold(): term.id
        for term in bundled().terms.values()
        if term.id not in PLAIN
    }
    return dict(sorted(names.items(), key=lambda pair: -len(pair[0])))


@lru_cache(maxsize=4)
def _pattern(names: tuple[str, ...]) -> re.Pattern[str]:
    """Any of the names as a word of its own, with an ending or without."""
    words = "|".join(map(re.escape, names))
    return re.compile(f"(?<!{_LETTER})({words}){_LETTER}{{0,{_ENDING}}}(?!{_LETTER})", re.IGNORECASE)
