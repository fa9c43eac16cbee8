"""Charts: what is drawn where, what is said, what stands in the table behind."""

import pytest

from nastavnik.kernel.logic import charts
from nastavnik.kernel.logic.charts import Bar, Event, Facts, Format, FunnelCurve, FunnelDot, Point, Row, TargetStep

FMT = Format("en", 2)


def points(*values: float | None, open_last: bool = False) -> list[Point]:
    last = len(values) - 1
    return [Point(f"P{i}", v, incomplete=open_last and i == last) for i, v in enumerate(values)]


def test_a_trend_joins_the_middles_of_equal_slots() -> None:
    chart = charts.line(title="t", points=points(0, 5, 10), width=400, height=200)
    left, right = chart.frame.left, chart.frame.right
    step = (right - left) / 3
    assert [mark.x for mark in chart.marks] == [round(left + step * (i + 0.5), 1) for i in range(3)]
    assert chart.marks[0].y == chart.frame.bottom
    assert len(chart.lines) == 1


def test_a_gap_breaks_the_line() -> None:
    chart = charts.line(title="t", points=points(1, 2, None, 3, 4, None, 5))
    assert len(chart.lines) == 2
    assert len(chart.marks) == 5


def test_the_target_is_a_step_line_labelled_at_each_step() -> None:
    chart = charts.line(
        title="t", fmt=FMT, axis="cut", points=points(4.8, 4.9, 4.9), target=[TargetStep(1, 4.9), TargetStep(0, 4.85)]
    )
    assert len(chart.target) == 1
    assert chart.target[0].count("V") == 1
    assert [label.text for label in chart.target_labels] == ["4.85"]
    assert [(label.text, label.anchor) for label in chart.labels] == [("4.90", "value"), ("4.90", "target")]
    assert chart.labels[1].y - chart.labels[0].y == 15


def test_a_target_may_end() -> None:
    chart = charts.line(title="t", points=points(1, 2, 3), target=[TargetStep(0, 2), TargetStep(1, None)])
    assert [row.target for row in chart.rows] == ["2", "", ""]
    assert [label.anchor for label in chart.labels] == ["value"]
    assert [label.text for label in chart.target_labels] == ["2"]


def test_an_open_period_is_hatched_and_joined_by_dashes() -> None:
    chart = charts.line(title="t", points=points(1, 2, 3, open_last=True))
    assert len(chart.strips) == 1
    assert chart.strips[0].x + chart.strips[0].width == pytest.approx(chart.frame.right, abs=0.2)
    assert chart.tail.count("L") == 1
    assert chart.lines[0].count("L") == 1


def test_an_only_period_that_is_open_has_nothing_to_join() -> None:
    chart = charts.line(title="t", points=points(1, open_last=True))
    assert (chart.tail, list(chart.lines), len(chart.marks)) == ("", [], 1)


def test_an_open_period_after_a_gap_is_not_joined() -> None:
    assert charts.line(title="t", points=points(1, None, 3, open_last=True)).tail == ""


def test_intervals_are_a_band_over_runs_of_two_or_more() -> None:
    with_ends = [Point(str(i), 5.0, 10, 4.0, 6.0) for i in range(2)]
    chart = charts.line(title="t", points=[*with_ends, Point("gap", None), Point("alone", 5.0, 10, 4.0, 6.0)])
    assert len(chart.bands) == 1
    assert chart.bands[0].endswith("Z")


def test_an_axis_that_is_cut_says_where_it_starts() -> None:
    assert charts.line(title="t", fmt=FMT, axis="cut", points=points(4.8, 4.9)).frame.cut_at == "4.80"
    assert charts.line(title="t", fmt=FMT, points=points(4.8, 4.9)).frame.cut_at == ""


def test_labels_of_many_periods_are_thinned_and_keep_the_last() -> None:
    chart = charts.line(title="t", points=[Point(f"week {i}", 1.0) for i in range(60)])
    texts = [tick.text for tick in chart.frame.x_ticks]
    assert texts[-1] == "week 59"
    assert len(texts) < 15


