"""Numbers to pixels."""

import numpy as np
from PySide6.QtGui import QColor, QImage

from playground.views import colormap

GREY = colormap.packed(
    np.repeat(np.arange(256, dtype=np.uint8)[:, None], 4, axis=1) | np.array([0, 0, 0, 255], np.uint8)
)


def test_packing_keeps_the_channels():
    table = colormap.packed(np.array([[1, 2, 3, 255]], np.uint8))
    assert int(table[0]) == 0xFF010203
    assert colormap.pixel(QColor(1, 2, 3)) == 0xFF010203


def test_places_cover_the_scale_and_clip_outside():
    values = np.array([-9.0, -1.0, 0.0, 1.0, 9.0, np.nan, np.inf, 3e38], np.float32)
    assert colormap.places(values, -1.0, 1.0).tolist() == [0, 0, 128, 255, 255, 0, 255, 255]


def test_an_empty_scale_gives_one_color():
    assert colormap.places(np.array([1.0, 2.0]), 1.0, 1.0).tolist() == [0, 0]


def test_colorize_keeps_the_shape():
    pixels = colormap.colorize(np.zeros((3, 4, 5), np.float32), 0.0, 1.0, GREY)
    assert pixels.shape == (3, 4, 5)
    assert pixels.dtype == np.uint32


def test_classes_hue_is_the_most_probable_and_strength_its_probability():
    luts = np.stack([np.arange(256, dtype=np.uint32) + 1000 * k for k in range(3)])
    probabilities = np.array([[1.0, 1 / 3, 0.1], [0.0, 1 / 3, 0.1], [0.0, 1 / 3, 0.8]])[:, None, :]
    pixels = colormap.colorize_classes(probabilities, luts)[0].tolist()
    assert pixels[0] == 255
    assert pixels[1] % 1000 == 0, "no class is preferred: card colour"
    assert 2150 < pixels[2] < 2255
    assert colormap.colorize_classes(probabilities, luts, discretize=True)[0].tolist()[2] == 2255


def test_an_image_owns_its_memory():
    pixels = np.full((2, 3), 0xFF102030, np.uint32)
    image = colormap.image(pixels)
    pixels[:] = 0
    assert (image.width(), image.height()) == (3, 2)
    assert image.pixelColor(2, 1) == QColor(0x10, 0x20, 0x30)


def test_grey_images_run_from_paper_to_ink():
    image = colormap.grey_image(np.array([[0.0, 1.0]]), QColor("#1E2430"), QColor("#FFFFFF"))
    assert image.format() == QImage.Format.Format_RGB32
    assert image.pixelColor(0, 0) == QColor("#FFFFFF")
    assert image.pixelColor(1, 0) == QColor("#1E2430")
