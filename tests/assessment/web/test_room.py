"""The exam room without scripts, as plain forms."""

import html
import re
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from nastavnik.assessment.actions import attempts, exams
from nastavnik.assessment.enums import AttemptState
from nastavnik.assessment.logic.items import (
    Case,
    Choice,
    Gap,
    Matching,
    Multiple,
    Number,
    NumberChoice,
    Ordering,
    Pair,
    Short,
    Single,
    TrueFalse,
)
from nastavnik.assessment.logic.texts import rich
from nastavnik.assessment.models import Attempt, Result
from nastavnik.assessment.web import tickets
from nastavnik.kernel import clock
from nastavnik.people.models import Person
from tests.factories.assessment import an_essay
from tests.factories.assessment_exams import AT, CLOSES, a_form, a_published_exam, an_attempt, an_exam, live, live_items
from tests.factories.people import a_person, an_organisation

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)
MOSCOW = ZoneInfo("Europe/Moscow")
Page = Any


def feedback(text: str) -> Any:
    return rich(f"ПОЯСНЕНИЕ {text}")


def choice(text: str, right: bool = False) -> Choice:
    return Choice(rich(text), is_right=right, feedback=feedback(text))


CHOICES = (choice("альфа", True), choice("бета"), choice("гамма"))
KINDS = [
    Single(stem=rich("Один"), choices=CHOICES, feedback=feedback("одного")),
    Multiple(stem=rich("Несколько"), choices=(*CHOICES, choice("дельта", True))),
    TrueFalse(stem=rich("Верно ли"), is_true=False, if_true=feedback("верно"), if_false=feedback("неверно")),
    Matching(stem=rich("Соедините"), pairs=(Pair(rich("лево1"), "право1"), Pair(rich("лево2"), "право2"))),
    Ordering(stem=rich("По порядку"), steps=(rich("шаг1"), rich("шаг2"), rich("шаг3"))),
    Gap(stem=rich("Слово _____ тут"), gaps=((choice("СЕКРЕТНОЕ", True),),)),
    Short(stem=rich("Кратко"), answers=(choice("ТАЙНОЕ", True),)),
    Number(stem=rich("Сколько"), numbers=(NumberChoice(number=Decimal("98765")),)),
    Case(stem=rich("Кейс"), parts=(Single(stem=rich("Часть"), choices=CHOICES), an_essay("Опишите"))),
]
SECRETS = ("ПОЯСНЕНИЕ", "СЕКРЕТНОЕ", "ТАЙНОЕ", "98765", "is_right", "weight")


@pytest.fixture(autouse=True)
def _organisation() -> None:
    an_organisation()


def browser(person: Person) -> Client:
    client = Client(headers={"accept-language": "ru"})
    client.force_login(person)
    return client


def url(name: str, attempt: Attempt, *more: Any) -> str:
    return reverse(f"assessment:{name}", args=[attempt.public_id, *more])


def begun(attempt: Attempt, at: datetime = AT, **headers: str) -> Client:
    """A browser with the ticket of the room."""
    client = browser(attempt.person)
    with clock.frozen(at):
        answer = client.post(url("attempt-start", attempt))
    assert answer.status_code == 302, answer.content.decode()
    return client


def get(client: Client, path: str, at: datetime = AT) -> Page:
    with clock.frozen(at):
        return client.get(path)


def fields(page: Page) -> dict[str, str]:
    """Hidden fields of the page's form."""
    text = page.content.decode()
    return dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', text))


def post(client: Client, path: str, data: dict[str, Any], at: datetime = AT, **more: Any) -> Page:
    with clock.frozen(at):
        return client.post(path, data, **more)


def right_choice(attempt: Attempt, place: int) -> str:
    """Where the right option (the first of the item) stands on this person's page."""
    return str(attempt.layout[place - 1]["o"].index(0))


def test_the_whole_exam_works_with_plain_forms():
    attempt = an_attempt(exam=a_published_exam(count=7, page_size=3))
    client = begun(attempt)
    path = url("attempt-page", attempt, 1)
    for number, places in ((1, (1, 2, 3)), (2, (4, 5, 6)), (3, (7,))):
        assert path == url("attempt-page", attempt, number)
        page = get(client, path)
        assert 'data-anchor="page"' in page.content.decode()
        answers = {f"q{place}": right_choice(attempt, place) for place in places}
        path = post(client, path, fields(page) | answers | {"next": "1"}).url
    assert path == url("attempt-check", attempt)
    check = get(client, path)
    assert 'data-anchor="submit"' in check.content.decode()
    result = post(client, url("attempt-submit", attempt), fields(check), follow=True)
    assert 'data-anchor="result"' in result.content.decode()
    assert Result.objects.get(attempt=attempt).points == 7


