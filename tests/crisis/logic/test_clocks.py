"""Each rule of the clocks by its own small log."""

from datetime import datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nastavnik.crisis.logic.calendars import HOUR, AllTime
from nastavnik.crisis.logic.clocks import Measure, Phase, Term, read
from nastavnik.crisis.logic.log import Entry
from tests.crisis.logic.test_calendars import MOSCOW, TABLE, at, to_ms

FREE = AllTime()
ANNA, BORIS = 1, 2


def log(*entries: tuple[float, str] | tuple[float, str, dict[str, Any]]) -> list[Entry]:
    """Entries at hours; agent's events are Anna's unless `actor` says otherwise; customer's ones carry a message."""
    found = []
    for seq, (hour, kind, *rest) in enumerate(entries, start=1):
        extra = dict(rest[0]) if rest else {}
        person = (
            None if kind in ("opened", "message", "question", "reopen", "assigned", "auto_reply", "accept") else ANNA
        )
        message = seq if kind in ("message", "question", "trigger", "asked") else None
        found.append(
            Entry(int(hour * HOUR), seq, kind, extra.pop("actor", person), "system", message, extra)
        )  # fmt: skip
    return found


def clock(measure: Measure, entries: list[Entry], hours: float = 8, now: float | None = None, **term: Any) -> Any:
    made = Term(measure, int(hours * HOUR), **term)
    return read(made, entries, FREE, now=None if now is None else int(now * HOUR))


def test_the_known_answer_with_a_pause() -> None:
    entries = [
        Entry(at("2025-06-11 15:00"), 1, "opened"),
        Entry(at("2025-06-11 17:00"), 2, "paused", ANNA),
        Entry(at("2025-06-16 11:00"), 3, "resumed", ANNA),
    ]
    found = read(Term(Measure.RESOLUTION, 8 * HOUR, pause_cap=None), entries, TABLE)
    assert found.due_at == to_ms(datetime(2025, 6, 16, 18, tzinfo=MOSCOW))


def test_a_timely_start_is_the_first_human_action_and_no_automatic_answer() -> None:
    entries = log((0, "opened"), (1, "auto_reply"), (2, "assigned"), (3, "taken"))
    found = clock(Measure.FIRST_START, entries)
    assert (found.phase, found.done_at, found.elapsed) == (Phase.DONE, 3 * HOUR, 3 * HOUR)


def test_a_note_is_an_answer_only_where_the_term_says_so() -> None:
    entries = log((0, "opened"), (1, "note"))
    assert clock(Measure.FIRST_RESPONSE, entries).phase is Phase.RUNNING
    assert clock(Measure.FIRST_RESPONSE, entries, note_counts=True).done_at == HOUR


def test_a_reopened_case_resumes_total_clocks_and_leaves_first_ones_frozen() -> None:
    entries = log((0, "opened"), (1, "NEUTRAL"), (7, "CLOSE"), (20, "reopen"), (23, "NEUTRAL"))
    first = clock(Measure.FIRST_RESPONSE, entries, hours=8, now=30)
    assert (first.phase, first.done_at, first.breached) == (Phase.DONE, HOUR, False)
    total = clock(Measure.RESOLUTION, entries, hours=8, now=20.5)
    assert (total.phase, total.due_at, total.breached) == (Phase.RUNNING, 21 * HOUR, False)
    assert clock(Measure.RESOLUTION, entries, hours=7, now=20).due_at == 7 * HOUR
    assert clock(Measure.RESOLUTION, entries, hours=6, now=20).breached


def test_a_pause_holds_the_deadline_until_the_customer_writes() -> None:
    entries = log((0, "opened"), (2, "paused"), (10, "message"), (11, "NEUTRAL"))
    found = clock(Measure.RESOLUTION, entries, hours=4)
    assert (found.due_at, found.phase) == (12 * HOUR, Phase.RUNNING)


def test_a_pause_is_capped() -> None:
    entries = log((0, "opened"), (2, "paused"))
    found = clock(Measure.RESOLUTION, entries, hours=4, now=10)
    assert (found.phase, found.due_at, found.elapsed) == (Phase.PAUSED, (2 + 72 + 2) * HOUR, 2 * HOUR)
    late = clock(Measure.RESOLUTION, entries, hours=4, now=80)
    assert (late.phase, late.breached, late.elapsed) == (Phase.RUNNING, True, 8 * HOUR)


def test_a_second_pause_inside_a_pause_neither_shortens_nor_prolongs_it() -> None:
    entries = log((0, "opened"), (2, "paused"), (50, "paused"), (100, "resumed"))
    assert clock(Measure.RESOLUTION, entries, hours=4).due_at == (2 + 72 + 2) * HOUR


