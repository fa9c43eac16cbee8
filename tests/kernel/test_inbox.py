"""The inbox: one's own long tasks, and nobody else's."""

from datetime import UTC, datetime

import pytest
from django.test import Client
from django.utils.translation import override

from nastavnik.kernel import progress
from nastavnik.kernel.errors import InvalidInput
from nastavnik.kernel.models import LongTask
from nastavnik.people.models import Person

AT = datetime(2026, 11, 23, 9, tzinfo=UTC)
pytestmark = pytest.mark.django_db


def someone(code: str) -> tuple[Person, Client]:
    person = Person.objects.create(code=code, login=code.lower(), family_name=code, language="en")
    client = Client(headers={"accept-language": "en"})
    client.force_login(person)
    return person, client


def task(person: Person, title: str = "Loading contacts") -> LongTask:
    return progress.start("kernel.test", title, by=person, at=AT, total=200)


def test_the_inbox_shows_the_readers_tasks_and_makes_them_old_news() -> None:
    anna, client = someone("A-1")
    boris, _others = someone("B-1")
    mine = task(anna, "Loading May")
    progress.finish(mine.pk, result_url="/result/")
    theirs = task(boris, "Loading of Boris")
    progress.finish(theirs.pk)
    with override("en"):
        page = client.get("/inbox/").content.decode()
    assert ("Loading May" in page, "/result/" in page, "Loading of Boris" in page) == (True, True, False)
    mine.refresh_from_db()
    theirs.refresh_from_db()
    assert (mine.seen_at is not None, theirs.seen_at) == (True, None)


def test_a_running_task_is_polled_and_a_finished_one_is_not() -> None:
    anna, client = someone("A-1")
    mine = task(anna)
    progress.advance(mine.pk, done=50, note="January")
    address = f"/inbox/{mine.public_id}/"
    running = client.get(address).content.decode()
    assert ('hx-trigger="every 1s"' in running, "January" in running) == (True, True)
    progress.fail(mine.pk, InvalidInput("Row {row} has no person.", row=7))
    stopped = client.get(address).content.decode()
    assert ("hx-trigger" in stopped, "Row 7 has no person." in stopped) == (False, True)


def test_the_task_of_another_person_does_not_exist_for_the_reader() -> None:
    _anna, client = someone("A-1")
    boris, _other = someone("B-1")
    theirs = task(boris, "Secret of Boris")
    progress.finish(theirs.pk)
    assert client.get(f"/inbox/{theirs.public_id}/").status_code == 404
    assert client.post(f"/inbox/{theirs.public_id}/dismiss/").status_code == 404
    assert LongTask.objects.filter(pk=theirs.pk).exists()


def test_a_finished_task_is_taken_out_and_a_running_one_stays() -> None:
    anna, client = someone("A-1")
    finished, running = task(anna), task(anna)
    progress.finish(finished.pk)
    assert client.post(f"/inbox/{finished.public_id}/dismiss/").status_code == 302
    assert client.post(f"/inbox/{running.public_id}/dismiss/").status_code == 422
    assert list(LongTask.objects.all()) == [running]


def test_an_empty_inbox_says_what_will_be_here() -> None:
    _anna, client = someone("A-1")
    assert "Nothing here yet" in client.get("/inbox/").content.decode()


def test_the_inbox_is_exported_like_every_list() -> None:
    anna, client = someone("A-1")
    task(anna, "=1+1")
    lines = b"".join(client.get("/inbox/?export=csv")).decode("utf-8-sig").splitlines()  # type: ignore[call-overload]  # streamed
    assert lines == ["title,state,created,finished,error", f"'=1+1,queued,{AT.isoformat()},,"]