def test_a_page_costs_one_query_and_a_save_costs_one():
    attempt = an_attempt(exam=a_published_exam(count=7))
    client = begun(attempt)
    page = get(client, url("attempt-page", attempt, 1))
    with CaptureQueriesContext(connection) as looked:
        get(client, url("attempt-page", attempt, 1))
    with CaptureQueriesContext(connection) as saved:
        post(client, url("attempt-save", attempt), fields(page) | {"place": "1", "q1": "0"})
    with CaptureQueriesContext(connection) as turned:
        post(client, url("attempt-page", attempt, 1), fields(page) | {"q1": "0", "q2": "1"})
    assert (len(looked), len(saved), len(turned)) == (
        1,
        1,
        2,
    )  # the last asks why one of its two answers was not written: it was before


def test_a_save_says_when_and_under_which_number():
    attempt = an_attempt()
    client = begun(attempt)
    page = get(client, url("attempt-page", attempt, 1))
    answer = post(client, url("attempt-save", attempt), fields(page) | {"place": "2", "q2": "0"}, AT + MINUTE)
    local = (AT + MINUTE).astimezone(MOSCOW)
    assert answer.json() == {"sequence": 1, "saved": f"{local:%H:%M:%S}", "answered": True}


def test_what_was_answered_stands_on_the_page_of_another_device():
    attempt = an_attempt()
    first = begun(attempt)
    page = get(first, url("attempt-page", attempt, 1))
    post(first, url("attempt-save", attempt), fields(page) | {"place": "1", "q1": "1"})
    second = begun(attempt)
    text = get(second, url("attempt-page", attempt, 1)).content.decode()
    assert re.findall(r'name="(q\d)" value="(\d)" checked', text) == [("q1", "1")]
    assert Attempt.objects.count() == 1


def test_posting_a_page_twice_is_one_set_of_answers():
    attempt = an_attempt()
    client = begun(attempt)
    page = get(client, url("attempt-page", attempt, 1))
    for _ in range(2):
        post(client, url("attempt-page", attempt, 1), fields(page) | {"q1": "0", "q2": "1"})
    assert attempt.answers.count() == 2


def test_an_answer_taken_back_on_a_plain_page_is_taken_back():
    attempt = an_attempt(exam=a_published_exam(bodies=[Short(stem=rich("Кратко"), answers=(choice("да", True),))]))
    client = begun(attempt)
    for text in ("да", ""):
        page = get(client, url("attempt-page", attempt, 1))
        post(client, url("attempt-page", attempt, 1), fields(page) | {"q1": text})
    assert list(attempt.answers.order_by("sequence").values_list("value", flat=True)) == ["да", None]


def test_a_late_save_says_why_and_the_time_of_the_server():
    attempt = an_attempt()
    client = begun(attempt)
    page = get(client, url("attempt-page", attempt, 1))
    path, data = url("attempt-save", attempt), fields(page) | {"place": "1", "q1": "0"}
    answer = post(client, path, data, AT + 40 * MINUTE, headers={"accept": "application/json"})
    deadline = (AT + 40 * MINUTE).astimezone(MOSCOW)
    assert answer.status_code == 409
    assert answer.json()["message"].count(f"{deadline:%H:%M:%S}") == 2
    plain = post(client, url("attempt-page", attempt, 1), data, AT + 40 * MINUTE)
    assert (plain.status_code, attempt.answers.count()) == (409, 0)


def test_the_room_closes_by_the_clock_of_the_server_alone():
    attempt = an_attempt()
    client = begun(attempt)
    late = get(client, url("attempt-page", attempt, 1), AT + 40 * MINUTE)
    assert late.url == url("attempt-result", attempt)
    result = get(client, late.url, AT + 40 * MINUTE)
    assert 'data-anchor="result"' in result.content.decode()
    attempt.refresh_from_db()
    assert (attempt.state, attempt.ended_at) == (AttemptState.CLOSED, AT + 40 * MINUTE)


def test_without_a_ticket_one_is_sent_to_the_entry():
    attempt = an_attempt()
    begun(attempt)
    stranger = browser(a_person("stranger"))
    assert get(stranger, url("attempt-page", attempt, 1)).url == url("attempt-entry", attempt)
    assert get(stranger, url("attempt-entry", attempt)).status_code == 404
    assert post(stranger, url("attempt-start", attempt), {}).status_code == 404
    assert post(stranger, url("attempt-save", attempt), {"place": "1", "sequence": "1", "q1": "0"}).status_code == 403
    assert attempt.answers.count() == 0


