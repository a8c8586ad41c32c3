"""Back and forward through the pages of the glossary."""

from playground.views.help.trail import MOST, Trail


def test_back_and_forward():
    trail = Trail()
    assert trail.page == ""
    for page in ("a", "b", "b", "c"):
        trail.visit(page)
    assert (trail.page, trail.can_go_back, trail.can_go_on) == ("c", True, False)
    assert trail.go(-1) == "b"
    assert trail.go(-1) == "a"
    assert not trail.can_go_back
    assert trail.go(-1) == "a"
    assert trail.go(+1) == "b"
    assert trail.can_go_on


def test_another_page_forgets_what_lay_ahead():
    trail = Trail()
    for page in ("a", "b"):
        trail.visit(page)
    trail.go(-1)
    trail.visit("c")
    assert not trail.can_go_on
    assert trail.go(-1) == "a"


def test_it_does_not_grow_without_end():
    trail = Trail()
    for page in range(3 * MOST):
        trail.visit(str(page))
    assert trail.go(-3 * MOST) == str(2 * MOST)


def test_an_empty_trail_goes_nowhere():
    assert Trail().go(+1) == ""
