"""Goal and rules as rich text: a tick before every rule that is kept, a cross before the others."""

import html
from collections.abc import Iterable

from playground.lessons.challenges.rules import Check
from playground.session.language import translated
from playground.views.theme import CAPTION_SIZE, Theme, Token

GAP = "\u00a0\u00a0 "
"""Between two rules: a line may end here."""


def goal_and_rules(first: str, checks: Iterable[Check], theme: Theme) -> str:
    """The goal (or a hint) and what is asked for; rules that all challenges have are told when they are broken."""
    good, amber, muted = (theme.hex(token) for token in (Token.GOOD, Token.WARNING, Token.MUTED))
    rules = [
        f"<span style='color:{good}'>✓</span>\u00a0{_together(check.rule)}"
        if check.kept
        else f"<span style='color:{amber}'>✗\u00a0<b>{_together(check.rule)}</b></span>"
        for check in checks
        if not (check.usual and check.kept)
    ]
    small = f"margin:0; color:{muted}; font-size:{CAPTION_SIZE}px"
    goal = f"<p style='margin:0 0 4px 0'>{safe(first)}</p>"
    return f"{goal}<p style='{small}'>{GAP.join(rules)}</p>"


def all_rules(checks: Iterable[Check], theme: Theme) -> str:
    """Every rule, as a list."""
    rows = "<br>".join(f"•\u00a0{safe(check.rule)}" for check in checks)
    return f"<p style='margin:0; color:{theme.hex(Token.MUTED)}'>{rows}</p>"


def safe(text: str) -> str:
    """A text of ours, translated, as rich text."""
    return html.escape(translated(text)).replace("\n", "<br>")


def _together(text: str) -> str:
    """A rule that is not broken over two lines."""
    return safe(text).replace(" ", "\u00a0")