def test_a_ticket_opens_its_own_attempt_only():
    one = an_attempt(a_person("one"), a_published_exam("first"))
    other = an_attempt(a_person("other"), a_published_exam("second"))
    begun(other)
    client = begun(one)
    client.cookies[tickets.COOKIE]["path"] = "/"
    assert get(client, url("attempt-page", other, 1)).url == url("attempt-entry", other)


def test_another_site_cannot_post_into_the_room():
    attempt = an_attempt()
    client = begun(attempt)
    for key in ("", "x" * 43, "ключ"):
        data = {"key": key, "place": "1", "sequence": "1", "q1": "0"}
        assert post(client, url("attempt-save", attempt), data).status_code == 403
        assert post(client, url("attempt-submit", attempt), data).status_code == 403
    assert client.cookies[tickets.COOKIE]["samesite"] == "Strict"
    assert attempt.answers.count() == 0


@pytest.mark.parametrize(
    "data",
    [
        {"place": "0"}, {"place": "99"}, {"place": "x"}, {"place": "1", "sequence": "0"},
        {"place": "1", "sequence": "999999999"}, {"place": "1", "sequence": "-1"},
    ],
)  # fmt: skip
def test_nonsense_is_refused_in_words(data: dict[str, str]):
    attempt = an_attempt()
    client = begun(attempt)
    page = get(client, url("attempt-page", attempt, 1))
    answer = post(client, url("attempt-save", attempt), fields(page) | data, headers={"accept": "application/json"})
    assert (answer.status_code, sorted(answer.json())) == (422, ["message", "now"])


def test_a_forged_choice_is_no_answer():
    attempt = an_attempt()
    client = begun(attempt)
    page = get(client, url("attempt-page", attempt, 1))
    for value in ("99", "-1", "1.5", "\0", "٣", "true"):
        number = {"sequence": str(attempt.answers.count() + 1)}
        assert (
            post(client, url("attempt-save", attempt), fields(page) | number | {"place": "1", "q1": value}).status_code
            == 200
        )
    assert set(attempt.answers.values_list("value", flat=True)) == {None}


def every_kind() -> Attempt:
    return an_attempt(exam=a_published_exam(bodies=KINDS, pass_percent=50, page_size=4))


def answers_on(page: Page) -> dict[str, list[str]]:
    """One answer to every control of a page: the first choice, the numbers in order, a word."""
    text = html.unescape(page.content.decode())
    found: dict[str, list[str]] = {}
    for name, value in re.findall(r'type="(?:radio|checkbox)" name="(q[\d-]+)" value="(\w+)"', text):
        found.setdefault(name, [value])
    for name, options in re.findall(r'<select class="input" name="(q[\d-]+)" id="[^"]*">(.*?)</select>', text):
        offered = re.findall(r'value="(\w+)"', options)
        found[name] = [offered[int(name.rsplit("-", 1)[1])]]
    for name in re.findall(r'<(?:input class="input"|textarea class="input") name="(q[\d-]+)"', text):
        found[name] = ["слово"]
    return found


def test_no_answer_of_the_server_tells_a_key_before_the_window_has_closed():
    attempt = every_kind()
    client = browser(attempt.person)
    seen: list[tuple[str, str]] = []

    def look(answer: Page) -> Page:
        seen.append((answer.request["PATH_INFO"], answer.content.decode() + str(answer.headers)))
        return answer

    for name in ("my-exams", "exam-take"):
        args = [attempt.exam.code] if name == "exam-take" else []
        look(get(client, reverse(f"assessment:{name}", args=args)))
    look(get(client, url("attempt-entry", attempt)))
    look(post(client, url("attempt-start", attempt), {}))
    for number in (1, 2, 3):
        page = look(get(client, url("attempt-page", attempt, number)))
        given = answers_on(page)
        for place in {re.split(r"[q-]", name)[1] for name in given}:
            own = {name: value for name, value in given.items() if re.split(r"[q-]", name)[1] == place}
            look(post(client, url("attempt-save", attempt), fields(page) | own | {"place": place}))
        look(post(client, url("attempt-page", attempt, number), fields(page) | given))
        look(get(client, url("attempt-page", attempt, number)))
    check = look(get(client, url("attempt-check", attempt)))
    look(post(client, url("attempt-submit", attempt), fields(check)))
    for name in ("attempt-result", "attempt-review", "attempt-entry", "attempt-page"):
        more = [1] if name == "attempt-page" else []
        look(get(client, url(name, attempt, *more)))
    assert len(seen) > 20
    assert [(path, secret) for path, text in seen for secret in SECRETS if secret in text] == []


