"""The page of a term: what it is, its formula, where it is on the screen, its neighbours, its source."""

from html import escape

from PySide6.QtCore import QCoreApplication

from playground.lessons.glossary import LINK, Glossary, Term
from playground.session.language import translated
from playground.views.theme import Theme, Token


def title(term: Term) -> str:
    """The name of a term as a heading: with a capital."""
    name = translated(term.term)
    return name[:1].upper() + name[1:]


def linked(text: str, theme: Theme) -> str:
    """``what`` or ``where`` as rich text, its links in the colour of choice."""
    color, parts, place = theme.hex(Token.SELECTION), [], 0
    for found in LINK.finditer(text):
        parts.append(escape(text[place : found.start()]))
        parts.append(link(found[1], found[2], color))
        place = found.end()
    return "".join((*parts, escape(text[place:])))


def link(id: str, words: str, color: str) -> str:
    """A link to a term."""
    return f"<a href='{id}' style='color:{color}; text-decoration:none'>{escape(words)}</a>"


def formula(term: Term, theme: Theme) -> str:
    """The formula in a box of its own; "" for terms without one."""
    words = term.formula or translated(term.short)
    if not words:
        return ""
    size = 15 if term.formula else 13
    ground = theme.hex(Token.WINDOW)
    return (
        f"<table width='100%' cellspacing='0' cellpadding='10' style='margin-top:12px; "
        f"background-color:{ground}'>"
        f"<tr><td style='font-size:{size}px'>{escape(words)}</td></tr></table>"
    )


def source(term: Term, book: Glossary) -> str:
    """Who wrote about it where, as plain text."""
    found = book.sources[term.source]
    section = f", § {term.section}" if term.section else ""
    return f"{found.author} ({found.year}). {found.title}. {found.place}{section}."


def html(term: Term, book: Glossary, theme: Theme) -> str:
    """The whole page, without its heading."""
    muted, color = theme.hex(Token.MUTED), theme.hex(Token.SELECTION)
    others = " · ".join(link(id, title(book.terms[id]), color) for id in term.related)
    also = ", ".join(term.also)
    parts = (
        f"<p style='margin:0; line-height:140%'>{linked(translated(term.what), theme)}</p>",
        formula(term, theme),
        _part(_tr("On the screen"), f"<span>{linked(translated(term.where), theme)}</span>", muted),
        _part(_tr("See also"), others, muted),
        _part(_tr("Also called"), escape(also), muted) if also else "",
        _part(_tr("Source"), f"<span style='color:{muted}'>{escape(source(term, book))}</span>", muted),
    )
    return f"<body style='font-size:13px'>{''.join(parts)}</body>"


def _part(heading: str, content: str, muted: str) -> str:
    head = f"<span style='color:{muted}; font-size:11px; font-weight:600'>{escape(heading)}</span>"
    return f"<p style='margin-top:14px; margin-bottom:0; line-height:140%'>{head}<br>{content}</p>"


def _tr(text: str) -> str:
    return QCoreApplication.translate("Glossary", text)
