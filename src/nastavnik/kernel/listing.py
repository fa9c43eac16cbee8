"""Every list of the product: search, filters, sorting, pages and export, all in the URL.

PEOPLE = Listing(
    columns=[Column("name", _("Name"), sort="sort_key", value=str), Column("team", _("Team"), value=...)],
    filters=[ChoiceFilter("team", _("Team"), choices=team_choices, apply=lambda rows, value: rows.filter(...))],
    search=lambda rows, text: rows.matching(text), default_sort="name", name="people")
page = PEOPLE.page(Person.objects.visible_to(me), request.GET)        # for the template
return PEOPLE.export(rows, request.GET) or render(...)                # ?export=csv|xlsx
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import tzinfo
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpResponseBase, QueryDict
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import get_language, override

from nastavnik.kernel import exports

PAGE_SIZE = 50
SEARCH_LETTERS = 200
Choices = Callable[[], Iterable[tuple[str, Any]]]


@dataclass(frozen=True)
class Column:
    """One column: `value(row)` is what an export writes, `sort` the field(s) it sorts by ('' = it does not)."""

    key: str
    title: Any
    value: Callable[[Any], Any]
    sort: str | Sequence[str] = ""
    number: bool = False

    def order_by(self, descending: bool) -> list[str]:
        fields = [self.sort] if isinstance(self.sort, str) else list(self.sort)
        return [f"-{name}" if descending else name for name in fields]


@dataclass(frozen=True)
class ChoiceFilter:
    """A drop-down; unknown values in the URL are ignored."""

    key: str
    title: Any
    choices: Choices
    apply: Callable[[Any, str], Any]


@dataclass(frozen=True)
class AppliedFilter:
    """A filter as the template shows it."""

    key: str
    title: Any
    choices: list[tuple[str, Any]]
    value: str

    @property
    def label(self) -> Any:
        return next((title for value, title in self.choices if value == self.value), "")


@dataclass(frozen=True)
class ListPage:
    """What a list's template needs."""

    page: Page[Any]
    columns: Sequence[Column]
    filters: list[AppliedFilter]
    search: str
    searchable: bool
    sort: str
    query: QueryDict
    total: int

    @property
    def rows(self) -> Any:
        return self.page.object_list

    @property
    def is_filtered(self) -> bool:
        return bool(self.search or any(one.value for one in self.filters))

    def url(self, **changes: str | None) -> str:
        """This list's query string with some keys changed; None removes a key."""
        query = self.query.copy()
        for key, value in changes.items():
            if value is None:
                query.pop(key, None)
            else:
                query[key] = value
        return f"?{query.urlencode()}"

    def sort_url(self, column: Column) -> str:
        """Sort by this column; a second click reverses."""
        return self.url(sort=f"-{column.key}" if self.sort == column.key else column.key, page=None)


@dataclass(frozen=True)
class Listing:
    """The declaration of one list."""

    name: str
    columns: Sequence[Column]
    filters: Sequence[ChoiceFilter] = ()
    search: Callable[[Any, str], Any] | None = None
    default_sort: str = ""
    page_size: int = PAGE_SIZE

    def narrowed(self, rows: QuerySet[Any], query: QueryDict) -> QuerySet[Any]:
        """Rows after search, filters and sorting."""
        return self._narrowed(rows, query, self._applied(query))

    def page(self, rows: QuerySet[Any], query: QueryDict) -> ListPage:
        """One page of the narrowed rows; a page number out of range gives the nearest page."""
        applied = self._applied(query)
        asked = query.get("page", "")
        paginator = (Paginator if asked else _Shelf)(self._narrowed(rows, query, applied), self.page_size)
        return ListPage(
            page=paginator.page(_nearest(asked, paginator.num_pages)),
            columns=self.columns,
            filters=applied,
            search=_search_text(query),
            searchable=self.search is not None,
            sort=self._sort(query),
            query=query,
            total=paginator.count,
        )

    def export(self, rows: QuerySet[Any], query: QueryDict) -> HttpResponseBase | None:
        """The whole narrowed list as a file when the URL says ?export=csv or ?export=xlsx, else None."""
        kind = query.get("export", "")
        if kind not in exports.KINDS:
            return None
        heads = [str(column.title) for column in self.columns]
        values = self._values(self.narrowed(rows, query), get_language() or "", timezone.get_current_timezone())
        return exports.response(kind, self.name, heads, values)

    def _values(self, rows: QuerySet[Any], language: str, zone: tzinfo) -> Iterator[list[Any]]:
        """The export's cells, in the reader's language: a streamed answer is made after the request has ended."""
        for row in rows.iterator(chunk_size=2000):
            with override(language), timezone.override(zone):
                values = [column.value(row) for column in self.columns]
            yield values

    def _applied(self, query: QueryDict) -> list[AppliedFilter]:
        applied = []
        for one in self.filters:
            choices = [(str(value), title) for value, title in one.choices()]
            value = query.get(one.key, "")
            applied.append(AppliedFilter(one.key, one.title, choices, value if value in dict(choices) else ""))
        return applied

    def _narrowed(self, rows: QuerySet[Any], query: QueryDict, applied: list[AppliedFilter]) -> QuerySet[Any]:
        if self.search and (text := _search_text(query)):
            rows = self.search(rows, text)
        for one, state in zip(self.filters, applied, strict=True):
            if state.value:
                rows = one.apply(rows, state.value)
        sort = self._sort(query)
        column = next((c for c in self.columns if c.key == sort.removeprefix("-") and c.sort), None)
        if column:
            return rows.order_by(*column.order_by(sort.startswith("-")), "pk")
        return rows if rows.ordered else rows.order_by("pk")

    def _sort(self, query: QueryDict) -> str:
        wanted = query.get("sort", "")
        known = {column.key for column in self.columns if column.sort}
        return wanted if wanted.removeprefix("-") in known else self.default_sort


class _Shelf(Paginator):  # type: ignore[type-arg]  # generic for the checker only
    """A paginator that reads the first page's rows and counts the others only when there are any."""

    @cached_property
    def first_rows(self) -> list[Any]:
        """The rows of the first page and one more, if there is one."""
        return list(self.object_list[: self.per_page + 1])

    @cached_property
    def count(self) -> int:
        found = len(self.first_rows)
        return found if found <= self.per_page else super().count

    def page(self, number: int | str) -> Page[Any]:
        """A page; the first is read already."""
        place = self.validate_number(number)
        return Page(self.first_rows[: self.per_page], 1, self) if place == 1 else super().page(place)


def _search_text(query: QueryDict) -> str:
    """What is searched for. PostgreSQL's text knows no NUL, so a pasted one is left out."""
    return query.get("q", "").replace("\0", "").strip()[:SEARCH_LETTERS]


def _nearest(page: str, last: int) -> int:
    """The page asked for, or the nearest there is; anything but a number is the first."""
    digits = page.strip()[:12].removeprefix("-")
    if not (digits.isascii() and digits.isdigit()) or page.strip().startswith("-"):
        return 1
    return min(max(int(digits), 1), last)
