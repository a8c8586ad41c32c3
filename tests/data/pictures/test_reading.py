"""Pictures are read from every kind of file, and whatever is wrong is said in a sentence."""

import gzip
import io
import struct
import zlib
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from playground.data.pictures import PictureError, PictureSet, Wish, looks_like_pictures, read
from tests.data.pictures.files import idx, mnist, pets


def refusal(*paths: Path) -> str:
    with pytest.raises(PictureError) as caught:
        read(paths)
    sentence = str(caught.value)
    assert sentence.endswith((".", "?"))
    return sentence


@pytest.mark.parametrize("packed", [False, True])
def test_idx_files_are_read_in_pairs(tmp_path, packed):
    found = read([mnist(tmp_path, packed=packed)])
    assert found.images.shape == (20, 28, 28, 1)
    assert found.class_names == tuple("0123456789")
    assert found.counts == (2,) * 10
    assert found.name == "train"
    by_labels = read([next(tmp_path.glob("*labels*"))])
    np.testing.assert_array_equal(found.images, by_labels.images)
    assert read([tmp_path]).name == tmp_path.name


def test_a_folder_is_read_with_one_class_for_each_sub_folder(tmp_path):
    found = read([pets(tmp_path / "pets")], Wish(16, colour=False))
    assert found.images.shape == (8, 16, 16, 1)
    assert found.class_names == ("cat", "dog")
    assert found.labels.tolist() == [0] * 4 + [1] * 4
    assert found.images[0].min() > 190 > 50 > found.images[-1].max()
    assert read([tmp_path / "pets"]).images.shape == (8, 32, 32, 3)
    loose = read(sorted(tmp_path.rglob("*.png")))
    assert loose.class_names == ("cat", "dog")


def test_files_that_are_no_pictures_are_left_out_with_a_note(tmp_path):
    folder = pets(tmp_path / "pets")
    (folder / "cat" / "9.png").write_text("no picture")
    (folder / "dog" / "9.jpg").write_bytes((folder / "dog" / "0.png").read_bytes()[:40])
    (folder / "dog" / "notes.txt").write_text("ignored")
    found = read([folder])
    assert found.counts == (4, 4)
    assert found.notes == ("2 files were left out; the first: cat/9.png is not a picture, or is damaged.",)


def test_see_through_and_deep_pictures_are_shown_as_people_see_them(tmp_path):
    folder = pets(tmp_path / "pets")
    Image.new("RGBA", (9, 9), (0, 0, 0, 0)).save(folder / "dog" / "clear.png")
    Image.fromarray(np.full((9, 9), 65535, np.uint16)).save(folder / "dog" / "deep.png")
    found = read([folder], Wish(8, colour=False))
    assert found.images[-2:].min() == 255


@pytest.mark.parametrize(
    "arrays",
    [
        {"images": np.arange(6 * 64).reshape(6, 8, 8) % 256, "labels": np.arange(6) % 2},
        {"x_train": np.random.default_rng(0).random((4, 8, 8, 3)), "y_train": np.array([["a"], ["b"]] * 2)},
        {"x": np.random.default_rng(0).random((4, 64)), "y": np.eye(4)},
        {"data": np.arange(17.0)[None, :, None] * np.ones((2, 17, 17)), "target": np.array([3.0, 7.0])},
        {"arr_0": np.ones((2, 3, 10, 10), np.uint8), "arr_1": np.array([0, 1], np.uint8)},
    ],
    ids=["integers", "floats in colour with texts", "flat and one-hot", "up to 16", "channels first"],
)
def test_archives_are_read_under_many_names(tmp_path, arrays):
    path = tmp_path / "some.npz"
    np.savez(path, **arrays)
    found = read([path])
    assert found.images.dtype == np.uint8
    assert found.images.max() >= 250
    assert len(found.class_names) >= 2
    assert not found.images.flags.writeable


