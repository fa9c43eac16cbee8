from datetime import date, timedelta

import pytest

from nastavnik.crisis.actions import compensation, compensation_flags, offers
from nastavnik.crisis.models import AbuseFlag, MatrixRow, ToolRule
from nastavnik.crisis.money_enums import Tool, Verdict
from nastavnik.crisis.money_errors import ChangesInThePast, JudgedAlready, RowsOverlap, SayWhy
from tests.factories.crisis_money import SINCE, a_toolkit, an_offer
from tests.factories.people import AT

pytestmark = pytest.mark.django_db
NEXT = date(2026, 12, 1)


def test_a_changed_row_is_closed_and_its_next_version_opened() -> None:
    kit = a_toolkit()
    made = compensation.change_row(row=kit.row, least=0, most=5, position=1, since=NEXT, by=None, at=AT)
    kit.row.refresh_from_db()
    assert (kit.row.active_to, kit.row.most, made.version, made.active_from) == (NEXT, 200_000, 2, NEXT)
    with pytest.raises(ChangesInThePast):
        compensation.change_row(row=made, least=0, most=5, position=1, since=SINCE, by=None, at=AT)


def test_two_rows_for_the_same_conditions_are_refused() -> None:
    kit = a_toolkit()
    same = {"kind": kit.kind, "least": 0, "most": 1, "since": NEXT, "by": None, "at": AT}
    with pytest.raises(RowsOverlap):
        compensation.add_row(**same)  # type: ignore[arg-type]  # a dict of mixed values
    for other in ({"issue": "price"}, {"severity": 1}, {"value_band": "A"}, {"channel": "chat"}, {"fault": "ours"}):
        compensation.add_row(**same, **other)  # type: ignore[arg-type]  # a dict of mixed values
    assert MatrixRow.objects.count() == 6


def test_a_row_ends_and_nothing_is_offered_by_it() -> None:
    kit = a_toolkit()
    compensation.end_row(row=kit.row, since=AT.date(), by=None, at=AT)
    assert MatrixRow.objects.on(AT.date()).count() == 0


def test_limits_and_rules_of_tools_follow_one_another() -> None:
    kit = a_toolkit()
    compensation.set_limit(
        grade=kit.limit.grade, kind=kit.kind, most=7, second_from=None, certificate_code="", since=NEXT, by=None, at=AT
    )
    kit.limit.refresh_from_db()
    assert kit.limit.active_to == NEXT
    for since in (SINCE, NEXT):
        compensation.set_tool(tool=Tool.TRANSFERS, certificate_code="money", since=since, by=None, at=AT)
    assert list(ToolRule.objects.order_by("active_from").values_list("active_to", flat=True)) == [NEXT, None]


def test_signs_are_raised_once_and_judged_with_words() -> None:
    kit = a_toolkit()
    for n in range(3):
        at = AT + timedelta(minutes=n)
        offer = offers.present(offer=an_offer(kit, at=at), by=kit.manager, at=at)
        offers.accept(offer=offer, consent="Да", by=kit.manager, at=at)
    later = AT + timedelta(days=1)
    assert compensation_flags.scan(at=later) == 1
    assert compensation_flags.scan(at=later) == 0
    flag = AbuseFlag.objects.get()
    assert (flag.sign, flag.facts) == ("often", {"cap": 2, "count": 3})
    with pytest.raises(SayWhy):
        compensation_flags.judge(flag=flag, is_abuse=True, note="", by=kit.checker, at=later)
    compensation_flags.judge(flag=flag, is_abuse=False, note="", by=kit.checker, at=later)
    with pytest.raises(JudgedAlready):
        compensation_flags.judge(flag=flag, is_abuse=True, note="x", by=kit.checker, at=later)
    flag.refresh_from_db()
    assert flag.verdict == Verdict.REJECTED