def test_events_that_would_collide_stand_in_rows() -> None:
    chart = charts.line(
        title="t",
        points=points(1, 2, 3, 4),
        events=[Event(1, "A training with a long name indeed"), Event(2, "Another training"), Event(3, "Far")],
    )
    assert len({event.y for event in chart.events}) == 2
    assert chart.events[0].x == pytest.approx(chart.frame.left + (chart.frame.right - chart.frame.left) / 4, abs=0.1)


def test_an_event_at_the_right_edge_is_written_to_the_left() -> None:
    chart = charts.line(title="t", points=points(1, 2), events=[Event(1, "A training with a very very long name " * 3)])
    assert chart.events[0].anchor == "end"


def test_the_summary_leaves_the_open_period_out_of_the_extremes() -> None:
    chart = charts.line(title="t", fmt=FMT, points=points(4.8, 4.9, 1.0, open_last=True), target=[TargetStep(0, 4.85)])
    assert chart.facts == Facts(3, "P0", "4.80", "P2", "1.00", "P0", "4.80", "P1", "4.90", "4.85")


def test_the_table_says_what_the_line_shows() -> None:
    chart = charts.line(
        title="t",
        fmt=Format("ru", 1, "%", 100),
        points=[Point("Q1", 0.829, 1200, 0.8, 0.85, url="/q1", full_label="Quarter 1")],
        target=[TargetStep(0, 0.8)],
    )
    assert list(chart.rows) == [Row("Quarter 1", "82,9\u00a0%", 1200, "80,0–85,0\u00a0%", "80,0\u00a0%", url="/q1")]
    assert (chart.has_n, chart.has_interval, chart.has_target, chart.has_state) == (True, True, True, False)
    assert chart.marks[0].tip == "Quarter 1: 82,9\u00a0% · 80,0–85,0\u00a0% · n = 1\u202f200"


def test_a_chart_without_points_is_empty_but_drawable() -> None:
    chart = charts.line(title="t", points=[])
    assert (list(chart.rows), list(chart.marks), chart.facts) == ([], [], Facts())


def test_small_multiples_share_one_axis() -> None:
    small = charts.multiples(
        specs=[
            {"title": "a", "points": points(1, 2)},
            {"title": "b", "points": points(8, 9), "target": [TargetStep(0, 10)]},
        ],
        limits=(0, 10),
    )
    assert small[0].frame.y_ticks == small[1].frame.y_ticks
    assert small[0].frame.size_class == " is-small"


def test_bars_start_at_zero_and_carry_target_and_interval() -> None:
    chart = charts.bar(
        title="t",
        fmt=Format("en", 0, "%", 100),
        limits=(0, 1),
        bars=[Bar("In", 1.0, 10, 0.5, 1.0, 0.5, "met"), Bar("Chat", None, state="no_data")],
    )
    full, none = chart.lanes
    assert full.width == round(chart.frame.right - chart.frame.left, 1)
    assert full.target == full.low == pytest.approx((chart.frame.left + chart.frame.right) / 2, abs=0.1)
    assert (none.width, none.low, none.value) == (0, None, "–")
    assert chart.states == ("met", "no_data")
    assert chart.facts == Facts(1, lowest_label="In", lowest="100%", highest_label="In", highest="100%")
    assert chart.frame.cut_at == ""


def test_a_bar_refuses_a_cut_axis() -> None:
    with pytest.raises(ValueError, match="A bar begins at zero"):
        charts.bar(title="t", bars=[], axis="cut")


def test_dots_stand_around_their_centre() -> None:
    chart = charts.dots(title="t", fmt=FMT, centre=4.5, bars=[Bar("a", 4.0), Bar("b", 5.0)])
    left, right = (lane.x for lane in chart.lanes)
    assert chart.centre == pytest.approx((left + right) / 2, abs=0.1)
    assert chart.facts.centre == "4.50"
    assert chart.frame.cut_at != ""


