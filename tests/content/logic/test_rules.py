"""The printed rule is the rule that is evaluated: its number is the one at which the verdict turns."""

import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nastavnik.content.enums import ActivityKind
from nastavnik.content.logic import rules
from nastavnik.content.logic.activities import (
    CLASSES,
    Article,
    Content,
    Criterion,
    Exam,
    Slides,
    Task,
    Video,
    read,
    renamed,
    to_settings,
)
from nastavnik.content.logic.rules import Facts, Measure, judge, rule_of, words


def told(kind: ActivityKind, content: Content) -> str:
    return words(rule_of(kind, content)).text


def number_in(text: str) -> int:
    [first, *_] = re.findall(r"\d+", text)
    return int(first)


@given(st.integers(1, 99), st.integers(1, 200), st.integers(0, 200))
def test_pages_are_done_at_the_printed_percent(percent: int, total: int, seen: int) -> None:
    content = Slides("x.pdf", percent)
    verdict = judge(rule_of(ActivityKind.SLIDES, content), {"pages": list(range(1, seen + 1))}, Facts(pages=total))
    needed = number_in(told(ActivityKind.SLIDES, content))
    assert verdict.is_met == (seen > 0 and 100 * min(seen, total) >= needed * total)


@given(st.integers(1, 99), st.integers(10, 4000), st.integers(0, 4000))
def test_a_video_is_done_at_the_printed_percent(percent: int, total: int, watched: int) -> None:
    content = Video("x.mp4", watch_percent=percent)
    verdict = judge(rule_of(ActivityKind.VIDEO, content), {"watched": [[0, watched]]}, Facts(seconds=total))
    needed = number_in(told(ActivityKind.VIDEO, content))
    assert verdict.is_met == (watched > 0 and 100 * (min(watched, total) + 0.5) / total >= needed)


@given(st.integers(1, 100), st.floats(0, 100))
def test_an_exam_is_done_at_the_printed_percent_and_never_shown_as_more(percent: int, scored: float) -> None:
    content = Exam("march", pass_percent=percent)
    verdict = judge(rule_of(ActivityKind.EXAM, content), {"percent": scored, "passed": False})
    assert verdict.is_met == (scored >= number_in(told(ActivityKind.EXAM, content)))
    shown = float(re.findall(r"[\d.]+", verdict.said.text)[0].rstrip("."))
    assert shown <= scored + 1e-6


@given(st.lists(st.integers(1, 100), min_size=1, max_size=5), st.integers(0, 100), st.integers(0, 500))
def test_a_task_is_accepted_at_the_printed_points(points: list[int], percent: int, got: int) -> None:
    content = Task("x", rubric=tuple(Criterion("x", one) for one in points), pass_percent=percent)
    rule = rule_of(ActivityKind.TASK, content)
    needed, maximum = (int(one) for one in re.findall(r"\d+", words(rule).text))
    assert maximum == sum(points)
    assert needed >= maximum * percent / 100 > needed - 1
    assert judge(rule, {"points": got, "maximum": maximum}).is_met == (got >= needed)


def test_reading_takes_the_printed_time() -> None:
    rule = rule_of(ActivityKind.ARTICLE, Article("x", 60))
    assert "60 s" in words(rule).text
    assert [judge(rule, {"read_seconds": seconds}).is_met for seconds in (59, 60)] == [False, True]
    plain = rule_of(ActivityKind.ARTICLE, Article("x"))
    assert [judge(plain, one).is_met for one in ({}, {"opened": True}, {"read_seconds": 0})] == [False, False, True]


@pytest.mark.parametrize(
    ("kind", "evidence", "met"),
    [
        (ActivityKind.LINK, {"opened": True}, False),
        (ActivityKind.LINK, {"followed": True}, True),
        (ActivityKind.FILE, {"downloaded": True}, True),
        (ActivityKind.SURVEY, {"answered": "yes"}, False),
        (ActivityKind.SURVEY, {"answered": True}, True),
        (ActivityKind.SESSION, {"attended": False}, False),
        (ActivityKind.SESSION, {"attended": True}, True),
        (ActivityKind.EXAM, {"passed": True}, True),
        (ActivityKind.DIALOGUE, {"passed": False, "percent": 99}, False),
        (ActivityKind.SLIDES, {"pages": "all"}, False),
        (ActivityKind.TASK, {"waits": True, "points": 10, "maximum": 10}, False),
    ],
)
def test_yes_or_no_rules_want_a_plain_yes(kind: ActivityKind, evidence: dict[str, Any], met: bool) -> None:
    assert judge(rule_of(kind, CLASSES[kind]()), evidence).is_met is met


def test_every_kind_says_its_rule_and_that_nothing_was_begun() -> None:
    for kind, made in CLASSES.items():
        rule = rule_of(kind, made())
        assert words(rule).text.endswith(".")
        assert judge(rule, {}).said.message == rules.NOTHING
    assert {rule_of(kind, made()).measure for kind, made in CLASSES.items()} == set(Measure) - {Measure.SCORED}


@given(
    st.integers(1, 100), st.booleans(), st.text(max_size=40).filter(lambda text: "\0" not in text and "\r" not in text)
)
def test_settings_survive_the_way_through_json(percent: int, no_skip: bool, text: str) -> None:
    video = Video("a.mp4", "b.vtt", text, percent, no_skip)
    assert read(ActivityKind.VIDEO, to_settings(video)).content == video
    task = Task(text, "file", percent, (Criterion("x", percent),))
    assert read(ActivityKind.TASK, to_settings(task)).content == task


def test_what_is_wrong_is_said_and_the_rest_is_read() -> None:
    raw = {"file": 5, "watch_percent": 101, "no_skip": "yes", "colour": "red", "duration_s": True}
    reading = read(ActivityKind.VIDEO, raw)
    assert sorted(fault.field for fault in reading.faults) == [
        "colour",
        "duration_s",
        "file",
        "no_skip",
        "watch_percent",
    ]
    assert reading.content == Video()


def test_pictures_are_renamed_inside_texts() -> None:
    text = "![а](media/one.png) ![б](media/two.png) media/one.png"
    assert renamed(Article(text), {"one.png": "1.png"}) == Article(
        "![а](media/1.png) ![б](media/two.png) media/one.png"
    )
