"""Skeletons of pages: cut once, filled for each taker; what people wrote is escaped."""

import pytest
from django.test import Client
from django.urls import reverse

from nastavnik.assessment.web import skeletons
from nastavnik.kernel import clock
from tests.factories.assessment_exams import AT, a_published_exam, an_attempt
from tests.factories.people import a_person, an_organisation

REFUSED = "assessment/room_refused.html"


def holes(_shape: skeletons.Shape) -> dict[str, str]:
    return {name: skeletons.hole(name) for name in ("title", "theme", "message", "ended")}


def page(**values: str) -> str:
    given = {"title": "Экзамен", "theme": "auto", "message": "Время вышло", "ended": "/x/"}
    return skeletons.page(REFUSED, "ru", (), holes, given | values)


def test_no_hole_is_left_and_every_value_stands_in_its_place() -> None:
    text = page()
    assert ("hole-" in text, "<h1>Экзамен</h1>" in text, 'href="/x/"' in text) == (False, True, True)


def test_what_people_wrote_is_escaped_and_never_taken_for_a_hole() -> None:
    text = page(title="<b>hole-message-eloh</b>")
    assert "<h1>&lt;b&gt;hole-message-eloh&lt;/b&gt;</h1>" in text


def test_a_value_that_is_missing_is_an_error() -> None:
    with pytest.raises(KeyError):
        skeletons.page(REFUSED, "ru", (), holes, {"title": "Экзамен"})


@pytest.mark.django_db
def test_two_takers_share_a_skeleton_and_nothing_else() -> None:
    an_organisation()
    exam, texts = a_published_exam(), {}
    for name in ("A-001", "A-002"):
        attempt, client = an_attempt(a_person(name), exam), Client()
        client.force_login(attempt.person)
        with clock.frozen(AT):
            client.post(reverse("assessment:attempt-start", args=[attempt.public_id]))
            answer = client.get(reverse("assessment:attempt-page", args=[attempt.public_id, 1]))
        texts[attempt.public_id] = answer.content.decode()
    assert {one: [other in text for other in texts] for one, text in texts.items()} == {
        one: [one == other for other in texts] for one in texts
    }
