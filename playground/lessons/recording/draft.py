"""A lesson while it is being written: it may lack what a lesson must have. Every edit makes a new draft."""

from typing import Annotated, Any

import msgspec

from playground.lessons.conditions import AnyCondition
from playground.lessons.lesson import FORMAT, MOST_STEPS, VERSION, Guess, Lesson, Level, Start, Step

MOST_CONDITIONS = 12
"""Conditions that one step may have."""

MOST_HINTS = 8
MOST_LEARNED = 6

Facts = Any
"""Values for fields of a struct, by name."""


class DraftStep(msgspec.Struct, frozen=True, omit_defaults=True):
    """One step as it stands. ``offered``: the conditions that can be chosen, those of ``until`` among them; they held
    when the step was recorded. All else is as in a lesson's ``Step``, but may be empty.
    """

    text: str = ""
    do: str = ""
    until: tuple[AnyCondition, ...] = ()
    offered: tuple[AnyCondition, ...] = ()
    control: str = ""
    hints: tuple[str, ...] = ()
    start: Start | None = None
    guess: Guess | None = None


class Draft(msgspec.Struct, frozen=True, omit_defaults=True):
    """A lesson as it stands. ``present``: the settings of the project in which the recording goes on, None: ``start``.
    ``saved``: whether it stands in a lesson file just as it is here.
    """

    start: Start
    title: str = ""
    goal: str = ""
    level: Level = "first steps"
    minutes: Annotated[int, msgspec.Meta(ge=1, le=600)] = 5
    learned: tuple[str, ...] = ()
    steps: Annotated[tuple[DraftStep, ...], msgspec.Meta(max_length=MOST_STEPS)] = ()
    present: dict[str, Any] | None = None
    saved: bool = False

    @property
    def empty(self) -> bool:
        """Whether nothing was written or recorded yet."""
        return not (self.title or self.goal or self.learned or self.steps)


# -- edits ------------------------------------------------------------------------------------------------------------


def describe(draft: Draft, **facts: Facts) -> Draft:
    """Change title, goal, level, minutes (at least 1) or what was learned."""
    if "minutes" in facts:
        facts["minutes"] = min(max(int(facts["minutes"]), 1), 600)
    if "learned" in facts:
        facts["learned"] = lines(facts["learned"], MOST_LEARNED)
    return msgspec.structs.replace(draft, saved=False, **facts)


def add(draft: Draft, step: DraftStep, place: int | None = None) -> Draft:
    """Put a step at a place, at the end without one; a draft that is full stays as it is."""
    if len(draft.steps) >= MOST_STEPS:
        return draft
    at = len(draft.steps) if place is None else min(max(place, 0), len(draft.steps))
    return _with(draft, (*draft.steps[:at], step, *draft.steps[at:]))


def change(draft: Draft, place: int, **facts: Facts) -> Draft:
    """Change fields of a step; without such a step nothing changes."""
    if not 0 <= place < len(draft.steps):
        return draft
    if "hints" in facts:
        facts["hints"] = lines(facts["hints"], MOST_HINTS)
    changed = msgspec.structs.replace(draft.steps[place], **facts)
    return _with(draft, (*draft.steps[:place], changed, *draft.steps[place + 1 :]))


def choose(draft: Draft, place: int, condition: AnyCondition, wanted: bool) -> Draft:
    """Let a step wait for a condition, or no longer; it stays on offer. More than a lesson takes are not chosen."""
    if not 0 <= place < len(draft.steps):
        return draft
    step = draft.steps[place]
    kept = [one for one in step.until if one != condition]
    if wanted and len(kept) < MOST_CONDITIONS:
        kept.append(condition)
    offered = step.offered if condition in step.offered else (*step.offered, condition)
    return change(draft, place, until=tuple(kept), offered=offered)


def move(draft: Draft, place: int, by: int) -> Draft:
    """Move a step up (``by`` < 0) or down; at an end it stays."""
    target = place + by
    if not (0 <= place < len(draft.steps) and 0 <= target < len(draft.steps)):
        return draft
    steps = list(draft.steps)
    steps.insert(target, steps.pop(place))
    return _with(draft, tuple(steps))


def remove(draft: Draft, place: int) -> Draft:
    """Take a step away; without such a step nothing changes."""
    if not 0 <= place < len(draft.steps):
        return draft
    return _with(draft, draft.steps[:place] + draft.steps[place + 1 :])


def lines(texts: tuple[str, ...] | list[str], most: int) -> tuple[str, ...]:
    """The texts that are not empty, so many at most."""
    return tuple(text.strip() for text in texts if text.strip())[:most]


def _with(draft: Draft, steps: tuple[DraftStep, ...]) -> Draft:
    return msgspec.structs.replace(draft, steps=steps, saved=False)


# -- from and to a lesson ---------------------------------------------------------------------------------------------


def of_lesson(lesson: Lesson) -> Draft:
    """The draft that makes this lesson."""
    return Draft(
        start=lesson.start,
        title=lesson.title,
        goal=lesson.goal,
        level=lesson.level,
        minutes=lesson.minutes,
        learned=lesson.learned,
        steps=tuple(_of_step(step) for step in lesson.steps),
        saved=True,
    )


def _of_step(step: Step) -> DraftStep:
    return DraftStep(
        text=step.text,
        do=step.do,
        until=step.until,
        offered=step.until,
        control=step.control,
        hints=step.hints,
        start=step.start,
        guess=step.guess,
    )


def plain_lesson(draft: Draft) -> dict[str, Any]:
    """What stands in the lesson file of a draft, as it is: whether that is a lesson, ``file.problems`` tells."""
    return {
        "format": FORMAT,
        "version": VERSION,
        "title": draft.title.strip(),
        "goal": draft.goal.strip(),
        "level": draft.level,
        "minutes": draft.minutes,
        "start": msgspec.to_builtins(draft.start),
        "steps": [_plain_step(step) for step in draft.steps],
        "learned": list(draft.learned),
    }


def _plain_step(step: DraftStep) -> dict[str, Any]:
    plain: dict[str, Any] = {
        "text": step.text.strip(),
        "do": step.do.strip(),
        "until": [plain_condition(condition) for condition in step.until],
    }
    if step.control:
        plain["control"] = step.control
    if step.hints:
        plain["hints"] = list(step.hints)
    for name in ("start", "guess"):
        if (value := getattr(step, name)) is not None:
            plain[name] = msgspec.to_builtins(value)
    return plain


def plain_condition(condition: AnyCondition) -> dict[str, Any]:
    """A condition as it stands in files: what has its usual value (such as no limit at all) is left out."""
    plain: dict[str, Any] = msgspec.to_builtins(condition)
    usual = {field.name: field.default for field in msgspec.structs.fields(condition)}
    return {name: value for name, value in plain.items() if name == "type" or value != usual[name]}
