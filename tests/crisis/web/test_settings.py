"""The settings of the desk."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from nastavnik.crisis.actions import settings
from nastavnik.crisis.models import CaseClock, ClockTemplate, DeskCalendar, LadderRung, WorkInterval
from nastavnik.crisis.queries.tables import table_of
from nastavnik.kernel import clock
from nastavnik.people.enums import Role
from tests.crisis.logic.test_calendars import TABLE, at
from tests.factories.crisis import AT, a_case
from tests.factories.people import a_person, an_organisation

pytestmark = pytest.mark.django_db


@pytest.fixture
def client() -> Any:
    an_organisation()
    head = a_person(role=Role.CENTRE_HEAD)
    found = Client()
    found.force_login(head)
    with clock.frozen(AT):
        yield found


def post(client: Client, what: str, **data: Any) -> int:
    return client.post(reverse("crisis:setting-edit", args=[what]), data).status_code


def test_the_desk_is_set_up_with_one_click_and_twice_is_once(client: Client) -> None:
    for _ in range(2):
        assert client.post(reverse("crisis:settings-begin")).status_code == 302
    assert (DeskCalendar.objects.count(), ClockTemplate.objects.count(), LadderRung.objects.count()) == (1, 9, 6)
    page = client.get(reverse("crisis:settings-detail")).content.decode()
    assert "подтвердите у своего юриста" in page
    case = a_case(opened_at=AT, at=AT)
    assert CaseClock.objects.filter(case=case).count() == 7


def test_the_shipped_calendar_counts_as_the_reference_says(client: Client) -> None:
    calendar = settings.create_calendar(code="c", name="Стол", since=date(2024, 1, 1), by=None, at=AT)
    table = table_of(calendar, date(2025, 6, 1))
    for day in range(200):
        start = at("2025-03-03 10:17") + day * 86_400_000
        assert table.after(start, 8 * 3_600_000) == TABLE.after(start, 8 * 3_600_000)


def test_hours_change_from_a_day_on_and_the_table_is_read_anew(client: Client) -> None:
    calendar = settings.create_calendar(code="c", name="Стол", since=date(2026, 1, 1), by=None, at=AT)
    start = at("2026-12-07 09:00")
    before = table_of(calendar, date(2026, 12, 1)).after(start, 6 * 3_600_000)
    assert post(client, "hours", calendar=calendar.pk, weekday=0, hours="09:00-12:00", since="2026-12-01") == 302
    calendar.refresh_from_db()
    after = table_of(calendar, date(2026, 12, 1)).after(start, 6 * 3_600_000)
    assert (before, after) == (at("2026-12-07 16:00"), at("2026-12-08 12:00"))
    assert WorkInterval.objects.filter(calendar=calendar, weekday=0).count() == 3


@pytest.mark.parametrize("hours", ["9-13", "09:00-08:00", "09:00-13:00, 12:00-14:00", "09:00-25:00", "x"])
def test_impossible_hours_are_refused(client: Client, hours: str) -> None:
    calendar = settings.create_calendar(code="c", name="Стол", since=date(2026, 1, 1), by=None, at=AT)
    assert post(client, "hours", calendar=calendar.pk, weekday=0, hours=hours, since="2026-12-01") == 422


def test_a_new_version_of_a_clock_leaves_the_cases_before_it_alone(client: Client) -> None:
    settings.set_up(since=date(2026, 1, 1), by=None, at=AT)
    old = a_case()
    day = (AT + timedelta(days=1)).date().isoformat()
    given = {
        "code": "first",
        "name": "Первый ответ",
        "measure": "first_response",
        "length": 5,
        "length_unit": "minutes",
    }
    assert post(client, "clock", unit="calendar", since=day, **given) == 302
    new = a_case(at=AT + timedelta(days=2))
    terms = {
        case.pk: CaseClock.objects.get(case=case, template__code="first").template.target_ms for case in (old, new)
    }
    assert terms == {old.pk: 3_600_000, new.pk: 300_000}


def test_each_setting_has_its_form(client: Client) -> None:
    settings.set_up(since=date(2026, 1, 1), by=None, at=AT)
    manager = a_person(role=Role.CRISIS_MANAGER)
    calendar = DeskCalendar.objects.get()
    since = {"since": "2026-12-01"}
    assert post(client, "day", calendar=calendar.pk, day="2026-12-30", name="Выходной") == 302
    assert post(client, "skill", code="vip", name="Особые клиенты") == 302
    assert post(client, "skill", code="vip", name="Ещё раз") == 422
    skill = client.get(reverse("crisis:settings-detail")).context["skills"][0]
    assert post(client, "holding", person=manager.pk, skill=skill.pk, **since) == 302
    assert post(client, "rung", rung="court", length=3, length_unit="days", unit="calendar", **since) == 302
    assert post(client, "source", code="chat", name="Чат", preset="chatwoot", kind="refund") == 302
    assert client.get(reverse("crisis:setting-edit", args=["no-such"])).status_code == 404
    for what in ("hours", "clock", "source"):
        assert client.get(reverse("crisis:setting-edit", args=[what])).status_code == 200


def test_only_the_head_of_the_desk_keeps_it(client: Client) -> None:
    outsider = Client()
    outsider.force_login(a_person(role=Role.CRISIS_MANAGER))
    assert outsider.get(reverse("crisis:settings-detail")).status_code == 403
    assert outsider.post(reverse("crisis:settings-begin")).status_code == 403
