"""The glossary: terms of the field and of this window, from ``resources/glossary``, checked to the last link.

A file named with a number holds one chapter; ``sources.json`` holds the books and papers. In ``what`` and ``where`` a
link to another term is written ``<a href='id'>words</a>``; nothing else there is markup.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from functools import cache, cached_property
from pathlib import Path
from typing import Annotated, Literal, TypeVar

import msgspec

from playground import resources
from playground.texts import Text

LINK = re.compile(r"<a href='([a-z0-9_]+)'>([^<>]+)</a>")
FOLDER = "glossary"
Part = TypeVar("Part")

_Id = Annotated[str, msgspec.Meta(pattern="^[a-z0-9_]+$", max_length=40)]
_Words = Annotated[str, msgspec.Meta(min_length=1, max_length=120)]
_Paragraph = Annotated[str, msgspec.Meta(min_length=20, max_length=900)]


class GlossaryError(ValueError):
    """A glossary that cannot be read, or has a link to nowhere; the message names the file or the term."""


class Source(msgspec.Struct, frozen=True):
    """A book or paper. ``place``: publisher, journal with volume, or conference."""

    author: _Words
    year: Annotated[int, msgspec.Meta(ge=1600, le=2100)]
    title: Annotated[str, msgspec.Meta(min_length=1, max_length=200)]
    place: _Words


class Term(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One term. ``what`` it is; ``where`` it is on the screen; ``related``: ids of terms beside it.

    formula: in signs only; ``short``: the same in words, which are translated. control: the object name of the widget
    that "Show me" rings, or "tab." and the name of a tab. also: other names that a search finds. kinds: what the window
    offers under this term, such as "layer:dense". source: the id of a source; ``section`` of it.
    """

    id: _Id
    term: _Words
    what: _Paragraph
    where: _Paragraph
    related: Annotated[tuple[_Id, ...], msgspec.Meta(min_length=1, max_length=6)]
    source: _Id
    section: str = ""
    formula: Annotated[str, msgspec.Meta(max_length=120)] = ""
    short: Annotated[str, msgspec.Meta(max_length=120)] = ""
    control: Annotated[str, msgspec.Meta(max_length=80)] = ""
    also: tuple[_Words, ...] = ()
    kinds: tuple[_Words, ...] = ()

    @property
    def links(self) -> tuple[str, ...]:
        """The ids of all terms that this one leads to."""
        return (*(id for id, _ in LINK.findall(self.what + self.where)), *self.related)


class Chapter(msgspec.Struct, frozen=True):
    """Terms that belong together, the more general first."""

    format: Literal["deep-learning-playground glossary"]
    version: Literal[1]
    title: _Words
    terms: Annotated[tuple[Term, ...], msgspec.Meta(min_length=1, max_length=200)]


class _Sources(msgspec.Struct, frozen=True):
    format: Literal["deep-learning-playground sources"]
    version: Literal[1]
    source: dict[_Id, Source]


class Glossary(msgspec.Struct, frozen=True, dict=True):
    """All chapters in their order, and the sources by id."""

    chapters: tuple[Chapter, ...]
    sources: dict[str, Source]

    @cached_property
    def terms(self) -> dict[str, Term]:
        """All terms by id, in the order of the chapters."""
        return {term.id: term for chapter in self.chapters for term in chapter.terms}

    @cached_property
    def by_kind(self) -> dict[str, Term]:
        """The term of each kind that the window offers, by names such as "optimizer:adam"."""
        return {kind: term for term in self.terms.values() for kind in term.kinds}

    def check(self) -> None:
        """Make sure that all links lead somewhere.

        Raises:
            GlossaryError: when an id is there twice, a link or source is unknown, or a text has other markup.
        """
        twice = [id for id, count in Counter(t.id for c in self.chapters for t in c.terms).items() if count > 1]
        if twice:
            raise GlossaryError(Text("The glossary has the term “%1” twice.", twice[0]))
        for term in self.terms.values():
            for link in term.links:
                if link not in self.terms or link == term.id:
                    raise GlossaryError(Text("The term “%1” links to “%2”, which is no other term.", term.id, link))
            if term.source not in self.sources:
                raise GlossaryError(Text("The term “%1” has the unknown source “%2”.", term.id, term.source))
            if set("<>") & set(LINK.sub("", term.what + term.where)):
                raise GlossaryError(Text("The term “%1” has markup that is no link.", term.id))


def load(folder: Path) -> Glossary:
    """Read the glossary in a folder.

    Raises:
        GlossaryError: when a file cannot be read or is none of a glossary, or a link leads nowhere.
    """
    chapters = tuple(read_part(path, Chapter) for path in sorted(folder.glob("[0-9]*.json")))
    glossary = Glossary(chapters, read_part(folder / "sources.json", _Sources).source)
    glossary.check()
    return glossary


@cache
def bundled() -> Glossary:
    """The glossary of this program."""
    return load(resources.path(FOLDER))


def plain(text: str) -> str:
    """``what`` or ``where`` without its links."""
    return LINK.sub(r"\2", text)


def sentence(text: str) -> str:
    """The first sentence of ``what`` or ``where``, without links."""
    return re.split(r"(?<=[.।?!])\s", plain(text), maxsplit=1)[0]


def folded(text: str) -> str:
    """A text as a search compares it: small letters without accents."""
    parts = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in parts if not unicodedata.combining(letter))


def fit(wanted: str, names: Iterable[str], text: str) -> int:
    """How well a term fits what was typed; 0 when it does not.

    ``names``: what it is called, the first one being its title; ``text``: what is said about it.
    """
    wanted = folded(wanted.strip())
    if not wanted:
        return 1
    known = [folded(name) for name in names]
    if wanted in known:
        return 6 if known[0] == wanted else 5
    if wanted in known[0]:
        return 4 if known[0].startswith(wanted) else 3
    if any(wanted in name for name in known):
        return 2
    everything = " ".join((*known, folded(text)))
    return 1 if all(word in everything for word in wanted.split()) else 0


def read_part(path: Path, kind: type[Part]) -> Part:
    """One file, checked; see ``load`` for errors."""
    try:
        return msgspec.json.decode(path.read_bytes(), type=kind)
    except OSError as error:
        raise GlossaryError(Text("“%1” cannot be read: %2.", path.name, error.strerror or "")) from error
    except (msgspec.DecodeError, RecursionError) as error:
        reason = str(error).replace("`", "").replace("$.", "").rstrip(".")
        raise GlossaryError(Text("“%1” is no part of a glossary: %2.", path.name, reason)) from error