def test_classes_have_the_names_in_the_archive_and_test_pictures_are_taken_too(tmp_path):
    path, images = tmp_path / "some.npz", np.full((3, 8, 8), 200, np.uint8)
    np.savez(
        path, x_train=images, y_train=[0, 1, 0], x_test=images, y_test=[1, 1, 1], class_names=np.array(["cat", "dog"])
    )
    found = read([path])
    assert found.class_names == ("cat", "dog")
    assert found.counts == (2, 4)


def test_pictures_are_brought_to_the_wanted_size_by_their_middle_square(tmp_path):
    images = np.zeros((2, 16, 32), np.uint8)
    images[:, :, 8:24] = 255  # the middle square
    path = tmp_path / "some.npz"
    np.savez(path, images=images, labels=[0, 1])
    found = read([path], Wish(8, colour=True))
    assert found.images.shape == (2, 8, 8, 3)
    assert found.images.min() == 255


def test_what_is_wrong_with_idx_files_is_said(tmp_path):
    images = mnist(tmp_path)
    labels = tmp_path / "train-labels-idx1-ubyte"
    whole = images.read_bytes()
    images.write_bytes(whole[:1000])
    assert "is cut off: it should hold 15,680 bytes of data, but only 984 are there" in refusal(images)
    images.write_bytes(whole + b"more")
    assert "is longer than its header says" in refusal(images)
    images.write_bytes(bytes([0, 0, 13, 3]) + whole[4:])
    assert "kind 0x0d" in refusal(images)
    images.write_bytes(bytes([0, 0, 8, 3]) + struct.pack(">3I", 2**31, 2**31, 2**31))
    assert "the most is 1,024 MB" in refusal(images)
    images.write_bytes(whole)
    labels.write_bytes(idx(np.arange(7) % 2))
    assert "has 20 pictures but train-labels-idx1-ubyte has 7 labels" in refusal(images)
    labels.write_bytes(idx(np.zeros(20)))
    assert "one class only (0)" in refusal(images)
    labels.unlink()
    assert "put the file train-labels-idx1-ubyte into the same folder" in refusal(images)
    packed = tmp_path / "x-images.gz"
    packed.write_bytes(gzip.compress(whole)[:300])
    assert "it is cut off" in refusal(packed)
    wrong = tmp_path / "letter-ubyte"
    wrong.write_text("Dear Sir")
    assert "letter-ubyte holds no pictures" in refusal(wrong)


def test_what_is_wrong_with_folders_is_said(tmp_path):
    empty = tmp_path / "empty"
    empty.mkdir()
    assert "no sub-folders with pictures" in refusal(empty)
    one = tmp_path / "one"
    (one / "cat").mkdir(parents=True)
    Image.new("L", (9, 9)).save(one / "cat" / "a.png")
    assert "one class only (cat)" in refusal(one)
    assert "all lie in the folder cat" in refusal(one / "cat" / "a.png")
    assert "no sub-folders with pictures" in refusal(one / "cat")
    (one / "cat" / "a.png").write_text("no")
    assert "None of the files can be read. cat/a.png is not a picture" in refusal(one)
    assert "There is no file gone any more" in refusal(tmp_path / "gone")


def test_huge_pictures_are_refused_by_their_header(tmp_path):
    folder = pets(tmp_path / "pets")

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    header = struct.pack(">IIBBBBB", 8000, 8000, 8, 2, 0, 0, 0)
    (folder / "cat" / "bomb.png").write_bytes(
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(bytes(1000))) + chunk(b"IEND", b"")
    )
    with (folder / "dog" / "large.bmp").open("wb") as file:
        file.truncate(200_000_000)
    notes = read([folder]).notes
    assert "cat/bomb.png has 8,000 × 8,000 pixels; the most is 40 million" in notes[0]
    assert "2 files were left out" in notes[0]
    (folder / "cat" / "bomb.png").unlink()
    assert "dog/large.bmp has 200 MB; the most is 67 MB" in read([folder]).notes[0]


