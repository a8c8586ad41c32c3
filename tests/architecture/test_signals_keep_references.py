"""PySide6 6.12.0 with Python older than 3.12 gives away one reference to ``True`` at every emission of a signal.

After a few hundred emissions the interpreter aborts. ``pyproject.toml`` rules that version out; should another one
come with such a fault, these tests tell. They run in a process of their own, so that an abort is a failed test.
"""

import subprocess
import sys

import pytest

COUNT = """
import gc, sys
from PySide6.QtCore import QCoreApplication, QObject, Signal, Slot

class Sender(QObject):
    plain = Signal()
    loaded = Signal(object)

class Receiver(QObject):
    @Slot()
    def on_plain(self): pass
    @Slot(object)
    def on_loaded(self, thing): pass
    def undecorated(self, thing): pass

def function(thing): pass

app, sender, receiver, payload = QCoreApplication([]), Sender(), Receiver(), object()
watched = {"None": None, "True": True, "False": False, "payload": payload, "sender": sender, "receiver": receiver,
           "slot": Receiver.on_loaded, "function": function, "empty tuple": ()}
"""
BALANCE = """
held = [None, True, False, ()] * 100_000  # so that even a faulty version lives to tell

def counts():
    gc.collect()
    found = {name: sys.getrefcount(thing) for name, thing in watched.items()}
    return {name: count for name, count in found.items() if count < 1 << 29}  # newer Pythons keep some things for ever

def balance(emit, times=2_000):
    emit()
    before = counts()
    for _ in range(times):
        emit()
    after = counts()
    return {name: after[name] - before[name] for name in before if abs(after[name] - before[name]) > times // 4}

wrong = {}
sender.plain.connect(receiver.on_plain)
wrong["plain"] = balance(sender.plain.emit)
for name, slot in {"slot": receiver.on_loaded, "undecorated": receiver.undecorated, "function": function}.items():
    sender.loaded.connect(slot)
    wrong[name] = balance(lambda: sender.loaded.emit(payload))
    wrong[name + ", None"] = balance(lambda: sender.loaded.emit(None))
    sender.loaded.disconnect(slot)
wrong = {name: found for name, found in wrong.items() if found}
print(wrong)
sys.stdout.flush()
sys.exit(bool(wrong))
"""
SOAK = """
sender.plain.connect(receiver.on_plain)
sender.loaded.connect(receiver.on_loaded)
sender.loaded.connect(receiver.undecorated)
sender.loaded.connect(function)
for step in range(5_000):
    sender.plain.emit()
    sender.loaded.emit(payload)
"""


@pytest.mark.parametrize("body", [BALANCE, SOAK], ids=["references are balanced", "thousands of emissions"])
def test_emitting_signals(body: str) -> None:
    command = [sys.executable, "-X", "faulthandler", "-c", COUNT + body]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"this PySide6 loses references: {done.stdout}{done.stderr}"