def test_terms_set_by_law_do_not_pause() -> None:
    entries = log((0, "opened"), (0, "trigger"), (2, "paused"), (100, "resumed"))
    found = clock(Measure.REFUND_PAID, entries, hours=240, can_pause=False)
    assert (found.due_at, found.phase) == (240 * HOUR, Phase.RUNNING)


def test_a_closing_thank_you_starts_no_clock_and_any_answer_stops_one() -> None:
    entries = log((0, "opened"), (1, "message"), (2, "NEUTRAL"), (3, "message", {"thanks": True}))
    found = clock(Measure.NEXT_RESPONSE, entries, hours=4, now=9)
    assert (found.phase, found.started_at, found.done_at, found.breached) == (Phase.DONE, HOUR, 2 * HOUR, False)


def test_a_second_message_does_not_start_the_clock_again() -> None:
    entries = log((0, "opened"), (1, "message"), (3, "message"))
    assert clock(Measure.NEXT_RESPONSE, entries, hours=4).due_at == 5 * HOUR


def test_one_missed_answer_stays_missed_after_a_timely_one() -> None:
    entries = log((0, "opened"), (1, "message"), (9, "NEUTRAL"), (10, "message"), (11, "NEUTRAL"))
    found = clock(Measure.NEXT_RESPONSE, entries, hours=4)
    assert (found.done_at, found.breached) == (11 * HOUR, True)


def test_a_handover_starts_a_pickup_clock_and_ends_those_of_the_old_team() -> None:
    entries = log((0, "opened"), (3, "TRANSFER", {"team": 2, "team_changed": True}), (5, "taken", {"actor": BORIS}))
    assert clock(Measure.FIRST_RESPONSE, entries, hours=4, now=9).done_at == 3 * HOUR
    pickup = clock(Measure.PICKUP, entries, hours=1)
    assert (pickup.started_at, pickup.done_at, pickup.breached) == (3 * HOUR, 5 * HOUR, True)


def test_a_handover_inside_the_team_leaves_the_first_answer_running() -> None:
    entries = log((0, "opened"), (3, "TRANSFER", {"person": BORIS}))
    assert clock(Measure.FIRST_RESPONSE, entries, hours=4, now=3.5).phase is Phase.RUNNING


def test_a_merged_case_stops_every_clock_for_good() -> None:
    entries = log((0, "opened"), (1, "message"), (2, "merged"), (3, "reopen"))
    for measure in (Measure.FIRST_RESPONSE, Measure.NEXT_RESPONSE, Measure.RESOLUTION):
        assert clock(measure, entries, hours=1, now=90).done_at == 2 * HOUR


def test_the_refund_clock_follows_the_policy_and_stops_with_the_refund() -> None:
    term = Term(Measure.REFUND_START, 300_000, can_pause=False)
    dues = [(HOUR, HOUR + 100_000), (2 * HOUR, None)]
    found = read(term, log((0, "opened")), FREE, dues, now=2 * HOUR + 300_000)
    assert (found.due_at, found.breached) == (2 * HOUR + 300_000, False)
    assert read(term, [], FREE, dues, now=2 * HOUR + 300_001).breached
    assert read(term, [], FREE, []).phase is Phase.WAITING


@pytest.mark.parametrize("measure", list(Measure))
def test_nothing_runs_before_something_happened(measure: Measure) -> None:
    assert clock(measure, []).phase is Phase.WAITING


KINDS = st.sampled_from(["paused", "resumed", "message", "NEUTRAL", "CLOSE", "reopen"])


@settings(max_examples=100, deadline=None)
@given(st.lists(st.tuples(st.integers(1, 30), KINDS), max_size=12), st.integers(1, 300))
def test_elapsed_and_due_agree_with_a_minute_by_minute_count(steps: list[tuple[int, str]], target: int) -> None:
    """The clock of the solution without a cap against counting each minute while it runs."""
    minute, entries, moment = 60_000, [Entry(0, 0, "opened")], 0
    for seq, (gap, kind) in enumerate(steps, start=1):
        moment += gap
        entries.append(Entry(moment * minute, seq, kind, ANNA, message=seq if kind == "message" else None))
    end, due, counted, running, paused = moment + 400, None, 0, True, False
    by_minute: dict[int, list[str]] = {}
    for entry in entries[1:]:
        by_minute.setdefault(entry.at // minute, []).append(entry.kind)
    for tick in range(end):
        for kind in by_minute.get(tick, ()):
            running = kind != "CLOSE" and (running or kind == "reopen")
            paused = kind == "paused" or (paused and kind not in ("resumed", "message", "CLOSE", "reopen"))
        counted += running and not paused
        if counted == target and due is None:
            due = tick + 1
    found = read(Term(Measure.RESOLUTION, target * minute, pause_cap=None), entries, FREE, now=end * minute)
    assert found.elapsed == counted * minute
    known = None if found.due_at is None or found.due_at > end * minute else found.due_at // minute
    assert known == due
