"""Whether a program that wrote its process number somewhere still runs: numbers are given out again after its end."""

import os
import sys
from pathlib import Path

FROM_BEHIND_THE_NAME = 19
"""In /proc/PID/stat the 22nd entry is the start; the first two are number and name."""


def started(pid: int) -> str:
    """When a process began, in a form of the system's own; "" when there is no such process."""
    if pid <= 0:
        return ""
    if sys.platform == "win32":
        return _started_on_windows(pid)
    return _started_on_linux(pid) if os.path.exists("/proc/self/stat") else _started_by_ps(pid)


def own() -> tuple[int, str]:
    """This process: its number and when it began."""
    return os.getpid(), started(os.getpid())


def alive(pid: int, began: str) -> bool:
    """Whether the process of that number is still the one that began then."""
    return bool(began) and started(pid) == began


def _started_on_linux(pid: int) -> str:
    try:
        boot = Path("/proc/sys/kernel/random/boot_id").read_text().strip()
        entries = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return ""
    return "" if entries[0] in "ZX" else f"{boot} {entries[FROM_BEHIND_THE_NAME]}"


def _started_by_ps(pid: int) -> str:
    import subprocess  # here only, for it takes time to load

    try:
        done = subprocess.run(["ps", "-p", str(pid), "-o", "lstart="], capture_output=True, text=True, check=False)
    except OSError:
        return _running(pid)
    return done.stdout.strip()


def _running(pid: int) -> str:
    """Where nothing tells when a process began (no /proc, no ps): the same word for all that run."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return ""
    except PermissionError:
        pass  # it runs, for somebody else
    return "running"


if sys.platform == "win32":

    def _started_on_windows(pid: int) -> str:
        import ctypes
        from ctypes import wintypes

        kernel = ctypes.WinDLL("kernel32", use_last_error=True)
        kernel.OpenProcess.restype = wintypes.HANDLE
        handle = kernel.OpenProcess(0x1000, False, pid)  # PROCESS_QUERY_LIMITED_INFORMATION
        if not handle:
            return ""
        times = [wintypes.FILETIME() for _ in range(4)]
        code = wintypes.DWORD()
        try:
            kernel.GetExitCodeProcess(wintypes.HANDLE(handle), ctypes.byref(code))
            kernel.GetProcessTimes(wintypes.HANDLE(handle), *(ctypes.byref(time) for time in times))
        finally:
            kernel.CloseHandle(wintypes.HANDLE(handle))
        still_active = code.value == 259
        return f"{times[0].dwHighDateTime}.{times[0].dwLowDateTime}" if still_active else ""
