"""Collects every text that a user sees, and keeps one file of translations per language.

    make translations                                       what is missing or no longer wanted, per language
    python packaging/translations.py list de --count 100    texts without a translation, as JSON to fill in
    python packaging/translations.py merge de FILE          take the filled-in texts over
    python packaging/translations.py tidy                   drop what is no longer wanted

A file ``resources/translations/LANGUAGE.json`` is one object: the English text → its translation, sorted. One text has
one translation, wherever it stands: half of them come from the core and from lessons, which know no widget.
"""

import argparse
import ast
import json
import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "resources" / "translations"
LANGUAGES = ("de", "es", "hi")

MARKS = {"tr", "_tr", "Text", "Note", "named", "translated"}
"""Calls whose first argument is a text."""
PAIRS = {"QT_TRANSLATE_NOOP", "translate"}
"""Calls with a context and a text; a local ``tr`` may be one of these, too."""
NAMES = {"title", "help", "description", "label", "sentence", "why", "question", "answer", "lesson", "teaches"}
"""Parameters, fields and properties of the core that hold a text."""
CORE = ("engine", "data", "project", "training", "insight", "export", "lessons")
KEYS = {
    *("title", "goal", "text", "do", "hints", "learned", "description", "sentence", "task", "term", "what", "where"),
    *(
        "summary",
        "caption",
        "question",
        "answer",
        "hint",
        "explanation",
        "paragraph",
        "meaning",
        "short",
        "example",
        "choices",
    ),
}
"""Fields of the JSON files in ``resources`` that hold texts."""
FILES = ("presets", "lessons", "challenges", "glossary")
QT = (
    *("OK", "Cancel", "Close", "Save", "Open", "Discard", "Apply", "Reset", "&Yes", "&No"),
    *("&Undo", "&Redo", "Cu&t", "&Copy", "&Paste", "Delete", "Select All"),
)
"""Texts of Qt's own buttons and menus: Qt does not know all of our languages."""
CLOSED = {"project", "start", "expect", "until", "formula", "source"}
"""Fields of these files below which no text stands."""
PLACES = re.compile(r"%(?:[1-9]|n|[sd%]|\.\d[fg])|\{\w*\}|</?\w+[^>]*>")
LETTER = re.compile(r"[^\W\d_]")

Sources = dict[str, set[str]]
"""Text → where it stands."""


def literal(node: ast.expr | None) -> list[str]:
    """The texts that an expression gives: a constant, or either branch of a choice."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return [node.value]
    if isinstance(node, ast.IfExp):
        return literal(node.body) + literal(node.orelse)
    return []


def parameters(trees: Iterable[ast.Module]) -> dict[str, list[list[str]]]:
    """Names of the parameters, in order, of all functions and classes of the core, by their names."""
    found: dict[str, list[list[str]]] = defaultdict(list)
    for node in (node for tree in trees for node in ast.walk(tree)):
        if isinstance(node, ast.FunctionDef):
            found[node.name].append([each.arg for each in node.args.args if each.arg not in {"self", "cls"}])
        elif isinstance(node, ast.ClassDef):
            fields = [each.target for each in node.body if isinstance(each, ast.AnnAssign)]
            found[node.name].append([target.id for target in fields if isinstance(target, ast.Name)])
    return found


def marked(tree: ast.Module) -> Iterator[str]:
    """Texts in calls that mark them for translation."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        first = literal(node.args[0]) if node.args else []
        second = literal(node.args[1]) if len(node.args) > 1 else []
        local = name == "tr" and isinstance(node.func, ast.Name) and first and " " not in first[0]
        if name in PAIRS or (local and second):
            yield from second
        elif name in MARKS:
            yield from first


