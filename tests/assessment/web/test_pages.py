"""Pages of the bank: they open for authors, stay shut for others, and do what their buttons say."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from nastavnik.assessment.actions import items, topics
from nastavnik.assessment.enums import ItemKind, ItemState
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
    Span,
    TrueFalse,
)
from nastavnik.assessment.logic.texts import rich
from nastavnik.assessment.models import Item, ItemImport, Topic
from nastavnik.people.enums import Role
from nastavnik.people.models import Person
from tests.factories.assessment import AT, a_trainer, an_essay, an_item, an_organisation, options, single
from tests.factories.people import a_person

pytestmark = pytest.mark.django_db
EVERY_KIND = [
    single("Один?"),
    Multiple(stem=rich("Несколько?"), choices=(Choice(rich("а"), True), Choice(rich("б"), True), Choice(rich("в")))),
    TrueFalse(stem=rich("Верно?"), is_true=True, if_false=rich("нет, верно")),
    Matching(stem=rich("Столицы"), pairs=(Pair(rich("Италия"), "Рим"), Pair(rich("Япония"), "Токио"))),
    Ordering(stem=rich("По порядку"), steps=(rich("раз"), rich("два"), rich("три"))),
    Gap(stem=rich("Срок _____ дней"), gaps=((Choice(rich("три"), True), Choice(rich("3"), True)),)),
    Short(stem=rich("Кто?"), answers=(Choice(rich("Наставник"), True),)),
    Number(stem=rich("Сколько?"), numbers=(NumberChoice(Span.SIMPLE, 3),)),  # type: ignore[arg-type]  # an int is exact too
    an_essay(),
    Case(stem=rich("Звонит клиент"), parts=(single("Что скажете?"),)),
]


@pytest.fixture
def trainer() -> Person:
    an_organisation()
    return a_trainer()


@pytest.fixture
def client(trainer: Person) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(trainer)
    return client


def pages(item: Item, topic: Topic, run: ItemImport) -> list[str]:
    plain = ["item-list", "item-export", "item-choose", "topic-list", "import-list", "import-upload"]
    found = [reverse(f"assessment:{name}") for name in plain]
    found += [reverse("assessment:item-create", args=[kind]) for kind in ItemKind.values]
    found += [item.get_absolute_url(), reverse("assessment:item-revise", args=[item.public_id])]
    found += [reverse("assessment:version-detail", args=[item.public_id, 1]), run.get_absolute_url()]
    return [*found, reverse("assessment:topic-edit", args=[topic.pk])]


@pytest.mark.parametrize("language", ["ru", "en"])
def test_every_page_opens_for_a_trainer_and_for_nobody_without_the_right(trainer: Person, language: str) -> None:
    from nastavnik.assessment.actions import imports

    topic = topics.create(title="Возвраты", parent=None, by=trainer, at=AT)
    item = an_item(topic=topic, tags=["срок", "деньги"])
    run = imports.receive(data=b"Q {=a ~b}\n\nBad {=a", file_name="x.gift", by=trainer, at=AT)
    author, agent = Client(headers={"accept-language": language}), Client()
    author.force_login(trainer)
    agent.force_login(a_person(role=Role.AGENT))
    for page in pages(item, topic, run):
        assert (page, author.get(page).status_code) == (page, 200)
        assert (page, agent.get(page).status_code) == (page, 403)


@pytest.mark.parametrize("body", EVERY_KIND, ids=[body.kind.value for body in EVERY_KIND])
def test_the_editor_saves_every_kind_as_it_shows_it(client: Client, body: object) -> None:
    """Opening the editor and saving without a change changes nothing."""
    item = an_item(body)  # type: ignore[arg-type]  # any body
    page = reverse("assessment:item-revise", args=[item.public_id])
    answer = client.get(page)
    data: dict[str, object] = {"do": "save"}
    for form in (answer.context["form"], answer.context["about"], answer.context["change"]):
        for field in form:
            value = field.value()
            if value not in (None, False, ""):
                data[field.html_name] = "on" if value is True else value
    saved = client.post(page, data)
    assert saved.status_code == 302, saved.context["form"].errors
    assert items.latest(item).content == body
    assert client.get(item.get_absolute_url()).status_code == 200


def test_a_new_question_is_written_in_the_editor(client: Client, trainer: Person) -> None:
    data = {
        "do": "save", "stem": "Сколько дней?", "format": "markdown", "points": "2", "tags": "срок, деньги",
        "row-0-text": "три", "row-0-right": "on", "row-2-text": "десять", "row-2-feedback": "Это другой срок",
    }  # fmt: skip
    answer = client.post(reverse("assessment:item-create", args=["single"]), data)
    item = Item.objects.get()
    assert answer.headers["location"] == item.get_absolute_url()
    assert [tag.name for tag in item.tags.all()] == ["деньги", "срок"]
    found = items.latest(item).content
    assert (found.points, [one.is_right for one in found.choices]) == (2, [True, False])  # type: ignore[union-attr]  # a Single


def test_what_is_missing_is_said_beside_its_field_and_nothing_is_saved(client: Client) -> None:
    data = {"do": "save", "stem": "", "points": "0", "row-0-text": "а", "row-1-text": "а", "row-1-share": "many"}
    answer = client.post(reverse("assessment:item-create", args=["single"]), data)
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["row-1-share"])
    data["row-1-share"] = ""
    answer = client.post(reverse("assessment:item-create", args=["single"]), data)
    assert sorted(answer.context["form"].errors) == ["__all__", "points", "row-1-text", "stem"]
    assert Item.objects.count() == 0


def test_more_rows_keep_what_was_typed(client: Client) -> None:
    answer = client.post(reverse("assessment:item-create", args=["short"]), {"do": "more", "row-3-text": "пять"})
    form = answer.context["form"]
    assert (answer.status_code, form.count, form["row-3-text"].value()) == (200, 6, "пять")
    assert form.errors == {}


def test_the_preview_shows_a_script_as_text(client: Client) -> None:
    data = {"stem": "<script>alert(1)</script> **жирно**", "format": "markdown", "row-0-text": "<img src=x onerror=y>"}
    text = client.post(reverse("assessment:item-preview", args=["single"]), data).content.decode()
    assert "<strong>жирно</strong>" in text
    assert "<script" not in text
    assert "<img" not in text


@pytest.mark.parametrize(("given", "word"), [({"a": "0"}, "right"), ({"a": "1"}, "wrong"), ({}, "wrong")])
def test_an_answer_can_be_tried(client: Client, given: dict[str, str], word: str) -> None:
    item = an_item()
    text = client.post(item.get_absolute_url(), given).content.decode()
    assert f"</svg>{word}" in text.replace("\n", "")
    assert client.post(item.get_absolute_url(), {"a": "77"}).context["problem"].startswith("The answer does not fit")


def test_an_item_goes_live_and_is_retired_by_its_buttons(client: Client) -> None:
    item = an_item()
    move = reverse("assessment:item-move", args=[item.public_id])
    for to in ("live", "anchor", "live", "retired", "pilot"):
        assert client.post(move, {"to": to}).status_code == 302
        item.refresh_from_db()
        assert item.state == to
    assert client.post(move, {"to": "anchor"}).status_code == 422
    assert client.post(move, {"to": "nonsense"}).status_code == 422


def test_an_unfinished_item_says_why_it_cannot_go_live(client: Client) -> None:
    item = an_item(single(choices=options("одно")))
    text = client.get(item.get_absolute_url()).content.decode()
    assert "At least two options are needed." in text
    answer = client.post(reverse("assessment:item-move", args=[item.public_id]), {"to": "live"})
    assert answer.status_code == 422
    assert Item.objects.get().state == ItemState.PILOT


def test_the_list_is_searched_filtered_and_exported_under_a_fixed_number_of_queries(client: Client) -> None:
    topic = topics.create(title="Возвраты", parent=None, by=None, at=AT)
    an_item(single("Ещё один вопрос"), topic=topic, tags=["срок"])
    page = reverse("assessment:item-list")
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client.get(page)  # what a process remembers between requests (the organisation's time zone) is read once
    with CaptureQueriesContext(connection) as first:
        client.get(page)
    an_item(single("Второй"), topic=topic, tags=["срок", "чат"])
    an_item(single("Третий"))
    with CaptureQueriesContext(connection) as third:
        client.get(page)
    assert len(third) == len(first)
    counts = {"q=ЕЩЕ": 1, f"topic={topic.pk}": 2, "kind=single": 3, "kind=essay": 0, "state=live": 0}
    for query, count in counts.items():
        assert client.get(f"{page}?{query}").context["list"].total == count, query
    assert client.get(f"{page}?tag=0").context["list"].total == 3
    assert client.get(f"{page}?export=csv").headers["content-type"] == "text/csv; charset=utf-8"


def test_the_bank_is_exported_in_every_format(client: Client) -> None:
    an_item()
    starts = {"gift": b"[markdown]", "moodle-xml": b"<?xml", "aiken": "Когда".encode(), "xlsx": b"PK"}
    for format, start in starts.items():
        answer = client.get(reverse("assessment:item-export"), {"format": format})
        assert answer.content.startswith(start)


def test_what_a_format_cannot_hold_is_said_before_the_download(client: Client) -> None:
    an_item()
    an_item(an_essay())
    page = reverse("assessment:item-export")
    text = client.get(page, {"format": "aiken"}).content.decode()
    assert "Aiken has only questions with one right option of several." in text
    assert client.get(page, {"format": "aiken", "anyway": "1"}).content.decode().startswith("Когда")


def test_a_file_is_looked_at_then_loaded_once(client: Client) -> None:
    file = SimpleUploadedFile("вопросы.gift", "$CATEGORY: Возвраты\n\nСрок? {=3 ~30}\n\nПлохой {=а".encode())
    answer = client.post(reverse("assessment:import-upload"), {"file": file})
    run = ItemImport.objects.get()
    assert answer.headers["location"] == run.get_absolute_url()
    text = client.get(run.get_absolute_url()).content.decode()
    assert "The answers begin with an opening brace" in text
    assert Item.objects.count() == 0
    load = reverse("assessment:import-load", args=[run.public_id])
    client.post(load)
    client.post(load)
    assert [(item.label, str(item.topic)) for item in Item.objects.all()] == [("Срок?", "Возвраты")]
    assert client.get(run.get_absolute_url()).status_code == 200


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("x.gift", b"", "is empty"),
        ("x.gift", "Вопрос {=да}".encode("cp1251"), "is not text in UTF-8"),
        ("x.bin", b"just words", "is none of the known kinds"),
        ("x.xlsx", b"PK\x03\x04 nothing", "cannot be read as an XLSX workbook"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_with_the_reason(
    client: Client, name: str, data: bytes, words: str
) -> None:
    answer = client.post(reverse("assessment:import-upload"), {"file": SimpleUploadedFile(name, data)})
    assert answer.status_code == 422
    assert words in " ".join(answer.context["form"].non_field_errors())


def test_a_case_is_written_question_by_question(client: Client) -> None:
    client.post(reverse("assessment:item-create", args=["case"]), {"do": "save", "stem": "Звонит клиент"})
    item = Item.objects.get()
    add = reverse("assessment:part-add", args=[item.public_id, "true_false"])
    data = {"do": "save", "stem": "Перебить его?", "is_true": "false"}
    assert client.post(add, data).status_code == 302
    edit = reverse("assessment:part-edit", args=[item.public_id, 1])
    assert client.get(edit).status_code == 200
    assert client.post(edit, {**data, "points": "3"}).status_code == 302
    body = items.latest(item).content
    assert [(part.stem.text, part.points) for part in body.parts] == [("Перебить его?", 3)]  # type: ignore[union-attr]  # a Case
    assert client.post(item.get_absolute_url(), {"a-0": "false"}).context["score"]["is_full"] is True
    assert client.post(reverse("assessment:part-remove", args=[item.public_id, 1])).status_code == 302
    assert items.latest(item).content.parts == ()  # type: ignore[union-attr]  # a Case
    assert client.get(reverse("assessment:part-edit", args=[item.public_id, 1])).status_code == 404


def test_topics_are_added_renamed_moved_and_taken_away(client: Client) -> None:
    page = reverse("assessment:topic-list")
    client.post(page, {"title": "Возвраты"})
    root = Topic.objects.get()
    client.post(page, {"title": "Сроки", "parent": root.pk})
    assert client.post(page, {"title": "Сроки", "parent": root.pk}).status_code == 422
    below = Topic.objects.get(title="Сроки")
    client.post(reverse("assessment:topic-edit", args=[root.pk]), {"title": "Деньги"})
    below.refresh_from_db()
    assert str(below) == "Деньги / Сроки"
    loop = client.post(reverse("assessment:topic-edit", args=[root.pk]), {"title": "Деньги", "parent": below.pk})
    assert loop.status_code == 422
    assert client.post(reverse("assessment:topic-remove", args=[root.pk])).status_code == 422
    client.post(reverse("assessment:topic-remove", args=[below.pk]))
    assert [topic.title for topic in Topic.objects.all()] == ["Деньги"]


def test_somebody_who_saved_meanwhile_is_not_overwritten(client: Client) -> None:
    item = an_item()
    page = reverse("assessment:item-revise", args=[item.public_id])
    seen = client.get(page).context["change"]["seen"].value()
    items.revise(item=item, body=single("Другое?"), by=None, at=AT)
    data = {"do": "save", "stem": "Третье?", "seen": seen, "row-0-text": "а", "row-0-right": "on", "row-1-text": "б"}
    answer = client.post(page, data)
    assert answer.status_code == 422
    assert "Somebody changed this item" in answer.content.decode()
    assert items.latest(item).content == single("Другое?")
