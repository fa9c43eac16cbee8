"""The wizard: upload, mapping, dry run, loading, refused lines."""

from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from procrastinate.contrib.django.models import ProcrastinateJob

from nastavnik.people.folders import uploads
from nastavnik.people.jobs import load_people
from nastavnik.people.models import PeopleImport, PeopleMapping, Person
from tests.factories.people import a_team, an_administrator, an_organisation

pytestmark = pytest.mark.django_db
FILE = "Табельный номер;ФИО;Команда\nB-1;Ёлкина Мария;Чат\nB-2;Гусева Вера;Луна\n"


@pytest.fixture
def admin() -> Client:
    an_organisation()
    a_team("chat", "Чат")
    client = Client(headers={"accept-language": "en"})
    client.force_login(an_administrator())
    return client


def upload(client: Client, text: bytes = FILE.encode()) -> Any:
    return client.post("/people/imports/", {"file": SimpleUploadedFile("staff.csv", text)})


def page_of(name: str, made: PeopleImport) -> str:
    return reverse(f"people:{name}", args=[made.public_id])


def test_a_file_goes_all_the_way(admin: Client) -> None:
    assert upload(admin).status_code == 302
    made = PeopleImport.objects.get()
    assert admin.get(page_of("import-detail", made)).headers["Location"] == page_of("import-map", made)
    form = admin.get(page_of("import-map", made)).context["form"]
    guessed = {name: value for name, value in form.initial.items() if name.startswith("column_")}
    assert guessed == {"column_code": "Табельный номер", "column_name": "ФИО", "column_team": "Команда"}
    admin.post(page_of("import-map", made), {**guessed, "as_of": "2026-11-01", "save_as": "Кадры"})
    result = admin.get(page_of("import-detail", made)).context["result"]
    assert (result["hired"], result["rejected"]) == (1, 1)
    errors = b"".join(admin.get(page_of("import-errors", made)).streaming_content)  # type: ignore[attr-defined]  # streamed
    assert "3,B-2," in errors.decode("utf-8-sig")
    assert not Person.objects.filter(code="B-1").exists()

    admin.post(page_of("import-load", made))
    job = ProcrastinateJob.objects.get(task_name="people.load_people")
    waiting = admin.get(page_of("import-detail", made))
    assert 'data-part="progress"' in waiting.content.decode()
    load_people(**job.args)
    assert Person.objects.filter(code="B-1").exists()
    assert admin.get(page_of("import-detail", made)).context["result"]["hired"] == 1
    fragment = admin.get(page_of("import-detail", made), headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in fragment
    assert admin.post(page_of("import-load", made)).status_code == 404


def test_a_saved_mapping_fills_the_form(admin: Client) -> None:
    PeopleMapping.objects.create(
        name="Кадры", mapping={"columns": {"code": "ФИО"}, "values": {"team": {"x": "y"}}}, saved_at="2026-11-01T00:00Z"
    )
    upload(admin)
    made = PeopleImport.objects.get()
    page = admin.get(page_of("import-map", made) + "?saved=Кадры")
    assert page.context["form"].initial["column_code"] == "ФИО"
    fields = {"column_code": "ФИО", "as_of": "2026-11-01"}
    admin.post(page_of("import-map", made) + "?saved=Кадры", fields)
    made.refresh_from_db()
    assert made.mapping["values"] == {"team": {"x": "y"}}


def test_a_picture_is_not_a_table(admin: Client) -> None:
    answer = upload(admin, b"\x89PNG\r\n\x1a\n" + b"0" * 100)
    assert answer.status_code == 422
    assert "picture" in answer.content.decode()
    assert (PeopleImport.objects.count(), list(Path(uploads()).iterdir())) == (0, [])


def test_a_mapping_without_a_code_is_refused_beside_its_field(admin: Client) -> None:
    upload(admin)
    answer = admin.post(page_of("import-map", PeopleImport.objects.get()), {"as_of": "2026-11-01"})
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["column_code"]
