"""Numbers at the axes of the map and under the pointer are written as the user writes them."""

import pytest
from PySide6.QtCore import QLocale

from playground.views.panels.decision_map import end_text


@pytest.fixture(params=["en", "es"])
def locale(request):
    before = QLocale()
    QLocale.setDefault(QLocale(request.param))
    yield request.param
    QLocale.setDefault(before)


def test_ends_have_three_digits_that_count(locale):
    wanted = {"en": ("5.28", "−0.0392", "17,873"), "es": ("5,28", "−0,0392", "17.873")}
    assert (end_text(5.2799), end_text(-0.03918), end_text(17873.4)) == wanted[locale]
