"""The report of one page: whole, without links, with the numbers of the run."""

import html
import re
from pathlib import Path
from xml.etree import ElementTree as ET

import numpy as np
import pytest

from playground.export import pictures, report
from playground.project import edits, presets, share
from playground.project.model import Project
from playground.training import run


@pytest.mark.parametrize("name", ["circle", "blobs", "plane", "digits_cnn"])
def test_it_tells_the_numbers_of_the_run(tmp_path: Path, name: str) -> None:
    result = run.train(presets.load(name), epochs=3)
    report.write(tmp_path / "report.html", result.project, result.state, "Our <first> run")
    page = (tmp_path / "report.html").read_text(encoding="utf-8")
    assert "Our &lt;first&gt; run" in page
    assert f"{result.counters.test_loss:.4g}" in page
    assert f"{result.counters.test_metric:.3f}" in page
    assert share.encode(result.project) in page
    assert result.project.training.optimizer.title in page
    assert "<polyline" in page
    assert ("data:image/png" in page) == (name != "digits_cnn")
    assert ('class="matrix"' in page) == (name != "plane")
    assert not re.search(r'(src|href)="(?!data:)', page)  # nothing is loaded from elsewhere
    assert "class Dense:" in page
    assert "{{" not in page


def test_a_table_and_an_untrained_network_have_a_report_too() -> None:
    project = edits.set_source(Project(), "iris").project
    page = report.html(project, None, "Iris")
    assert "virginica" in page
    assert "<polyline" not in page
    assert html.unescape(page).count("%") > 3


def test_the_curves_are_where_the_numbers_are() -> None:
    drawn = ET.fromstring(pictures.curves_svg([1, 2, 3, 4], {"a": [1.0, 0.1, float("nan"), 0.01]}))
    points = [line.get("points", "").split() for line in drawn.iter("polyline")]
    assert [len(line) for line in points] == [2, 1]
    heights = [float(point.split(",")[1]) for line in points for point in line]
    assert heights == sorted(heights)
    assert heights[1] - heights[0] == pytest.approx(heights[2] - heights[1])
    assert pictures.curves_svg([], {"a": []}) == ""
    assert pictures.curves_svg([1], {"a": [float("inf")]}) == ""


def test_maps_have_the_colours_of_the_window() -> None:
    from io import BytesIO

    from PIL import Image

    values = np.linspace(0, 1, 30)[None, None].repeat(30, axis=1)
    with Image.open(BytesIO(pictures.map_png(values, 0, 1))) as picture:
        left, middle, right = (picture.getpixel((x, 45)) for x in (0, 45, 89))
    assert left[0] > left[2]
    assert min(middle) > 235
    assert right[2] > right[0]
    classes = np.stack([np.eye(20), 1 - np.eye(20)])
    assert pictures.map_png(classes, 0, 1).startswith(b"\x89PNG")
