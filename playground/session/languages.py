"""Which language the window speaks, and how it learns one: a table from English texts to translations.

Half of the texts come from the core, from lessons and from the glossary, which know no widget. So a text has one
translation wherever it stands, and the tables (``resources/translations``) are plain JSON instead of Qt's own files,
which tie each text to a class. English needs no table, and nothing is loaded for it.
"""

import os
from pathlib import Path

import msgspec
from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QObject, QTranslator

from playground import resources
from playground.session.settings import AppSettings
from playground.texts import LANGUAGES

SETTING = "language"

VARIABLE = "PLAYGROUND_LANGUAGE"
"""Names the language of one start, instead of the setting."""


class Catalogue(QTranslator):
    """The translations of one language. ``table``: English text → translation."""

    def __init__(self, table: dict[str, str], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._table = table

    def translate(self, context: str, source: str, disambiguation: str | None = None, n: int = -1) -> str:
        """Look a text up, in whatever ``context`` it stands; None lets the next translator have a try."""
        if context == "QShortcut":
            return None  # type: ignore[return-value]  # keys are Qt's: "Right" is one, and our word for a true guess
        return self._table.get(source)  # type: ignore[return-value]  # Qt's null string; "" would be a translation

    def isEmpty(self) -> bool:
        """Whether there is nothing to look up."""
        return not self._table


def table(language: str) -> dict[str, str]:
    """All translations of one language; English has none.

    Raises:
        FileNotFoundError: when there is no such language.
    """
    if language == "en":
        return {}
    file = resources.path("translations", f"{language}.json")
    return msgspec.json.decode(file.read_bytes(), type=dict[str, str])


def chosen(settings: AppSettings) -> str:
    """One of LANGUAGES, or "system": what was asked for at the start, else what was chosen last."""
    wanted = (os.environ.get(VARIABLE, ""), settings.text(SETTING))
    return next((language for language in wanted if language in LANGUAGES), "system")


def choose(settings: AppSettings, choice: str) -> None:
    """Remember ``choice``, and use it from now on."""
    os.environ.pop(VARIABLE, None)  # it named the language of the start only
    settings.put(SETTING, choice)
    speak(choice)


def of_system() -> str:
    """The first of the system's languages that there is here; English when there is none."""
    wanted = (name.replace("_", "-").split("-")[0] for name in QLocale.system().uiLanguages())
    return next((code for code in wanted if code in LANGUAGES), "en")


class _Spoken:
    """What is installed now."""

    language = "en"
    translators: tuple[QTranslator, ...] = ()


def spoken() -> str:
    """The language in use now, one of LANGUAGES."""
    return _Spoken.language


def speak(choice: str) -> str:
    """From now on texts and numbers are those of ``choice``: one of LANGUAGES, anything else is the system's.

    Returns the language in use. Texts that are on the screen stay as they are. Needs an application.
    """
    language = choice if choice in LANGUAGES else of_system()
    QLocale.setDefault(_locale(language, of_choice=choice in LANGUAGES))
    if language != _Spoken.language:
        use(language, _translators(language))
    return language


def use(language: str, translators: tuple[QTranslator, ...]) -> None:
    """Take these translators instead of those that are installed; of two that know a text the later one is asked."""
    for one in _Spoken.translators:
        QCoreApplication.removeTranslator(one)
        one.deleteLater()
    for one in translators:
        QCoreApplication.installTranslator(one)
    _Spoken.language, _Spoken.translators = language, translators


def _translators(language: str) -> tuple[QTranslator, ...]:
    """Qt's own texts, where Qt has them in this language, and ours."""
    if language == "en":
        return ()
    app = QCoreApplication.instance()
    qt, folder = QTranslator(app), Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath))
    own = Catalogue(table(language), app)
    return (qt, own) if qt.load(f"qtbase_{language}", str(folder)) else (own,)


def _locale(language: str, *, of_choice: bool) -> QLocale:
    """How numbers and dates are written: as the system does it, unless another language was chosen."""
    system = QLocale.system()
    if of_choice and system.name().split("_")[0] != language:
        return QLocale(language)
    if system.language() is QLocale.Language.C:  # no language set: numbers still want their thousands separated
        return QLocale(QLocale.Language.English)
    return system
