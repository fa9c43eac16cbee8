"""Pages of the desk: what they show, who sees them, how many queries they take."""

import re
from collections import Counter
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from nastavnik.crisis.actions import cases, messages
from nastavnik.crisis.actions.messages import Said
from nastavnik.crisis.enums import EventKind, Measure
from nastavnik.crisis.models import CaseEvent, CrisisCase
from nastavnik.kernel import clock
from nastavnik.kernel.models import JournalEntry
from nastavnik.people.actions import teams
from nastavnik.people.models import Person
from tests.factories.crisis import AT, a_case, a_crisis_manager, a_message, a_template
from tests.factories.people import JOINED, a_lead, a_person, a_team, an_organisation

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _now() -> Any:
    an_organisation()
    with clock.frozen(AT + timedelta(minutes=30)):
        yield


@pytest.fixture
def anna() -> Person:
    return a_crisis_manager()


def logged_in(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def post(client: Client, case: CrisisCase, verb: str, **data: Any) -> Any:
    return client.post(reverse("crisis:case-act", args=[case.public_id, verb]), data)


def test_the_case_says_the_refusal_in_one_line_with_the_button_that_starts_the_refund(anna: Person) -> None:
    case = a_case()
    a_message(case, "Не тратьте ни свое, ни мое время. Возврат.", minutes=1)
    client = logged_in(anna)
    page = client.get(case.get_absolute_url()).content.decode()
    assert "Категорический отказ: осталось попыток: 2" in page
    post(client, case, "reply", text="Предлагаю паузу", meaning=EventKind.SOFT, idem="a")
    assert "Категорический отказ: осталась 1 мягкая попытка" in client.get(case.get_absolute_url()).content.decode()
    a_message(case, "Решение принято, обсуждать нечего", minutes=31)
    assert "Возврат положен: оформите его сейчас" in client.get(case.get_absolute_url()).content.decode()
    assert post(client, case, "refund", idem="b").status_code == 302
    assert "Возврат начат" in client.get(case.get_absolute_url()).content.decode()
    assert list(case.events.order_by("seq").values_list("kind", flat=True))[-1] == "REFUND_START"


def test_the_later_writer_keeps_the_typed_text_and_may_send_it_then(anna: Person) -> None:
    team = a_team()
    case = a_case(team=team)
    lead = a_lead(team)
    teams.move(person=anna, team=team, since=JOINED, by=None, at=AT)
    cases.take(case=case, by=anna, at=AT)
    seen = case.events.count()
    cases.set_severity(case=case, severity=1, by=lead, at=AT + timedelta(minutes=1))
    client = logged_in(anna)
    answer = post(client, case, "reply", text="Длинный ответ клиенту", seen=seen, idem="x")
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "Длинный ответ клиенту" in page
    assert "тяжесть изменена" in page
    assert f'name="seen" value="{case.events.count()}"' in page
    assert post(client, case, "reply", text="Длинный ответ клиенту", seen=case.events.count()).status_code == 302


def test_hostile_text_is_shown_as_text(anna: Person) -> None:
    case = a_case()
    a_message(case, "<script>alert(1)</script> \u202egnp", minutes=1)
    page = logged_in(anna).get(case.get_absolute_url()).content.decode()
    assert "<script>alert" not in page
    assert "\u202e" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt; ␉gnp" in page


def test_a_long_conversation_costs_as_many_queries_as_a_short_one(
    anna: Person, django_assert_num_queries: Any, django_assert_max_num_queries: Any
) -> None:
    a_template()
    short, long = a_case(), a_case()
    talk = messages.converse(customer=long.customer, case=long, channel="chat", at=AT)
    said = [Said(text=f"реплика {n}", at=AT + timedelta(seconds=n), source_id=str(n)) for n in range(500)]
    messages.receive(conversation=talk, said=said, at=AT + timedelta(minutes=20))
    a_message(short, "одна реплика", minutes=1)
    client = logged_in(anna)
    client.get(short.get_absolute_url())
    with django_assert_max_num_queries(60) as first:
        client.get(short.get_absolute_url())
    with django_assert_num_queries(len(first)):
        page = client.get(long.get_absolute_url()).content.decode()
    assert page.count('class="case-message ') == 60
    assert "реплика 499" in page
    assert "Более ранние сообщения" in page


def test_earlier_messages_come_without_gaps(anna: Person) -> None:
    case = a_case()
    talk = messages.converse(customer=case.customer, case=case, channel="chat", at=AT)
    said = [Said(text=f"реплика-{n}.", at=AT + timedelta(seconds=n // 3)) for n in range(130)]
    messages.receive(conversation=talk, said=said, at=AT + timedelta(minutes=20))
    client = logged_in(anna)
    seen: list[int] = []
    url: str | None = case.get_absolute_url()
    while url:
        page = client.get(url).content.decode()
        seen = [n for n in range(130) if f"реплика-{n}." in page] + seen
        start = page.find(f"/crisis/cases/{case.public_id}/older/")
        url = page[start : page.index('"', start)] if start >= 0 else None
    assert seen == list(range(130))


def test_live_answers_nothing_while_nothing_happened(anna: Person) -> None:
    case = a_case()
    url = reverse("crisis:case-live", args=[case.public_id])
    client = logged_in(anna)
    assert client.get(url, {"seen": case.events.count()}).status_code == 204
    a_message(case, "Я тут", minutes=1)
    answer = client.get(url, {"seen": 2})
    fragment = answer.content.decode()
    assert (answer.status_code, "Я тут" in fragment, "<html" in fragment) == (200, True, False)
    assert fragment.count('hx-swap-oob="outerHTML"') == 2


def test_every_look_is_in_the_journal(anna: Person) -> None:
    case = a_case()
    client = logged_in(anna)
    client.get(case.get_absolute_url())
    client.get(case.customer.get_absolute_url())
    kinds = JournalEntry.objects.filter(actor_id=anna.pk).order_by("pk").values_list("kind", flat=True)
    assert list(kinds) == ["crisis.case_seen", "crisis.customer_seen"]


def test_who_sees_which_case() -> None:
    team, other = a_team(), a_team()
    anna, boris, lead, outsider = a_crisis_manager(), a_crisis_manager(), a_lead(team), a_person()
    teams.move(person=anna, team=team, since=JOINED, by=None, at=AT)
    teams.move(person=boris, team=other, since=JOINED, by=None, at=AT)
    of_team, of_desk, of_other = a_case(team=team), a_case(), a_case(team=other)
    taken = a_case(team=team)
    cases.take(case=taken, by=anna, at=AT)

    def seen(person: Person) -> list[int]:
        return sorted(CrisisCase.objects.visible_to(person).values_list("number", flat=True))

    assert seen(anna) == [of_team.number, of_desk.number, taken.number]
    assert seen(boris) == [of_desk.number, of_other.number]
    assert seen(lead) == [of_team.number, taken.number]
    assert seen(outsider) == []
    assert logged_in(boris).get(taken.get_absolute_url()).status_code == 404
    assert logged_in(boris).get(taken.customer.get_absolute_url()).status_code == 404
    assert logged_in(outsider).get(reverse("crisis:my-day")).status_code == 403


def test_a_mark_is_one_click(anna: Person) -> None:
    case = a_case()
    message = a_message(case, "с меня довольно, пора заканчивать", minutes=1)
    client = logged_in(anna)
    assert post(client, case, "mark", mark=f"{message.pk}:trigger").status_code == 302
    assert CaseEvent.objects.get(kind="trigger").source == "agent"
    assert post(client, case, "mark", mark="999999:trigger").status_code == 422


@pytest.mark.parametrize(
    ("verb", "data", "kind"),
    [
        ("take", {}, "taken"),
        ("pause", {"reason": "ждём чек"}, "paused"),
        ("escalate", {"rung": "claim", "reason": "пришла претензия"}, "escalated"),
        ("severity", {"severity": "1"}, "severity"),
        ("note", {"text": "перезвонить"}, "note"),
        ("close", {"reason": "решено"}, "CLOSE"),
        ("silence", {}, "silence"),
        ("consent", {"recording": "запись 7, 02:10"}, "accept"),
    ],
)
def test_each_act_is_one_post(anna: Person, verb: str, data: dict[str, str], kind: str) -> None:
    case = a_case()
    assert post(logged_in(anna), case, verb, **data).status_code == 302
    assert list(case.events.order_by("seq").values_list("kind", flat=True))[-1] == kind


def test_an_act_without_its_words_is_refused_and_opens_its_window_again(anna: Person) -> None:
    case = a_case()
    answer = post(logged_in(anna), case, "pause", reason="")
    assert (answer.status_code, 'data-opened="do-pause"' in answer.content.decode()) == (422, True)
    assert post(logged_in(anna), case, "fly").status_code == 404


def test_the_next_case_is_the_free_one_with_the_nearest_deadline(anna: Person) -> None:
    a_template()
    later, sooner = a_case(), a_case(at=AT + timedelta(minutes=20), opened_at=AT - timedelta(hours=2))
    client = logged_in(anna)
    assert client.post(reverse("crisis:take-next")).url == sooner.get_absolute_url()
    assert client.post(reverse("crisis:take-next")).url == later.get_absolute_url()
    assert client.post(reverse("crisis:take-next")).url == reverse("crisis:my-day")
    page = client.get(reverse("crisis:my-day")).content.decode()
    assert "Сроки пропущены: 1. Начните с первого" in page


def test_the_day_and_the_queue_cost_the_same_for_one_and_three_cases(
    anna: Person, django_assert_num_queries: Any
) -> None:
    client, urls = logged_in(anna), [reverse("crisis:my-day"), reverse("crisis:case-list")]
    counts: dict[str, int] = {}
    for made in (1, 2):
        for _ in range(made):
            cases.take(case=a_case(), by=anna, at=AT)
        for url in urls:
            client.get(url)
            with CaptureQueriesContext(
                connection,
            ) as found:
                client.get(url)
            assert counts.setdefault(url, len(found)) == len(found)


def test_the_queue_is_searched_and_filtered(anna: Person) -> None:
    mine, free = a_case(), a_case()
    cases.take(case=mine, by=anna, at=AT)
    client, url = logged_in(anna), reverse("crisis:case-list")

    def numbers(**query: str) -> list[int]:
        return sorted(one.number for one, _due in client.get(url, query).context["rows"])

    assert numbers() == [mine.number, free.number]
    assert numbers(which="mine") == [mine.number]
    assert numbers(which="free") == [free.number]
    assert numbers(which="closed") == []
    assert numbers(q=str(free.number)) == [free.number]
    assert numbers(q=mine.customer.ext_id) == [mine.number]


def test_a_case_by_hand_is_found_again(anna: Person) -> None:
    client, url = logged_in(anna), reverse("crisis:case-open")
    data = {
        "customer_id": "C-77", "customer_name": "Ольга", "kind": "refund", "severity": "2", "channel": "call",
        "text": "Верните деньги", "contract_id": "D-77", "paid": "24 000,50", "currency": "RUB",
    }  # fmt: skip
    first = client.post(url, data)
    assert first.status_code == 302
    assert client.post(url, data).url == first.url
    case = CrisisCase.objects.get()
    assert (case.customer.name, case.contract.paid if case.contract else None) == ("Ольга", 2_400_050)


def test_no_two_fields_of_the_page_share_an_id(anna: Person) -> None:
    case = a_case(by=anna)
    cases.take(case=case, by=anna, at=AT + timedelta(minutes=1))
    a_message(case, "Хочу вернуть деньги")
    page = logged_in(anna).get(case.get_absolute_url()).content.decode()
    ids = re.findall(r'\bid="([^"]+)"', page)
    assert [one for one, times in Counter(ids).items() if times > 1] == []


def test_whoever_comes_too_late_for_a_case_is_told_who_has_it() -> None:
    team = a_team()
    anna, vera = (a_crisis_manager(family_name=name) for name in ("Анина", "Верина"))
    for one in (anna, vera):
        teams.move(person=one, team=team, since=JOINED, by=None, at=AT)
    case = a_case(team=team)
    cases.take(case=case, by=anna, at=AT + timedelta(minutes=1))
    late = logged_in(vera)
    answer = late.post(reverse("crisis:case-act", args=[case.public_id, "take"]), {"idem": "b"}, follow=True)
    assert answer.redirect_chain == [(reverse("crisis:my-day"), 302)]
    assert f"№ {case.number} уже взяли: с ним работает {anna}." in answer.content.decode()
    stranger = logged_in(a_crisis_manager())
    assert stranger.post(reverse("crisis:case-act", args=[case.public_id, "take"]), {}).status_code == 404


def test_the_page_shows_what_presses_and_folds_the_other_deadlines_away(anna: Person) -> None:
    a_template()
    a_template("pickup", name="Приём", measure=Measure.PICKUP)
    case = a_case(by=anna)
    a_message(case, "Хочу вернуть деньги")
    page = logged_in(anna).get(case.get_absolute_url()).content.decode()
    shown, folded = page.split("case-clocks-rest")
    assert ["Первый ответ" in shown, "Приём" in shown, "Приём" in folded] == [True, False, True]
    assert "ещё 1 срок: выдержан или не начат" in folded
