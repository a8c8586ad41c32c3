"""Files that are dropped on the window: each kind goes where it belongs."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QWidget

from playground.session import Session
from playground.views.messages import Severity

if TYPE_CHECKING:
    from playground.app.verbs import Verbs

PROJECTS = (".playground", ".json", ".dllesson")


class DropTarget(QObject):
    """Lets files be dropped on ``widget``; ``take`` gets their paths."""

    def __init__(self, widget: QWidget, take: Callable[[Sequence[Path]], object]) -> None:
        super().__init__(widget)
        self._take = take
        widget.setAcceptDrops(True)
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Accept what holds files, and hand them on after the drop has ended."""
        kind = event.type()
        if kind not in (QEvent.Type.DragEnter, QEvent.Type.DragMove, QEvent.Type.Drop) or not isinstance(
            event, QDropEvent
        ):
            return False
        paths = local_files(event.mimeData().urls())
        if not paths:
            return False
        event.acceptProposedAction()
        if kind is QEvent.Type.Drop:
            self._take(paths)
        return True


def local_files(urls: Sequence[QUrl]) -> list[Path]:
    """The paths of those addresses that are files of this machine."""
    return [Path(url.toLocalFile()) for url in urls if url.isLocalFile()]


def take(verbs: "Verbs", window: QWidget, session: Session, paths: Sequence[Path]) -> None:
    """Open or import dropped files: projects, lessons, tables, pictures; drawings of several people are joined."""
    first = paths[0]
    suffixes = {path.suffix.lower() for path in paths}
    if _all_drawn(paths):
        verbs.data.pictures.merge(paths)
    elif len(paths) == 1 and suffixes <= set(PROJECTS):
        verbs.files.open_named(str(first))
    elif len(paths) == 1 and _is_table(first):
        from playground.views.tables.ask import ask  # seldom wanted

        ask(window, session, first)
    elif _all_pictures(paths):
        verbs.data.pictures.import_files(paths)
    else:
        known = QCoreApplication.translate(
            "dropping",
            "%s cannot be opened here. Drop one project (.playground), one table (.csv, .tsv), one folder of pictures, "
            "IDX or .npz files, or several files of drawings.",
        )
        verbs.tell(Severity.ERROR, known % first.name)


def _all_drawn(paths: Sequence[Path]) -> bool:
    """Whether all files hold drawings: several projects, or files that the booth saved."""
    from playground.data.pictures import is_drawn_file  # seldom wanted

    def drawn(path: Path) -> bool:
        return path.suffix.lower() == ".npz" and is_drawn_file(path)

    if len(paths) == 1:
        return drawn(paths[0])
    return all(path.suffix.lower() == ".playground" or drawn(path) for path in paths)


def _is_table(path: Path) -> bool:
    from playground.data.tables.table import SUFFIXES  # seldom wanted

    return path.suffix.lower() in SUFFIXES


def _all_pictures(paths: Sequence[Path]) -> bool:
    from playground.data.pictures import looks_like_pictures  # seldom wanted

    return all(looks_like_pictures(path) for path in paths)