def test_dots_without_values_are_empty() -> None:
    assert charts.dots(title="t", bars=[Bar("a", None)]).facts == Facts()


def test_control_limits_may_be_one_number_or_one_a_point() -> None:
    plain = charts.control(title="t", fmt=FMT, points=points(5, 6, 9), centre=6, lower=4, upper=8, flagged={2})
    varied = charts.control(title="t", fmt=FMT, points=points(5, 6, 9), centre=6, lower=None, upper=[7, 8, None])
    assert [mark.flagged for mark in plain.marks] == [False, False, True]
    assert plain.marks[2].label == "P2"
    assert plain.facts.flagged == ("P2",)
    assert [row.flagged for row in plain.rows] == [False, False, True]
    assert plain.rows[0].interval == "4.00–8.00"
    assert (len(plain.target), len(varied.target)) == (2, 1)
    assert varied.rows[0].interval == ""


def test_a_control_chart_passes_over_gaps() -> None:
    chart = charts.control(title="t", points=points(5, None, 7), centre=6, lower=4, upper=8)
    assert (len(chart.marks), list(chart.lines)) == (2, [])


def test_a_funnel_names_only_what_lies_outside() -> None:
    dots = [FunnelDot("in", 100, 0.8), *(FunnelDot(name, 200, 0.95, flagged=True) for name in ("out", "o2"))]
    curves = [
        FunnelCurve("95", [(50, 0.7, 0.9), (200, 0.75, 0.85)]),
        FunnelCurve("99.8", [(50, 0.6, 1.0), (200, 0.7, 0.9)]),
    ]
    chart = charts.funnel(title="t", fmt=Format("ru", 0, "%", 100), dots=dots, centre=0.8, curves=curves, limits=(0, 1))
    assert [mark.label for mark in chart.marks] == ["", "out", "o2"]
    assert chart.marks[2].label_y - chart.marks[1].label_y == pytest.approx(13)
    assert [label.text for label in chart.labels] == ["80\u00a0%", "95\u00a0%", "99,8\u00a0%"]
    assert chart.facts == Facts(3, centre="80\u00a0%", flagged=("out", "o2"))
    assert len(chart.target) == 4


def test_a_funnel_without_dots_can_be_drawn() -> None:
    assert list(charts.funnel(title="t", dots=[], centre=0.5, curves=[]).rows) == []


def test_a_sparkline_fills_its_box_and_ends_with_a_dot() -> None:
    spark = charts.sparkline(values=[1, None, 2, 3], target=[2], incomplete_last=True)
    assert spark.last == (84.0, 4.0)
    assert (len(spark.lines), len(spark.target), spark.incomplete) == (1, 1, True)


@pytest.mark.parametrize("values", [[], [None], [2.0], [2.0, 2.0]])
def test_a_sparkline_of_little_is_flat_or_empty(values: list[float | None]) -> None:
    last = charts.sparkline(values=values, width=100, height=28).last
    assert last == {0: None, 1: (50.0, 14.0), 2: (75.0, 14.0)}[len([v for v in values if v is not None])]


def test_an_interval_lies_on_the_whole_scale() -> None:
    bar = charts.interval(value=4.5, low=4.0, high=9.0, floor=4, ceiling=5, target=4.75)
    assert (bar.low, bar.value, bar.high, bar.target, bar.width) == (0, 50, 100, 75, 100)
    assert charts.interval(value=4.5, low=4.5, high=4.5, floor=4, ceiling=5).width == 0.8


def test_a_wide_chart_asks_for_its_own_letters() -> None:
    sizes = [charts.line(title="t", points=points(1), width=w).frame.size_class for w in (300, 720, 1080)]
    assert sizes == [" is-small", "", " is-wide"]
