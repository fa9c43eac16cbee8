"""Lists: search, filters, sorting, pages and export, all from the URL, whatever the URL says."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from django.http import QueryDict, StreamingHttpResponse
from django.utils.translation import gettext_lazy, override

from nastavnik.kernel.listing import ChoiceFilter, Column, Listing
from nastavnik.kernel.models import LongTask

AT = datetime(2026, 11, 23, 9, tzinfo=UTC)
pytestmark = pytest.mark.django_db

TASKS = Listing(
    name="tasks",
    columns=[
        Column("title", gettext_lazy("title"), lambda row: row.title, sort="title"),
        Column("done", "Done", lambda row: row.done, sort=("done", "title"), number=True),
        Column("state", "State", lambda row: row.get_state_display()),
    ],
    filters=[
        ChoiceFilter("state", "State", lambda: LongTask.State.choices, lambda rows, value: rows.filter(state=value)),
        ChoiceFilter("kind", "Kind", lambda: [(1, "one"), (2, "two")], lambda rows, value: rows.filter(kind=value)),
    ],
    search=lambda rows, text: rows.filter(title__icontains=text),
    default_sort="-title",
    page_size=2,
)


@pytest.fixture(autouse=True)
def five_tasks() -> None:
    for number, (title, state) in enumerate(
        [("альфа", "done"), ("бета", "done"), ("гамма", "failed"), ("дельта", "queued"), ("эта", "done")]
    ):
        LongTask.objects.create(kind=str(number % 2 + 1), title=title, state=state, done=number % 2, created_at=AT)


def titles(query: str, listing: Listing = TASKS) -> list[str]:
    return [row.title for row in listing.page(LongTask.objects.all(), QueryDict(query)).rows]


def test_a_list_begins_in_its_own_order() -> None:
    page = TASKS.page(LongTask.objects.all(), QueryDict(""))
    assert [row.title for row in page.rows] == ["эта", "дельта"]
    assert (page.total, page.page.paginator.num_pages, page.sort, page.is_filtered) == (5, 3, "-title", False)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("sort=title", ["альфа", "бета"]),
        ("sort=-done", ["дельта", "бета"]),
        ("sort=done", ["альфа", "гамма"]),
        ("sort=state", ["эта", "дельта"]),  # not sortable: the list's own order
        ("sort=secret_field", ["эта", "дельта"]),
        ("sort=--title", ["эта", "дельта"]),
        ("sort=title&page=2", ["гамма", "дельта"]),
        ("sort=title&page=3", ["эта"]),
        ("sort=title&page=99", ["эта"]),
        ("sort=title&page=99999999999999999999999", ["эта"]),
        ("sort=title&page=0", ["альфа", "бета"]),
        ("sort=title&page=-4", ["альфа", "бета"]),
        ("sort=title&page=last", ["альфа", "бета"]),
        ("sort=title&page=²", ["альфа", "бета"]),
        ("q=ЕТА", ["бета"]),
        ("q=%D0%B5%D1%82%D0%B0%00", ["бета"]),  # a pasted NUL
        ("q=++", ["эта", "дельта"]),
        ("state=failed", ["гамма"]),
        ("state=nonsense", ["эта", "дельта"]),
        ("state=done&kind=2", ["бета"]),
        ("unknown=1", ["эта", "дельта"]),
    ],
)
def test_a_list_follows_its_url(query: str, found: list[str]) -> None:
    assert titles(query) == found


def test_a_list_without_order_is_put_in_one() -> None:
    plain = Listing(name="plain", columns=[Column("title", "Title", lambda row: row.title)], page_size=2)
    rows = LongTask.objects.order_by()
    assert [row.title for row in plain.page(rows, QueryDict("q=альфа")).rows] == ["альфа", "бета"]
    assert not plain.page(rows, QueryDict("")).searchable


def test_the_page_knows_its_filters_and_its_urls() -> None:
    page = TASKS.page(LongTask.objects.all(), QueryDict("q=а&state=done&page=2&sort=title"))
    with override("ru"):
        labels = [(one.key, one.value, str(one.label)) for one in page.filters]
    assert labels == [
        ("state", "done", "готово"), ("kind", "", ""),
    ]  # fmt: skip
    assert page.is_filtered
    assert page.search == "а"
    assert page.url(page="3", state=None) == "?q=%D0%B0&page=3&sort=title"
    assert page.sort_url(TASKS.columns[0]) == "?q=%D0%B0&state=done&sort=-title"
    assert page.sort_url(TASKS.columns[1]) == "?q=%D0%B0&state=done&sort=done"


@pytest.mark.parametrize(("rows", "page", "queries"), [(1, "", 1), (5, "", 2), (5, "&page=2", 2)])
def test_a_list_on_one_page_costs_one_query_a_longer_one_two(
    rows: int, page: str, queries: int, django_assert_num_queries: Callable[..., Any]
) -> None:
    LongTask.objects.filter(pk__in=LongTask.objects.values("pk")[rows:]).delete()
    with django_assert_num_queries(queries):
        list(TASKS.page(LongTask.objects.all(), QueryDict(f"q=а&state=done{page}")).rows)


def export(query: str) -> str:
    answer = TASKS.export(LongTask.objects.all(), QueryDict(query))
    assert isinstance(answer, StreamingHttpResponse)
    return b"".join(answer).decode("utf-8-sig")  # type: ignore[arg-type]  # a synchronous stream


def test_an_export_holds_the_whole_narrowed_list_not_one_page() -> None:
    with override("en"):
        assert export("export=csv&state=done&sort=title&page=2").splitlines() == [
            "title,Done,State", "альфа,0,done", "бета,1,done", "эта,0,done",
        ]  # fmt: skip


def test_an_export_speaks_the_readers_language_though_it_is_made_later() -> None:
    with override("ru"):
        answer = TASKS.export(LongTask.objects.all(), QueryDict("export=csv&state=failed"))
    assert isinstance(answer, StreamingHttpResponse)
    with override("en"):
        text = b"".join(answer).decode("utf-8-sig")  # type: ignore[arg-type]  # a synchronous stream
    assert text.splitlines() == ["заголовок,Done,State", "гамма,0,ошибка"]


@pytest.mark.parametrize("query", ["", "export=", "export=pdf", "export=CSV"])
def test_no_export_is_made_unless_asked_for(query: str) -> None:
    assert TASKS.export(LongTask.objects.all(), QueryDict(query)) is None


def test_a_workbook_is_an_export_too() -> None:
    answer = TASKS.export(LongTask.objects.all(), QueryDict("export=xlsx"))
    assert answer is not None
    assert answer["Content-Disposition"] == 'attachment; filename="tasks.xlsx"'
    answer.close()