def test_what_is_wrong_with_archives_is_said(tmp_path):
    path = tmp_path / "some.npz"

    def told(**arrays: np.ndarray) -> str:
        np.savez(path, **arrays)
        return refusal(path)

    images = np.full((4, 8, 8), 200, np.uint8)
    assert "some.npz holds weights; pictures are looked for under images" in told(weights=images)
    assert "each picture needs exactly one" in told(images=images, labels=np.arange(3))
    assert "one class only (5)" in told(images=images, labels=np.full(4, 5))
    assert "4,000 classes" in told(images=np.tile(images, (1000, 1, 1)), labels=np.arange(4000))
    assert "Data ▸ Import table" in told(x=np.ones((4, 7)), y=np.arange(4))
    assert "all black" in told(images=images * 0, labels=np.arange(4))
    assert "a value that is no number" in told(images=np.full((4, 8, 8), np.nan), labels=np.arange(4))
    assert "hold -1" in told(images=-np.ones((4, 8, 8)), labels=np.arange(4))
    assert "neither numbers nor texts" in told(images=np.array([None, {}]), labels=np.arange(2))
    path.write_bytes(path.read_bytes()[:50])
    assert "is not a NumPy archive, or is damaged" in refusal(path)


def test_reading_can_be_cancelled_and_tells_how_far_it_is(tmp_path):
    shares: list[float] = []
    read([pets(tmp_path / "pets", 20)], report=shares.append)
    assert shares == sorted(shares)
    assert max(shares) > 0.9

    def stop(_share: float) -> None:
        raise InterruptedError

    with pytest.raises(InterruptedError):
        read([tmp_path / "pets"], report=stop)


def test_files_are_known_by_their_names(tmp_path):
    assert looks_like_pictures(tmp_path)
    for name in ("a.PNG", "train-images-idx3-ubyte", "t10k-images-idx3-ubyte.gz", "mnist.npz"):
        assert looks_like_pictures(Path(name))
    for name in ("a.csv", "a.playground", "a.txt"):
        assert not looks_like_pictures(Path(name))


BEGINNINGS = [b"", b"\0\0\x08\x03\0\0\0\x02", b"\x1f\x8b\x08", b"PK\3\4"]


def answer(path: Path) -> PictureSet | str:
    try:
        return read([path])
    except PictureError as error:
        return str(error)


def answers(path: Path) -> None:
    """Reading gives data or a clear sentence."""
    found = answer(path)
    assert isinstance(found, PictureSet) or found.endswith((".", "?"))


ANY = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@ANY
@given(content=st.binary(max_size=200), begin=st.sampled_from(BEGINNINGS))
@pytest.mark.parametrize("name", ["x-images-idx3-ubyte", "x-images.gz", "x.npz"])
def test_any_bytes_give_data_or_a_sentence(tmp_path, name, content, begin):
    (tmp_path / name).write_bytes(begin + content)
    (tmp_path / "x-labels-idx1-ubyte").write_bytes(idx(np.arange(2)))
    answers(tmp_path / name)


def _samples() -> dict[str, bytes]:
    made = {}
    for kind in ("png", "jpeg", "gif", "bmp", "webp", "tiff", "ppm"):
        stream = io.BytesIO()
        Image.effect_noise((12, 12), 40).save(stream, kind)
        made[kind] = stream.getvalue()
    stream = io.BytesIO()
    np.savez_compressed(stream, images=np.arange(128).reshape(2, 8, 8), labels=np.arange(2), class_names=["a", "b"])
    made["npz"] = stream.getvalue()
    return made


SAMPLES = _samples()


@ANY
@given(at=st.floats(0, 1), to=st.integers(0, 255), end=st.floats(0.2, 1))
@pytest.mark.parametrize("kind", SAMPLES)
@pytest.mark.filterwarnings("ignore")  # Pillow and zipfile warn of damage
def test_damaged_files_give_data_or_a_sentence(tmp_path, kind, at, to, end):
    content = bytearray(SAMPLES[kind])
    content[int(at * (len(content) - 1))] = to
    content = content[: max(1, int(end * len(content)))]
    if kind == "npz":
        (tmp_path / "x.npz").write_bytes(content)
        answers(tmp_path / "x.npz")
        return
    for name in ("a", "b"):
        (tmp_path / name).mkdir(exist_ok=True)
        (tmp_path / name / f"0.{kind}").write_bytes(content)
    answers(tmp_path)
