"""Axes: nice ticks, honest spans, places inside the plot."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nastavnik.kernel.logic.charts import scale as s
from nastavnik.kernel.logic.charts.scale import Format, Scale, Tick


@pytest.mark.parametrize(
    ("low", "high", "ticks"),
    [
        (0, 1, [0, 0.25, 0.5, 0.75, 1]),
        (0, 100, [0, 25, 50, 75, 100]),
        (4.7, 5.0, [4.7, 4.8, 4.9, 5.0]),
        (0, 0.3, [0, 0.1, 0.2, 0.3]),
        (-10, 10, [-10, -5, 0, 5, 10]),
        (0, 7, [0, 2, 4, 6]),
    ],
)
def test_ticks_are_nice_numbers(low: float, high: float, ticks: list[float]) -> None:
    assert s.ticks_between(low, high) == ticks


def test_ticks_of_durations_are_times_people_count_in() -> None:
    assert s.ticks_between(0, 300_000, duration=True) == [0, 120_000, 240_000]
    assert s.ticks_between(0, 86_400_000 * 30, duration=True) == [i * 86_400_000 * 8 for i in range(4)]


@given(st.floats(-1e6, 1e6), st.floats(1e-3, 1e6))
def test_there_are_always_ticks_inside_the_axis_and_never_too_many(low: float, span: float) -> None:
    found = s.ticks_between(low, low + span)
    assert 1 <= len(found) <= 5
    assert found == sorted(found)


@pytest.mark.parametrize(("step", "places"), [(1, 0), (0.5, 1), (0.05, 2), (2.5, 1), (0.25, 2), (20, 0)])
def test_a_tick_has_as_many_decimals_as_its_step_needs(step: float, places: int) -> None:
    assert s.decimals_of(step) == places


def test_an_axis_from_zero_starts_at_zero() -> None:
    assert s.domain([0.71, 0.83], axis="zero", limits=(0, 1)) == (0.0, 1)


def test_a_cut_axis_keeps_the_values_in_sight_and_inside_the_limits_of_the_scale() -> None:
    low, high = s.domain([4.79, 4.95], axis="cut", limits=(1, 5))
    assert (low, high) == (4.775, 4.975)


def test_one_wild_interval_does_not_squash_the_rest() -> None:
    low, high = s.domain([4.8, 4.9], axis="cut", spread=[1.0, 5.0])
    assert 4.6 < low < 4.8
    assert high < 5.1


@pytest.mark.parametrize("axis", ["zero", "cut"])
@pytest.mark.parametrize("values", [[], [0.0], [5.0], [5.0, 5.0], [-3.0]])
def test_every_axis_has_a_length(values: list[float], axis: str) -> None:
    low, high = s.domain(values, axis=axis)
    assert low < high


def test_limits_that_leave_nothing_still_give_an_axis() -> None:
    low, high = s.domain([0.0, 0.0], axis="cut", limits=(0, 0))
    assert low < high


def test_a_place_never_leaves_the_plot() -> None:
    scale = Scale(0, 10, 100, 0)
    assert [scale.at(value) for value in (-5, 0, 5, 10, 99)] == [100, 100, 50, 0, 0]


def test_the_texts_of_an_axis_follow_its_step() -> None:
    ticks = s.axis_ticks(Scale(0, 100, 0, 200), Format("ru", 1, "%"), count=2)
    assert ticks == [Tick(0, "0\u00a0%"), Tick(100, "50\u00a0%"), Tick(200, "100\u00a0%")]
    assert s.axis_ticks(Scale(0, 300_000, 0, 300), Format("ru", kind="duration")) == [
        Tick(0, "0:00"),
        Tick(120, "2:00"),
        Tick(240, "4:00"),
    ]


def test_an_axis_with_one_tick_has_a_text_too() -> None:
    assert s.axis_ticks(Scale(4.91, 4.99, 0, 1), Format("en", 2), count=1) == [Tick(0, "4.91")]


def test_a_format_writes_value_and_unit() -> None:
    assert Format("ru", 1, "%", 100).shown(0.829) == pytest.approx(82.9)
    assert Format("ru", 1, "%").text(82.9) == "82,9\u00a0%"
    assert Format("ru", 1, "%").text(82.9, unit=False) == "82,9"
    assert Format("en", 0, "calls").text(1200) == "1,200\u00a0calls"
    assert Format("ru", kind="duration").text(272_000) == "4:32"
    assert Format().text(None) == "–"


def test_a_long_name_ends_with_an_ellipsis() -> None:
    assert s.shorten("Константин Белосветов", 100, 12) == "Константин Бе…"
    assert s.shorten("Анна", 100, 12) == "Анна"
