"""When an activity is complete: the rule, its words, and its verdict with the evidence in words. Pure.

The words are made from the very rule that is evaluated: both read `Rule.threshold`, so they cannot disagree.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from math import ceil, floor
from typing import Any

from nastavnik.content.enums import ActivityKind
from nastavnik.content.logic import intervals
from nastavnik.content.logic.activities import Article, Content, Exam, Slides, Task, Video
from nastavnik.content.logic.messages import Said, gettext_noop, said


class Measure(StrEnum):
    """What the evidence is measured in."""

    READ = "read"  # seconds between opening and the mark «I have read it»
    PAGES = "pages"  # percent of the pages seen
    WATCHED = "watched"  # percent of the seconds watched, each counted once
    OPENED = "opened"
    DOWNLOADED = "downloaded"
    PASSED = "passed"  # by the pass mark of whoever examines
    SCORED = "scored"  # percent of the points
    ATTENDED = "attended"
    ANSWERED = "answered"
    MARKED = "marked"  # points of the rubric


@dataclass(frozen=True)
class Rule:
    """Met when the measured value reaches `threshold` (1 for yes-or-no measures). `maximum`: points of a rubric."""

    measure: Measure
    threshold: int = 1
    maximum: int = 0
    no_skip: bool = False


@dataclass(frozen=True)
class Facts:
    """What the files of an activity tell: pages of slides, seconds of a video."""

    pages: int = 0
    seconds: float = 0.0


@dataclass(frozen=True)
class Verdict:
    """Whether the rule is met, the measured value and what it must reach, and the evidence in words."""

    is_met: bool
    value: float
    needed: float
    said: Said


_PLAIN = {
    ActivityKind.FILE: Rule(Measure.DOWNLOADED),
    ActivityKind.LINK: Rule(Measure.OPENED),
    ActivityKind.EXAM: Rule(Measure.PASSED),
    ActivityKind.DIALOGUE: Rule(Measure.PASSED),
    ActivityKind.SESSION: Rule(Measure.ATTENDED),
    ActivityKind.SURVEY: Rule(Measure.ANSWERED),
}


def rule_of(kind: ActivityKind, content: Content) -> Rule:
    """The completion rule of an activity."""
    if isinstance(content, Article):
        return Rule(Measure.READ, content.min_seconds)
    if isinstance(content, Slides):
        return Rule(Measure.PAGES, content.pages_percent)
    if isinstance(content, Video):
        return Rule(Measure.WATCHED, content.watch_percent, no_skip=content.no_skip)
    if isinstance(content, Task):
        return Rule(Measure.MARKED, ceil(content.maximum * content.pass_percent / 100), content.maximum)
    if isinstance(content, Exam) and content.pass_percent:
        return Rule(Measure.SCORED, content.pass_percent)
    return _PLAIN[kind]


# The rule in words.
READ = gettext_noop("Read it and mark it as read.")
READ_LONG = gettext_noop("Read it and mark it as read, not sooner than {seconds} s after opening it.")
EVERY_PAGE = gettext_noop("See every page.")
PAGES = gettext_noop("See at least {percent}% of the pages.")
WHOLE = gettext_noop("Watch the whole video; each second counts once.")
WATCH = gettext_noop("Watch at least {percent}% of the video; each second counts once.")
WHOLE_NO_SKIP = gettext_noop("Watch the whole video; each second counts once, skipping ahead is off.")
WATCH_NO_SKIP = gettext_noop("Watch at least {percent}% of the video; each second counts once, skipping ahead is off.")
OPEN = gettext_noop("Open the link.")
DOWNLOAD = gettext_noop("Download the file.")
PASS = gettext_noop("Pass; the pass mark is the one set there.")
SCORE = gettext_noop("Score at least {percent}%.")
ATTEND = gettext_noop("Attend; the trainer marks who came.")
ANSWER = gettext_noop("Answer the survey.")
MARK = gettext_noop("Hand it in and get at least {points} of {maximum} points by the rubric.")
_WORDS = {
    Measure.OPENED: OPEN,
    Measure.DOWNLOADED: DOWNLOAD,
    Measure.PASSED: PASS,
    Measure.ATTENDED: ATTEND,
    Measure.ANSWERED: ANSWER,
}


def words(rule: Rule) -> Said:
    """The rule as a sentence to its learner."""
    match rule.measure:
        case Measure.READ:
            return said(READ_LONG, seconds=rule.threshold) if rule.threshold else said(READ)
        case Measure.PAGES:
            return said(EVERY_PAGE) if rule.threshold == 100 else said(PAGES, percent=rule.threshold)
        case Measure.WATCHED if rule.threshold == 100:
            return said(WHOLE_NO_SKIP if rule.no_skip else WHOLE)
        case Measure.WATCHED:
            return said(WATCH_NO_SKIP if rule.no_skip else WATCH, percent=rule.threshold)
        case Measure.SCORED:
            return said(SCORE, percent=rule.threshold)
        case Measure.MARKED:
            return said(MARK, points=rule.threshold, maximum=rule.maximum)
        case _:
            return said(_WORDS[rule.measure])


# The evidence in words.
NOTHING = gettext_noop("Not begun.")
OPENED_ONLY = gettext_noop("Opened, not yet marked as read.")
WAS_READ = gettext_noop("Marked as read {seconds} s after opening.")
SEEN = gettext_noop("Seen {seen} of {total} pages.")
WATCHED = gettext_noop("Watched {percent}%: {seconds} of {total} s.")
WAS_OPENED = gettext_noop("Opened.")
WAS_DOWNLOADED = gettext_noop("Downloaded.")
WAS_PASSED = gettext_noop("Passed.")
NOT_PASSED = gettext_noop("Not passed.")
PASSED_WITH = gettext_noop("Passed with {percent}%.")
FAILED_WITH = gettext_noop("Not passed: {percent}%.")
SCORED_WITH = gettext_noop("Scored {percent}%.")
CAME = gettext_noop("Attended.")
DID_NOT_COME = gettext_noop("Not attended.")
ANSWERED = gettext_noop("Answered.")
WAITING = gettext_noop("Handed in, waiting for its mark.")
GOT = gettext_noop("{points} of {maximum} points.")


def judge(rule: Rule, evidence: Mapping[str, Any], facts: Facts | None = None) -> Verdict:
    """Whether the evidence meets the rule. Evidence that is missing or of another shape meets nothing."""
    value, told = _measured(rule, evidence, facts or Facts())
    return Verdict(value is not None and value >= rule.threshold, value or 0.0, float(rule.threshold), told)


def _measured(rule: Rule, evidence: Mapping[str, Any], facts: Facts) -> tuple[float | None, Said]:
    match rule.measure:
        case Measure.READ:
            return _read(evidence)
        case Measure.PAGES:
            return _pages(evidence, facts)
        case Measure.WATCHED:
            return _watched(evidence, facts)
        case Measure.PASSED | Measure.SCORED:
            return _examined(rule, evidence)
        case Measure.MARKED:
            return _marked(evidence)
        case _:
            return _yes(rule.measure, evidence)


def _read(evidence: Mapping[str, Any]) -> tuple[float | None, Said]:
    seconds = _number(evidence.get("read_seconds"))
    if seconds is not None:
        return seconds, said(WAS_READ, seconds=floor(seconds))
    return None, said(OPENED_ONLY if evidence.get("opened") else NOTHING)


def _pages(evidence: Mapping[str, Any], facts: Facts) -> tuple[float | None, Said]:
    pages = evidence.get("pages")
    seen = {one for one in pages if isinstance(one, int) and 1 <= one <= facts.pages} if isinstance(pages, list) else ()
    if not seen:
        return None, said(NOTHING)
    return 100 * len(seen) / facts.pages, said(SEEN, seen=len(seen), total=facts.pages)


def spans(evidence: Mapping[str, Any]) -> list[intervals.Interval]:
    """The watched intervals of stored evidence."""
    stored = evidence.get("watched")
    return [(float(a), float(b)) for a, b in stored] if isinstance(stored, list) else []


def _watched(evidence: Mapping[str, Any], facts: Facts) -> tuple[float | None, Said]:
    seconds = intervals.length(intervals.clipped(spans(evidence), facts.seconds))
    if not seconds:
        return None, said(NOTHING)
    # The last frame of a video is rarely reported: half a second is forgiven, so that 100% can be reached.
    percent = min(100.0, 100 * (seconds + 0.5) / facts.seconds)
    return percent, said(WATCHED, percent=floor(percent), seconds=floor(seconds), total=floor(facts.seconds))


def _examined(rule: Rule, evidence: Mapping[str, Any]) -> tuple[float | None, Said]:
    percent, passed = _number(evidence.get("percent")), evidence.get("passed") is True
    if rule.measure == Measure.SCORED:
        return (percent, said(SCORED_WITH, percent=_short(percent))) if percent is not None else (None, said(NOTHING))
    if "passed" not in evidence:
        return None, said(NOTHING)
    if percent is None:
        return float(passed), said(WAS_PASSED if passed else NOT_PASSED)
    return float(passed), said(PASSED_WITH if passed else FAILED_WITH, percent=_short(percent))


def _marked(evidence: Mapping[str, Any]) -> tuple[float | None, Said]:
    points, maximum = _number(evidence.get("points")), _number(evidence.get("maximum"))
    if evidence.get("waits"):
        return None, said(WAITING)
    if points is None or maximum is None:
        return None, said(NOTHING)
    return points, said(GOT, points=_short(points), maximum=_short(maximum))


_YES: dict[Measure, tuple[str, str]] = {
    Measure.OPENED: ("followed", WAS_OPENED),
    Measure.DOWNLOADED: ("downloaded", WAS_DOWNLOADED),
    Measure.ATTENDED: ("attended", CAME),
    Measure.ANSWERED: ("answered", ANSWERED),
}


def _yes(measure: Measure, evidence: Mapping[str, Any]) -> tuple[float | None, Said]:
    name, sentence = _YES[measure]
    if evidence.get(name) is True:
        return 1.0, said(sentence)
    is_absent = measure == Measure.ATTENDED and evidence.get(name) is False
    return None, said(DID_NOT_COME if is_absent else NOTHING)


def _number(value: Any) -> float | None:
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None


def _short(value: float | None) -> float | int:
    """Rounded down to a tenth: 84.96 must not read as the 85 that was not reached."""
    tenths = floor((value or 0) * 10 + 1e-9) / 10
    return int(tenths) if tenths == int(tenths) else tenths