def test_right_answers_feedback_and_source_come_after_the_window():
    item = live(KINDS[0])
    item.source = "Статья «Возвраты»"
    item.save()
    live_items(1)
    made = an_exam("own", count=2, pass_percent=50)
    a_form(made)
    attempt = an_attempt(exam=exams.publish(exam=made, by=None, at=AT))
    client = begun(attempt)
    with clock.frozen(AT):
        attempts.submit(attempt=attempt, at=AT + MINUTE, by=None)
    early = get(client, url("attempt-review", attempt), CLOSES - MINUTE)
    late = get(client, url("attempt-review", attempt), CLOSES)
    assert early.status_code == 422
    text = late.content.decode()
    assert ("альфа" in text, "ПОЯСНЕНИЕ одного" in text, "Статья «Возвраты»" in text) == (True, True, True)


def test_every_kind_of_question_is_answered_and_scored():
    attempt = every_kind()
    client = begun(attempt)
    for number in (1, 2, 3):
        page = get(client, url("attempt-page", attempt, number))
        post(client, url("attempt-page", attempt, number), fields(page) | answers_on(page))
    stored = dict(attempt.answers.order_by("sequence").values_list("position", "value"))
    assert len(stored) == len(KINDS)
    for number in (1, 2, 3):  # what is stored stands on the pages again, and says the same
        page = get(client, url("attempt-page", attempt, number))
        post(client, url("attempt-page", attempt, number), fields(page) | chosen_on(page))
    assert dict(attempt.answers.order_by("sequence").values_list("position", "value")) == stored
    post(client, url("attempt-submit", attempt), fields(page))
    attempt.refresh_from_db()
    assert attempt.state == AttemptState.MARKING  # the case holds an open answer


def chosen_on(page: Page) -> dict[str, list[str]]:
    """What a browser would send from the page as it stands."""
    text = html.unescape(page.content.decode())
    found: dict[str, list[str]] = {}
    for name, value in re.findall(r'type="(?:radio|checkbox)" name="(q[\d-]+)" value="(\w+)" checked', text):
        found.setdefault(name, []).append(value)
    for name, options in re.findall(r'<select class="input" name="(q[\d-]+)" id="[^"]*">(.*?)</select>', text):
        found[name] = re.findall(r'value="(\w*)" selected', options)
    found |= {
        name: [v] for name, v in re.findall(r'<input class="input" name="(q[\d-]+)" id="[^"]*" value="([^"]*)"', text)
    }
    found |= {name: [v] for name, v in re.findall(r'<textarea class="input" name="(q[\d-]+)"[^>]*>([^<]*)<', text)}
    return found


@pytest.mark.parametrize(("at", "said"), [(AT, "ваше время"), (CLOSES - 10 * MINUTE, "закроется окно")])
def test_one_reads_before_the_start_what_will_end_the_attempt(at: datetime, said: str):
    attempt = an_attempt()
    text = get(browser(attempt.person), url("attempt-entry", attempt), at).content.decode()
    assert said in text.lower()
    assert 'data-anchor="start"' in text


def test_whoever_comes_early_sees_how_long_to_wait():
    attempt = an_attempt(gate_seconds=30)
    text = get(browser(attempt.person), url("attempt-entry", attempt), AT - MINUTE).content.decode()
    gate = attempts.gate_opens_at(attempt)
    wait = int((gate - (AT - MINUTE)).total_seconds()) + 1
    assert f'data-wait="{wait}"' in text


def test_my_exams_show_mine_only():
    mine = an_attempt(a_person("one"), a_published_exam("first", title="Мой экзамен"))
    an_attempt(a_person("other"), a_published_exam("second", title="Чужой экзамен"))
    text = get(browser(mine.person), reverse("assessment:my-exams")).content.decode()
    assert ("Мой экзамен" in text, "Чужой экзамен" in text) == (True, False)


def test_a_course_shows_the_door_to_its_exam_then_how_it_went() -> None:
    attempt = an_attempt()
    client, panel = browser(attempt.person), reverse("assessment:exam-panel", args=["monthly"])
    before = get(client, panel).content.decode()
    with clock.frozen(AT):
        attempts.submit(attempt=attempts.start(attempt=attempt, at=AT), at=AT, by=None)
    after = get(client, panel).content.decode()
    door = f'href="{attempt.get_absolute_url()}"'
    assert [door in text for text in (before, after)] == [True, False]
    assert url("attempt-result", attempt) in after
    assert "не назначен" in get(browser(a_person("stranger")), panel).content.decode()
    later = reverse("assessment:exam-panel", args=["no-such-exam"])
    assert "не назначен" in get(client, later).content.decode()
