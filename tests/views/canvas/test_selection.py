"""The selection, and where the arrow keys lead."""

from playground.views.canvas.selection import Selection, of

UNITS = (4, 0, 2, 1)


def test_doubles_and_units_of_several_layers_fall_away() -> None:
    assert of([2, 1, 2]) == Selection((2, 1))
    assert of([2, 1], unit=1).unit is None
    assert of([2], unit=1).unit == 1


def test_the_last_one_leads() -> None:
    assert Selection((0, 2)).lead == 2
    assert Selection().lead is None
    assert Selection((0,)).toggled(2).lead == 2
    assert Selection((0, 2)).toggled(2) == Selection((0,))


def test_a_range_reaches_from_the_first_to_the_lead_in_both_directions() -> None:
    assert Selection((1,)).extended(3).layers == (1, 2, 3)
    assert Selection((3,)).extended(1).layers == (3, 2, 1)
    assert Selection((1, 2, 3)).extended(2).layers == (1, 2)
    assert Selection().extended(2).layers == (2,)


def test_what_does_not_exist_is_let_go() -> None:
    assert Selection((0, 5)).within(UNITS) == Selection((0,))
    assert Selection((2,), 3).within(UNITS) == Selection((2,))
    assert Selection((2,), 1).within(UNITS) == Selection((2,), 1)
    assert Selection((5,), 0).within(UNITS) == Selection()


def test_left_and_right_walk_through_the_layers_and_stop_at_the_ends() -> None:
    assert Selection().beside(1, UNITS) == Selection((0,))
    assert Selection().beside(-1, UNITS) == Selection((3,))
    assert Selection((3,)).beside(1, UNITS) == Selection((3,))
    assert Selection((0,), 3).beside(1, UNITS) == Selection((1,)), "Flatten has no units"
    assert Selection((2,), 1).beside(1, UNITS) == Selection((3,), 0)


def test_up_and_down_walk_through_the_units_and_back_to_the_layer() -> None:
    assert Selection((2,)).along(1, UNITS) == Selection((2,), 0)
    assert Selection((2,), 0).along(1, UNITS) == Selection((2,), 1)
    assert Selection((2,), 1).along(1, UNITS) == Selection((2,), 1)
    assert Selection((2,), 0).along(-1, UNITS) == Selection((2,))
    assert Selection((2,)).along(-1, UNITS) == Selection((2,), 1)
    assert Selection((1,)).along(1, UNITS) == Selection((1,))
    assert Selection().along(1, UNITS) == Selection((0,))