def declared(tree: ast.Module, known: dict[str, list[list[str]]]) -> Iterator[str]:
    """Texts that the core declares: titles and helps of settings, classes, properties and registry entries."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            words = [(word.arg, word.value) for word in node.keywords]
            by_place = [zip(names, node.args, strict=False) for names in known.get(name, ())]
            for parameter, value in (*chain(*by_place), *words):
                if parameter in NAMES:
                    yield from literal(value)
        elif isinstance(node, ast.FunctionDef) and node.name in NAMES:
            for inner in ast.walk(node):
                if isinstance(inner, ast.Return):
                    yield from literal(inner.value)
        else:
            for target, value in assigned(node):
                if isinstance(target, ast.Name) and target.id in NAMES:
                    yield from literal(value)


def documented(tree: ast.Module) -> Iterator[str]:
    """The first paragraphs of what is written about kinds of layers; the inspector shows them."""
    for node in tree.body:
        if isinstance(node, ast.ClassDef) and any(word.arg == "tag" for word in node.keywords):
            yield (ast.get_docstring(node) or "").split("\n\n")[0].replace("\n", " ")


def assigned(node: ast.AST) -> Iterable[tuple[ast.expr, ast.expr | None]]:
    """Each name and its value of an assignment."""
    if isinstance(node, ast.AnnAssign):
        return [(node.target, node.value)]
    if not isinstance(node, ast.Assign):
        return []
    target, value = node.targets[0], node.value
    if isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple):
        return zip(target.elts, value.elts, strict=False)
    return [(target, value)]


def written(value: object, key: str = "") -> Iterator[str]:
    """Texts of a JSON resource."""
    if isinstance(value, dict):
        for name, inner in value.items():
            if name not in CLOSED:
                yield from written(inner, name)
    elif isinstance(value, list):
        for inner in value:
            yield from written(inner, key)
    elif isinstance(value, str) and key in KEYS:
        yield value


def collect() -> Sources:
    """Every text of the program that is to be translated, and the files that it stands in."""
    found: Sources = defaultdict(set, {text: {"Qt"} for text in QT})
    trees = {path: ast.parse(path.read_text("utf-8")) for path in sorted((ROOT / "playground").rglob("*.py"))}
    core = {path for path in trees if path.relative_to(ROOT).parts[1] in CORE}
    known = parameters(trees[path] for path in core)
    for path, tree in trees.items():
        texts = [*marked(tree), *(declared(tree, known) if path in core else ())]
        if path.parent.name == "layers":
            texts += documented(tree)
        for text in texts:
            found[text].add(path.relative_to(ROOT).as_posix())
    for folder in FILES:
        for path in sorted((ROOT / "resources" / folder).rglob("*.json")):
            for text in written(json.loads(path.read_text("utf-8"))):
                found[text].add(path.relative_to(ROOT).as_posix())
    return {text: places for text, places in found.items() if LETTER.search(PLACES.sub("", text)) and text[0] != "."}


def load(language: str) -> dict[str, str]:
    """The translations of one language so far."""
    file = FOLDER / f"{language}.json"
    return json.loads(file.read_text("utf-8")) if file.exists() else {}


def save(language: str, texts: dict[str, str]) -> None:
    """Write the translations of one language, sorted."""
    text = json.dumps(dict(sorted(texts.items())), ensure_ascii=False, indent=1)
    (FOLDER / f"{language}.json").write_text(text + "\n", "utf-8")


def fault(source: str, target: str) -> str:
    """What is wrong with a translation; "" if nothing: places, tags and the one "&" of a short-cut agree."""
    if not isinstance(target, str) or not target.strip():
        return "is empty"
    if sorted(PLACES.findall(source)) != sorted(PLACES.findall(target)):
        return f"has {PLACES.findall(target)} where the text has {PLACES.findall(source)}"
    keys = re.compile("&(?=[^\\s&;])")
    if len(keys.findall(source)) != len(keys.findall(target)) and "&lt" not in source:
        return "has other “&” than the text"
    ends = [text[len(text.rstrip()) :] + text[: len(text) - len(text.lstrip())] for text in (source, target)]
    return "begins or ends with other blanks than the text" if ends[0] != ends[1] else ""


def report() -> int:
    """Say what is missing, wrong or no longer wanted; returns 1 when a language is not complete."""
    sources, complete = collect(), True
    print(f"{len(sources)} texts, {sum(map(len, sources))} characters")
    for language in LANGUAGES:
        have = load(language)
        missing = [text for text in sources if text not in have]
        old = [text for text in have if text not in sources]
        print(f"{language}: {len(missing)} missing, {len(old)} no longer wanted")
        for text, target in have.items():
            if wrong := fault(text, target):
                complete = False
                print(f"  {text!r}: the translation {wrong}")
        complete = complete and not missing
    return 0 if complete else 1


def listed(language: str, count: int) -> None:
    """Print the next texts without a translation, those of one file together."""
    have = load(language)
    missing = [(sorted(places)[0], text) for text, places in collect().items() if text not in have]
    texts = {text: "" for _, text in missing[:count]}
    print(json.dumps(texts, ensure_ascii=False, indent=1))


def merge(language: str, file: str) -> int:
    """Take over what ``file`` (or "-") gives; what is wrong is named and left out."""
    given = json.loads(sys.stdin.read() if file == "-" else Path(file).read_text("utf-8"))
    sources, texts, wrong = collect(), load(language), 0
    for text, target in given.items():
        problem = fault(text, target) if text in sources else "is of a text that the program does not have"
        if problem:
            wrong += 1
            print(f"{text!r}: the translation {problem}", file=sys.stderr)
        else:
            texts[text] = target
    save(language, texts)
    print(f"{language}: {len(given) - wrong} taken over, {len([t for t in sources if t not in texts])} missing")
    return 1 if wrong else 0


def tidy() -> None:
    """Drop translations of texts that are gone."""
    sources = collect()
    for language in LANGUAGES:
        save(language, {text: target for text, target in load(language).items() if text in sources})


def main(words: list[str]) -> int:
    """Run one command; returns the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(dest="command")
    commands.add_parser("report")
    commands.add_parser("tidy")
    for name in ("list", "merge"):
        command = commands.add_parser(name)
        command.add_argument("language", choices=LANGUAGES)
        if name == "list":
            command.add_argument("--count", type=int, default=100)
        else:
            command.add_argument("file")
    given = parser.parse_args(words)
    if given.command == "list":
        listed(given.language, given.count)
    elif given.command == "merge":
        return merge(given.language, given.file)
    elif given.command == "tidy":
        tidy()
    else:
        return report()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
