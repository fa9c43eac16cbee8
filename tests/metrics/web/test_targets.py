"""Targets: the list, the history, setting with the effect shown first, closing."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client

from nastavnik.kernel import journal
from nastavnik.kernel.models import JournalEntry
from nastavnik.metrics.actions import targets
from nastavnik.metrics.models import Target
from nastavnik.metrics.queries.scopes import ORGANISATION
from tests.metrics.world import NOW, World

Enter = Callable[[str], Client]
pytestmark = pytest.mark.django_db
CONFIRM = "/metrics/targets/set/confirm/"


def form(**changes: Any) -> dict[str, Any]:
    """A new target of retention from today, below what is reached."""
    return {"metric": "retention", "scope": "organisation", "active_from": "2026-11-23", "target": "65", **changes}


def seen(answer: Any) -> str:
    return str(answer.context["preview"].seen)


def test_the_list_shows_what_is_in_force(world: World, client_of: Enter) -> None:
    rows = client_of("academy").get("/metrics/targets/").context["rows"]
    assert [(row.metric_title, row.target, row.floor) for row in rows] == [
        ("CSAT", "≥\u00a04.85", ""), ("QA", "≥\u00a095%", "88%"), ("Retention", "≥\u00a070%", ""),
        ("Technical refunds", "≤\u00a060%", ""),
    ]  # fmt: skip


def test_past_versions_are_kept_and_found(world: World, client_of: Enter) -> None:
    rows = client_of("academy").get("/metrics/targets/?state=past&metric=qa&kind=organisation").context["rows"]
    assert [(row.target, row.days, row.state) for row in rows] == [
        ("≥\u00a092%", "1\u00a0Jan – 30\u00a0Sep\u00a02026", "past")
    ]


def test_the_history_is_a_timeline_with_reasons(world: World, client_of: Enter) -> None:
    screen = client_of("academy").get("/metrics/targets/qa/").context["screen"]
    assert [(entry.day, entry.title, entry.text) for entry in screen.entries] == [
        (date(2026, 10, 1), "≥\u00a095%", "from 1\u00a0Oct\u00a02026. floor 88%. соглашение"),
        (date(2026, 1, 1), "≥\u00a092%", "1\u00a0Jan – 30\u00a0Sep\u00a02026. floor 85%. соглашение"),
    ]


def test_the_effect_is_shown_before_anything_is_set(world: World, client_of: Enter) -> None:
    before = Target.objects.count()
    past = form(active_from="2026-11-01", corrects_history="on", reason="ошибка")
    answer = client_of("academy").post(CONFIRM, past)
    preview = answer.context["preview"]
    assert preview.title == "Retention ≥\u00a065% from 1\u00a0Nov\u00a02026"
    assert preview.words == "It changes the judgement of 1 monthly reading of 10: 1 met, 0 missed, 0 not judged."
    assert preview.replaces == "It takes the place of: ≥\u00a070% from 1\u00a0Jan\u00a02026."
    assert Target.objects.count() == before


def test_a_target_that_begins_later_changes_no_judgement(world: World, client_of: Enter) -> None:
    preview = client_of("academy").post(CONFIRM, form(active_from="2027-01-01")).context["preview"]
    assert preview.words == "It begins later than today: no reading so far is judged by it."


def test_setting_closes_the_version_in_force_and_leads_to_the_history(world: World, client_of: Enter) -> None:
    client = client_of("academy")
    key = seen(client.post(CONFIRM, form()))
    answer = client.post(CONFIRM, form(step="set", seen=key))
    assert answer.status_code == 302
    assert answer.headers["location"] == "/metrics/targets/retention/?scope=organisation"
    rows = Target.objects.filter(metric="retention").order_by("active_from")
    assert [(row.target, row.active_from, row.active_to) for row in rows] == [
        (700_000, date(2026, 1, 1), date(2026, 11, 23)), (650_000, date(2026, 11, 23), None),
    ]  # fmt: skip
    entry = JournalEntry.objects.filter(kind="metrics.target_set").order_by("-pk")[0]
    assert entry.actor_id == world.people["academy"].pk
    assert journal.sentence(entry).startswith("set") or journal.sentence(entry)


def test_whoever_comes_second_sees_what_changed_and_loses_nothing_typed(world: World, client_of: Enter) -> None:
    client = client_of("academy")
    key = seen(client.post(CONFIRM, form(reason="моя причина")))
    since = date(2026, 11, 23)
    targets.set_target(metric="retention", scope=ORGANISATION, target=80, active_from=since, by=None, at=NOW)
    answer = client.post(CONFIRM, form(step="set", seen=key, reason="моя причина"))
    assert answer.status_code == 409
    assert answer.context["problem"] == "The targets changed since you looked. This is the effect now."
    assert answer.context["form"]["reason"].value() == "моя причина"
    assert Target.objects.get(metric="retention", active_to=None).target == 800_000


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"target": "много"}, "target"), ({"target": "1e99"}, "target"), ({"target": "65,12345"}, "target"),
        ({"target": ""}, "target"), ({"target": "120"}, "target"), ({"person": "Z-9"}, "person"),
        ({"active_to": "2026-01-01"}, "active_to"), ({"metric": "happiness"}, "metric"), ({"scope": "team:x"}, "scope"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_beside_the_field(
    world: World, client_of: Enter, changes: dict[str, str], field: str
) -> None:
    answer = client_of("academy").post(CONFIRM, form(**changes))
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]


def test_amounts_are_read_as_people_write_them(world: World, client_of: Enter) -> None:
    client = client_of("academy")
    for text, title in (("92,5 %", "≥\u00a092.5%"), ("92.50", "≥\u00a092.5%")):
        assert title in client.post(CONFIRM, form(target=text)).context["preview"].title
    band = client.post(CONFIRM, form(metric="aht", target="5:30", floor="3:00")).context["preview"]
    assert band.title == "AHT 3:00–5:30 from 23\u00a0Nov\u00a02026"


def test_past_days_are_not_judged_anew_by_accident(world: World, client_of: Enter) -> None:
    client = client_of("academy")
    past = form(active_from="2026-11-01")
    answer = client.post(CONFIRM, past | {"step": "set", "seen": seen(client.post(CONFIRM, past))})
    assert answer.status_code == 422
    assert "already judged by another target" in str(answer.context["form"].non_field_errors())


def test_a_target_for_one_person_is_shown_to_those_who_see_the_person(world: World, client_of: Enter) -> None:
    client = client_of("academy")
    mine = form(person="A-004")
    client.post(CONFIRM, mine | {"step": "set", "seen": seen(client.post(CONFIRM, mine))})
    shown = {who: len(client_of(who).get("/metrics/targets/?kind=person").context["rows"]) for who in ("head", "lead")}
    assert shown == {"head": 1, "lead": 0}
    assert client_of("customer").get("/metrics/targets/?kind=person").context["rows"] == []


def test_a_target_is_closed_with_a_reason(world: World, client_of: Enter) -> None:
    client = client_of("academy")
    row = Target.objects.get(metric="csat", active_to=None)
    client.post(f"/metrics/targets/{row.pk}/close/", {"active_to": "2026-12-01"})
    row.refresh_from_db()
    assert row.active_to is None
    client.post(f"/metrics/targets/{row.pk}/close/", {"active_to": "2026-12-01", "reason": "метрика снята"})
    row.refresh_from_db()
    assert row.active_to == date(2026, 12, 1)


def test_the_list_takes_a_constant_number_of_queries(
    world: World, client_of: Enter, django_assert_max_num_queries: Any
) -> None:
    client = client_of("academy")
    client.get("/metrics/targets/?state=all")
    with django_assert_max_num_queries(14):
        assert len(client.get("/metrics/targets/?state=all").context["rows"]) == 5
