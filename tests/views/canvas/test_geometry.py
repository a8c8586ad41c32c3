"""Where things stand on the canvas."""

import pytest

from playground.views.canvas.geometry import CardSizes, ColumnSpec, Head, Layout, Rect, Shape, arrange

FEATURES = ColumnSpec(Shape.SQUARES, 5, 96.0, most=124.0, left_label=46.0)
OUTPUT = ColumnSpec(Shape.SQUARES, 1, 96.0, most=124.0)


def dense(units: int) -> ColumnSpec:
    return ColumnSpec(Shape.SQUARES, units, 96.0, 190.0, most=190.0)


def layout_of(*units: int, width: float = 800.0, height: float = 448.0) -> Layout:
    return arrange((FEATURES, *(dense(n) for n in units), OUTPUT), width, height, CardSizes())


def overlap(a: Rect, b: Rect) -> bool:
    return a.x < b.right and b.x < a.right and a.y < b.bottom and b.y < a.bottom


SIZES = [(800, 448), (1354, 760), (2300, 1200), (600, 300)]
NETWORKS = [(), (4,), (4, 2), (8,) * 6, (64,), (1, 512, 3)]


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("units", NETWORKS)
def test_nothing_overlaps_and_everything_is_inside(units: tuple[int, ...], size: tuple[int, int]) -> None:
    layout = layout_of(*units, width=size[0], height=size[1]).shifted(0.0)  # the cards may float over a wide picture
    frames = [column.frame for column in layout.columns]
    parts = [*frames, layout.loss, layout.targets]
    assert not any(overlap(a, b) for k, a in enumerate(parts) for b in parts[k + 1 :])
    assert not any(overlap(layout.optimizer, part) for part in [*frames, layout.loss])
    for part in [*parts, layout.optimizer]:
        assert part.x >= 0
        assert part.y >= 0
        assert part.right <= layout.width + 0.01
        assert part.bottom <= layout.height + 0.01
    for column in layout.columns:
        for unit in column.units:
            assert column.frame.x <= unit.x
            assert unit.right <= column.frame.right
            assert layout.zone.y - 2 <= unit.y
            assert unit.bottom <= layout.zone.bottom + 2
            assert not overlap(unit, column.gauge)


@pytest.mark.parametrize("zoom", [0.7, 1.0])
@pytest.mark.parametrize("label", [46.0, 64.0])
def test_names_leave_room_for_the_pictures_of_inputs(label: float, zoom: float) -> None:
    inputs = ColumnSpec(Shape.SQUARES, 13, label + 50, most=140, left_label=label)
    layout = arrange((inputs, *[dense(8)] * 12, OUTPUT), 420, 336, CardSizes(), zoom)
    assert layout.head is Head.WORDS
    assert all(unit.width >= 10 and unit.height >= 10 for unit in layout.columns[0].units)
    assert all(unit.x - label >= layout.columns[0].frame.x - 4 for unit in layout.columns[0].units)


def test_the_default_network_fits_the_smallest_screen_without_scrolling() -> None:
    assert layout_of(4, 2).width == 800


def test_six_layers_of_eight_show_every_unit_on_the_smallest_screen() -> None:
    layout = layout_of(*[8] * 6, height=438)
    assert all(column.hidden == 0 for column in layout.columns)
    assert layout.width == 800
    assert layout.head is Head.WORDS


def test_eight_layers_fit_the_smallest_screen_and_the_heads_say_words() -> None:
    layout = layout_of(*[64] * 8)
    assert layout.width == 800
    assert not layout.floating
    assert all(len(column.units) >= 7 for column in layout.columns[1:-1])


def test_loss_and_optimizer_stay_in_view_where_the_picture_is_wider() -> None:
    layout = layout_of(*[8] * 16)
    assert layout.floating
    for scrolled in (0.0, 100.0, layout.width - 800):
        seen = layout.pinned(scrolled, 800)
        assert seen.columns == layout.columns
        for card in (seen.loss, seen.optimizer, seen.targets):
            assert scrolled <= card.x
            assert card.right <= scrolled + 800
        assert seen.pane is None or seen.column_at(seen.pane + 1, 200) is None
    assert layout.pinned(layout.width - 800, 800).pane is None, "at the end everything has its own place"
    assert layout.pinned(0, 4000).shift == 0


def test_zoom_widens_lanes_and_pictures_and_keeps_the_heads() -> None:
    specs = (FEATURES, dense(4), dense(2), OUTPUT)
    near, far = (arrange(specs, 1000, 500, CardSizes(), zoom) for zoom in (2.0, 1.0))
    assert near.width > far.width
    assert near.columns[1].units[0].width > far.columns[1].units[0].width
    assert near.gaps[2] - near.gaps[1] > far.gaps[2] - far.gaps[1]
    assert near.loss.width == far.loss.width
    many = (FEATURES, *(dense(8) for _ in range(16)), OUTPUT)
    assert arrange(many, 800, 450, CardSizes(), 0.7).width < arrange(many, 800, 450, CardSizes(), 1.0).width


def test_a_head_is_taken_above_its_controls() -> None:
    layout = layout_of(4, 2)
    frame = layout.columns[2].frame
    assert layout.head_at(frame.center_x, frame.y + 10) == 2
    assert layout.head_at(frame.center_x, frame.y + 60) is None


def test_a_wide_layer_shows_what_fits_and_bundles_the_rest() -> None:
    column = layout_of(64).columns[1]
    assert column.hidden + len(column.units) == 64
    assert len(column.units) >= 5
    assert column.bundle is not None
    assert not any(overlap(column.bundle, unit) for unit in column.units)


def test_columns_of_one_kind_are_equally_wide() -> None:
    for width in (800, 1000, 1400):
        widths = {round(column.frame.width, 3) for column in layout_of(4, 8, 2, width=width).columns[1:-1]}
        assert len(widths) == 1


def test_controls_stand_in_one_row_where_there_is_room() -> None:
    assert layout_of(4, 2).stacked
    assert not layout_of(4, 2, width=1354, height=760).stacked


def test_units_grow_with_the_screen() -> None:
    small, large = layout_of(4, 2), layout_of(4, 2, width=1354, height=760)
    assert large.columns[1].units[0].width > small.columns[1].units[0].width


def test_a_plain_bar_spreads_its_lines_over_its_height() -> None:
    flat = ColumnSpec(Shape.BAR, 1, 70.0, most=80.0)
    layout = arrange((ColumnSpec(Shape.PICTURE, 1, 92.0), flat, OUTPUT), 800, 448, CardSizes())
    ports = layout.columns[1].ports(64, right=True)
    assert len(ports) == 64
    assert len({y for _, y in ports}) == 64
    assert len(set(layout.columns[1].ports(64, right=False))) == 1


def test_points_find_their_column() -> None:
    layout = layout_of(4, 2)
    for index, column in enumerate(layout.columns):
        assert layout.column_at(column.frame.center_x, column.frame.center_y) == index
    assert layout.column_at(layout.loss.center_x, layout.loss.center_y) is None


def test_arrows_point_at_the_lowest_weight_line() -> None:
    layout = layout_of(4, 2)
    lowest = (layout.columns[1].units[-1].center_y + layout.columns[2].units[-1].center_y) / 2
    assert lowest < layout.arrow_tip(1) < layout.columns[1].gauge.y
