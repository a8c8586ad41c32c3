"""Write pictures one after the other as an animation: GIF, APNG, WebP, or MP4 where ffmpeg is installed."""

import shutil
import subprocess
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

Frame = NDArray[np.uint8]
Report = Callable[[float], None]

LAST = 2.0
"""Seconds that the last picture stays before an animation starts again."""

COLORS = 256
"""What a GIF can hold."""

SETTINGS: dict[str, dict[str, Any]] = {
    ".gif": {"format": "GIF", "optimize": False},
    ".apng": {"format": "PNG"},
    ".webp": {"format": "WEBP", "lossless": True, "method": 2},
}
"""What Pillow is told for each ending."""


class AnimationError(ValueError):
    """An animation that cannot be written; the message is a sentence."""


def formats() -> tuple[str, ...]:
    """The endings that can be written on this machine."""
    return (".gif", ".apng", ".webp", *((".mp4",) if shutil.which("ffmpeg") else ()))


def write(frames: Sequence[Frame], path: Path, seconds: float, report: Report = lambda share: None) -> None:
    """Write the animation.

    frames: uint8 (height, width, 3), all of one size, at least one. seconds: how long each is seen. report: called
    with the share that is done.

    Raises:
        AnimationError: for no frames, another ending, or a file that cannot be written.
    """
    kind = path.suffix.lower()
    if kind not in formats():
        remedy = " (install ffmpeg for .mp4)" if kind == ".mp4" else ""
        raise AnimationError(f"“{path.name}” must end in one of {', '.join(formats())}{remedy}.")
    if not frames:
        raise AnimationError("There are no pictures yet; train for a while.")
    try:
        if kind == ".mp4":
            _write_video(frames, path, seconds, report)
        else:
            _write_pictures(frames, path, seconds, report)
    except OSError as error:
        reason = error.strerror or str(error)
        raise AnimationError(f"“{path}” cannot be written: {reason}. Choose another folder or name.") from error


def _write_pictures(frames: Sequence[Frame], path: Path, seconds: float, report: Report) -> None:
    from PIL import Image

    kind = path.suffix.lower()
    pictures = []
    for place, frame in enumerate(frames):
        picture = Image.fromarray(frame)
        if kind == ".gif":
            picture = picture.quantize(COLORS, Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
        pictures.append(picture)
        report(0.8 * (place + 1) / len(frames))
    durations = [round(1000 * seconds)] * (len(frames) - 1) + [round(1000 * LAST)]
    settings = SETTINGS[kind]
    first, *others = pictures
    temporary = path.with_name(f".{path.name}.part")
    try:
        first.save(temporary, save_all=True, append_images=others, duration=durations, loop=0, **settings)
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)
    report(1.0)


def _write_video(frames: Sequence[Frame], path: Path, seconds: float, report: Report) -> None:
    """Hand the pictures to ffmpeg; players want even sizes and the plainest way of storing colours."""
    height, width = (size - size % 2 for size in frames[0].shape[:2])
    rate = 1 / seconds
    command = ["ffmpeg", "-y", "-loglevel", "error", "-f", "rawvideo", "-pixel_format", "rgb24"]
    command += ["-video_size", f"{width}x{height}", "-framerate", f"{rate:g}", "-i", "-"]
    command += ["-pix_fmt", "yuv420p", "-movflags", "+faststart", str(path)]
    held = [frames[-1]] * max(round(LAST * rate) - 1, 0)
    with subprocess.Popen(command, stdin=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdin is not None
        _feed(process.stdin, (frame[:height, :width] for frame in (*frames, *held)), len(frames) + len(held), report)
        _, errors = process.communicate()
    if process.returncode:
        lines = errors.decode(errors="replace").strip().splitlines() or ["ffmpeg failed"]
        raise AnimationError(f"“{path}” cannot be written: {lines[-1]}.")


def _feed(pipe: Any, frames: Iterable[Frame], count: int, report: Report) -> None:
    for place, frame in enumerate(frames):
        try:
            pipe.write(np.ascontiguousarray(frame).tobytes())
        except BrokenPipeError:
            return  # ffmpeg has ended and says why
        report((place + 1) / count)
