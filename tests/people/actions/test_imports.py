"""People from files: a dry run tells the truth, loading twice changes nothing, a bad line leaves the others alone."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from nastavnik.kernel.models import JournalEntry, LongTask
from nastavnik.people.actions import imports
from nastavnik.people.actions.imports import HeadingMissing, MappingInvalid, NotReady, PeopleImportResult
from nastavnik.people.jobs import load_people
from nastavnik.people.models import Employment, PeopleImport, PeopleMapping, Person, TeamMembership
from tests.factories.people import AT, JOINED, a_ladder, a_partner, a_person, a_post, a_team, an_organisation

pytestmark = pytest.mark.django_db
NOVEMBER = date(2026, 11, 1)
MAPPING = {
    "columns": {"code": "Табельный", "name": "ФИО", "team": "Команда", "left": "Последний день", "email": "Почта"},
    "values": {"team": {"КРЗ": "Кризис"}},
}
FILE = """Табельный;ФИО;Команда;Последний день;Почта
A-001;Петрова Анна;КРЗ;;
B-1;Ёлкина Мария Олеговна;Чат;;masha@example.org
A-002;Орлова Ольга;;31.10.2026;
A-003;Зайцева Вера;Луна;;
"""


@pytest.fixture
def centre() -> None:
    an_organisation()
    chat = a_team("chat", "Чат")
    a_team("crisis", "Кризис")
    a_person("A-001", team=chat)
    a_person("A-002", family_name="Орлова", given_name="Ольга")


def run(path: Path, **more: Any) -> PeopleImportResult:
    return imports.run(
        **{"source": path, "mapping": MAPPING, "as_of": NOVEMBER, "dry_run": False, "by": None, "at": AT, **more}
    )


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "staff.csv"
    path.write_text(FILE, encoding="cp1251")
    return path


def nowhere(**job: Any) -> None:
    """A queue that forgets."""


def counts(result: PeopleImportResult) -> tuple[int, ...]:
    return (result.read, result.hired, result.changed, result.left, result.unchanged, result.rejected)


@pytest.mark.usefixtures("centre")
def test_a_dry_run_tells_what_would_change_and_changes_nothing(file: Path) -> None:
    before = Person.objects.count(), JournalEntry.objects.count()
    result = run(file, dry_run=True)
    assert counts(result) == (4, 1, 1, 1, 0, 1)
    assert result.lines == [
        "Петрова Анна: команда Чат → Кризис с 1\xa0нояб.\xa02026",
        "Ёлкина Мария: принимается с 1\xa0нояб.\xa02026 (в штате)",
        "Орлова Ольга: последний рабочий день 31\xa0окт.\xa02026",
    ]
    assert (Person.objects.count(), JournalEntry.objects.count()) == before


@pytest.mark.usefixtures("centre")
def test_loading_does_what_the_dry_run_said(file: Path, tmp_path: Path) -> None:
    foretold = run(file, dry_run=True)
    done = run(file, errors_to=tmp_path / "errors.csv")
    assert (counts(done), done.lines) == (counts(foretold), foretold.lines)
    rows = TeamMembership.objects.filter(person__code="A-001").order_by("active_from")
    assert list(rows.values_list("team__code", "active_from")) == [("chat", JOINED), ("crisis", NOVEMBER)]
    assert Person.objects.get(code="B-1").email == "masha@example.org"
    assert Employment.objects.get(person__code="A-002").active_to == NOVEMBER
    errors = (tmp_path / "errors.csv").read_text(encoding="utf-8-sig").splitlines()
    assert errors[1].startswith("5,A-003,")


@pytest.mark.usefixtures("centre")
def test_the_same_file_twice_changes_nothing(file: Path) -> None:
    run(file)
    before = JournalEntry.objects.count()
    again = run(file)
    assert counts(again) == (4, 0, 0, 0, 3, 1)
    assert JournalEntry.objects.count() == before


@pytest.mark.usefixtures("centre")
def test_a_refusal_of_an_action_rejects_its_line_only(tmp_path: Path) -> None:
    path = tmp_path / "staff.csv"
    path.write_text("code,name,email\nB-1,Ёлкина,one@example.org\nB-2,Гусева,one@example.org\nA-001,Петрова Яна,\n")
    mapping = {"columns": {"code": "code", "name": "name", "email": "email"}}
    result = run(path, mapping=mapping)
    assert counts(result) == (3, 1, 1, 0, 0, 1)
    assert [(one["line"], one["code"]) for one in result.problems] == [(3, "B-2")]
    assert Person.objects.get(code="A-001").given_name == "Яна"


@pytest.mark.usefixtures("centre")
def test_every_kind_of_change_is_carried_out(tmp_path: Path) -> None:
    a_post("agent", "Оператор")
    a_ladder()
    a_partner("volga", "Волга")
    path = tmp_path / "staff.xlsx"
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet()
    head = ["code", "post", "grade", "partner", "alias", "since", "joined", "name"]
    rows = [
        ["A-001", "Оператор", "Мидл", "", "agent-1", "2026-10-01", "", ""],
        ["A-002", "", "", "Волга", "", "2026-10-01", "", ""],
        ["B-1", "Оператор", "Сеньор", "Волга", "agent-2", "", "2026-10-05", "Ёлкина Мария"],
    ]
    for number, row in enumerate([head, *rows]):
        sheet.write_row(number, 0, row)
    book.close()
    result = run(path, mapping={"columns": {name: name for name in head}})
    assert result.problems == []
    anna, olga, maria = (Person.objects.get(code=code) for code in ("A-001", "A-002", "B-1"))
    assert anna.post_holdings.get().active_from == date(2026, 10, 1)
    assert [str(row.grade.code) for row in anna.grade_holdings.all()] == ["m"]
    assert [str(alias) for alias in anna.aliases.all()] == ["agent-1"]
    kinds = olga.employments.order_by("active_from").values_list("kind", "active_to")
    assert list(kinds) == [("staff", date(2026, 10, 1)), ("partner", None)]
    assert maria.employments.get().partner.code == "volga"
    again = run(path, mapping={"columns": {name: name for name in head}})
    assert counts(again) == (3, 0, 0, 0, 3, 0)


@pytest.mark.usefixtures("centre")
def test_somebody_comes_back_by_file(tmp_path: Path, file: Path) -> None:
    run(file)
    path = tmp_path / "back.csv"
    path.write_text("code,joined\nA-002,2026-11-20\n")
    result = run(path, mapping={"columns": {"code": "code", "joined": "joined"}})
    assert result.lines == ["Орлова Ольга: возвращается к работе с 20\xa0нояб.\xa02026"]
    assert Employment.objects.filter(person__code="A-002").count() == 2


@pytest.mark.usefixtures("centre")
def test_the_job_says_what_stopped_it(file: Path) -> None:
    from nastavnik.people.folders import uploads

    (uploads() / "stored").write_bytes(file.read_bytes())
    upload = imports.upload(file_name="staff.csv", stored_as="stored", by=None, at=AT)
    wrong = {"columns": {"code": "Код"}}
    imports.map_columns(run=upload, mapping=wrong, as_of=NOVEMBER, save_as="", by=None, at=AT)
    task = imports.queue(upload=upload, by=None, at=AT, defer=nowhere)
    load_people(import_id=upload.pk, task_id=task.pk, by_id=None)
    task.refresh_from_db()
    assert task.state == LongTask.State.FAILED
    assert task.error_params["heading"] == "Код"


@pytest.mark.usefixtures("centre")
def test_a_line_that_builds_on_a_refused_one_is_refused_too(tmp_path: Path) -> None:
    path = tmp_path / "staff.csv"
    path.write_text(
        "code,name,email,team,since\n"
        "B-0,Гусева,one@example.org,,\n"
        "B-1,Ёлкина,one@example.org,,2026-10-01\n"
        "B-1,,,Чат,2026-11-01\n"
    )
    result = run(path, mapping={"columns": {name: name for name in ("code", "name", "email", "team", "since")}})
    assert [(one["line"], one["code"]) for one in result.problems] == [(3, "B-1"), (4, "B-1")]


@pytest.mark.usefixtures("centre")
def test_the_diff_shows_five_hundred_lines_and_counts_the_rest(tmp_path: Path) -> None:
    path = tmp_path / "many.csv"
    path.write_text("code,name\n" + "".join(f"M-{number},Новикова\n" for number in range(501)))
    result = run(path, mapping={"columns": {"code": "code", "name": "name"}}, dry_run=True)
    assert (result.accepted, len(result.lines)) == (501, 500)


@pytest.mark.parametrize(
    "mapping", [{}, {"columns": {"code": 1}}, {"columns": {"code": "x", "shoe": "y"}}, {"columns": {"name": "x"}}]
)
def test_a_mapping_that_says_nothing_useful_is_refused(mapping: dict[str, Any], file: Path) -> None:
    with pytest.raises(MappingInvalid):
        run(file, mapping=mapping)


def test_a_column_that_is_not_there_is_named(file: Path) -> None:
    with pytest.raises(HeadingMissing) as caught:
        run(file, mapping={"columns": {"code": "Код"}})
    assert caught.value.params["heading"] == "Код"


@pytest.mark.usefixtures("centre")
def test_an_upload_is_mapped_checked_queued_once_and_loaded_once(file: Path, tmp_path: Path) -> None:
    upload = imports.upload(file_name="staff.csv", stored_as=file.name, by=None, at=AT)
    with pytest.raises(NotReady):
        imports.load(upload=upload, folder=tmp_path, by=None, at=AT)
    imports.map_columns(run=upload, mapping=MAPPING, as_of=NOVEMBER, save_as="Кадры", by=None, at=AT)
    assert PeopleMapping.objects.get().mapping == MAPPING
    assert imports.check(upload=upload, folder=tmp_path, at=AT).hired == 1
    queued: list[dict[str, Any]] = []
    for _twice in range(2):
        imports.queue(upload=upload, by=None, at=AT, defer=lambda **job: queued.append(job))
    assert len(queued) == 1
    imports.load(upload=upload, folder=tmp_path, by=None, at=AT)
    upload.refresh_from_db()
    assert (upload.state, upload.result["hired"]) == (PeopleImport.State.DONE, 1)
    for again in (
        lambda: imports.load(upload=upload, folder=tmp_path, by=None, at=AT),
        lambda: imports.queue(upload=upload, by=None, at=AT, defer=nowhere),
        lambda: imports.map_columns(run=upload, mapping=MAPPING, as_of=NOVEMBER, save_as="", by=None, at=AT),
    ):
        with pytest.raises(NotReady):
            again()


@pytest.mark.usefixtures("centre")
def test_the_job_reports_how_it_ended(file: Path) -> None:
    from nastavnik.people.folders import uploads

    (uploads() / "stored").write_bytes(file.read_bytes())
    upload = imports.upload(file_name="staff.csv", stored_as="stored", by=None, at=AT)
    imports.map_columns(run=upload, mapping=MAPPING, as_of=NOVEMBER, save_as="", by=None, at=AT)
    task = imports.queue(upload=upload, by=None, at=AT, defer=nowhere)
    job = {"import_id": upload.pk, "task_id": task.pk, "by_id": None}
    load_people(**job)
    task.refresh_from_db()
    assert task.state == LongTask.State.DONE
    load_people(**job)  # a job that runs again after a crash finds its work done
    task.refresh_from_db()
    assert task.state == LongTask.State.DONE
    assert Person.objects.filter(code="B-1").count() == 1
