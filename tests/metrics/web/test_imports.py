"""The pages of an import, from the upload to the records."""

from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from nastavnik.kernel import clock
from nastavnik.metrics.models import FactDay, ImportRun, Mapping
from nastavnik.people.models import Person
from tests.factories.facts import NOW, centre, planner
from tests.support.jobs import run_waiting

FOREIGN = (
    "Номер;Оператор;Дата;Время;Линия;Отвечен;Оценка\n"
    "1;a-1;01.10.2026;10:00:00;Вход;Д;5\n"
    "2;a-2;01.10.2026;23:30:00;Вход;Н;\n"
    "3;никто;02.10.2026;10:00:00;Вход;Д;4\n"
)
pytestmark = pytest.mark.django_db


@pytest.fixture
def client() -> Client:
    centre()
    client = Client(headers={"accept-language": "en"})
    with clock.frozen(NOW):
        client.force_login(planner())
        yield client


def upload(client: Client, content: bytes, name: str = "october.csv") -> ImportRun:
    answer = client.post(
        reverse("metrics:import-upload"), {"stream": "contacts", "file": SimpleUploadedFile(name, content)}
    )
    assert answer.status_code == 302, answer.content.decode()
    return ImportRun.objects.get()


def form_of(run: ImportRun, **changes: str) -> dict[str, str]:
    """What the mapping page would send for the guessed mapping."""
    data: dict[str, str] = {"go": "1"}
    for name, said in run.spec["columns"].items():
        for place, source in enumerate(said.get("from", [])):
            data[f"{name}-from-{place}"] = source
    for name in ("waited_ms", "start_delay_ms", "handled_ms"):
        data[f"{name}-unit"] = "ms"
    return data | changes


def test_a_foreign_export_is_uploaded_mapped_checked_and_loaded(client: Client) -> None:
    run = upload(client, FOREIGN.encode("cp1251"))
    page = client.get(reverse("metrics:import-mapping", args=[run.public_id]))
    assert page.status_code == 200
    assert "Иванова a-1" in page.content.decode()

    client.post(reverse("metrics:import-mapping", args=[run.public_id]), form_of(run, save_as="monthly"))
    assert run_waiting() == ["metrics.run_import"]
    run.refresh_from_db()
    assert (run.state, run.read, run.accepted, run.rejected, FactDay.objects.count()) == ("checked", 3, 2, 1, 0)
    assert run.samples[0] | {"reason": ""} == {"row": 4, "column": "person", "value": "никто", "reason": ""}
    assert Mapping.objects.get().name == "monthly"

    page = client.get(reverse("metrics:import-detail", args=[run.public_id]))
    assert "Load 2 records" in page.content.decode()
    client.post(reverse("metrics:import-load", args=[run.public_id]))
    assert "metrics.run_import" in run_waiting()
    run.refresh_from_db()
    assert (run.state, run.accepted, FactDay.objects.count()) == ("done", 2, 1)
    errors = client.get(reverse("metrics:import-errors", args=[run.public_id]))
    assert "никто" in b"".join(errors.streaming_content).decode("utf-8-sig")
    assert "october.csv" in client.get(reverse("metrics:import-list")).content.decode()


def test_values_are_mapped_on_the_page(client: Client) -> None:
    run = upload(client, FOREIGN.replace(";Д;", ";принят;").replace(";Н;", ";сброшен;").encode())
    form = form_of(run, **{"answered-value-0": "yes", "answered-value-1": "no"})
    client.post(reverse("metrics:import-mapping", args=[run.public_id]), form)
    run_waiting()
    run.refresh_from_db()
    assert (run.spec["columns"]["answered"]["values"], run.accepted) == ({"принят": "yes", "сброшен": "no"}, 2)


def test_a_picture_is_refused_beside_the_field_and_leaves_nothing(client: Client, settings: Settings) -> None:
    file = SimpleUploadedFile("october.csv", b"\x89PNG\r\n\x1a\n" + bytes(100))
    answer = client.post(reverse("metrics:import-upload"), {"stream": "contacts", "file": file})
    assert (answer.status_code, ImportRun.objects.count()) == (422, 0)
    assert "PNG" in answer.content.decode()
    assert list((Path(settings.UPLOADS_DIR) / "imports").iterdir()) == []


def test_a_file_beyond_the_limit_is_refused(client: Client, settings: Settings) -> None:
    settings.UPLOAD_LIMIT_BYTES = 100
    file = SimpleUploadedFile("big.csv", b"id,person\n" + b"x" * 2_000_000)
    answer = client.post(reverse("metrics:import-upload"), {"stream": "contacts", "file": file})
    assert (answer.status_code, ImportRun.objects.count()) == (422, 0)


def test_a_mapping_without_a_required_column_is_refused_before_anything_is_read(client: Client) -> None:
    run = upload(client, FOREIGN.encode())
    answer = client.post(reverse("metrics:import-mapping", args=[run.public_id]), form_of(run, **{"id-from-0": ""}))
    assert answer.status_code == 422
    assert "«id»" in answer.content.decode()


def test_a_run_is_not_started_twice(client: Client) -> None:
    run = upload(client, FOREIGN.encode())
    client.post(reverse("metrics:import-check", args=[run.public_id]))
    assert client.post(reverse("metrics:import-load", args=[run.public_id])).status_code == 409


def test_people_without_the_right_see_no_import(client: Client) -> None:
    run = upload(client, FOREIGN.encode())
    client.force_login(Person.objects.get(code="a-1"))
    addresses = [reverse("metrics:import-list"), reverse("metrics:import-upload")]
    addresses += [
        reverse(f"metrics:import-{name}", args=[run.public_id]) for name in ("detail", "mapping", "progress", "errors")
    ]
    assert {client.get(address).status_code for address in addresses} == {403}
