"""Who and what foreign names mean: persons, lines and channels by every spelling we know."""

from collections.abc import Iterable

import duckdb
from django.utils import translation

from nastavnik.metrics.enums import Channel
from nastavnik.people.models import Line, Person, PersonAlias


def person_names() -> dict[str, int]:
    """Small letters -> person: codes first, then aliases, then logins."""
    names: dict[str, int] = {}
    sources: tuple[Iterable[tuple[int, str | None]], ...] = (
        Person.objects.values_list("pk", "code"),
        PersonAlias.objects.order_by("pk").values_list("person_id", "value"),
        Person.objects.values_list("pk", "login"),
    )
    for source in sources:
        for pk, name in source:
            if name and name.strip():
                names.setdefault(name.strip().lower(), pk)
    return names


def line_names() -> dict[str, int]:
    """Small letters -> line: codes first, then both names."""
    names: dict[str, int] = {}
    lines = list(Line.objects.values_list("pk", "code", "name", "name_en"))
    for place in (1, 2, 3):
        for line in lines:
            if line[place]:
                names.setdefault(str(line[place]).strip().lower(), line[0])
    return names


def channel_names() -> dict[str, int]:
    """Numbers, our English names, and the labels in both languages."""
    names: dict[str, int] = {}
    for channel in Channel:
        spellings = [str(channel.value), channel.name.lower()]
        for language in ("en", "ru"):
            with translation.override(language):
                spellings.append(str(channel.label).lower())
        for spelling in spellings:
            names.setdefault(spelling, channel.value)
    return names


def create_lookup(connection: duckdb.DuckDBPyConnection, kind: str, names: dict[str, int]) -> None:
    """The ENUM `<kind>_names` (texts are cast to it) and the table `<kind>_ids` (code of the ENUM -> id)."""
    listed = {"": 0} | names
    connection.execute(
        f"CREATE TABLE {kind}_ids AS SELECT DISTINCT ON (name) name, id "  # noqa: S608 - two words of our own
        "FROM (SELECT lower(unnest($1::VARCHAR[])) AS name, unnest($2::BIGINT[]) AS id)",
        [list(listed), list(listed.values())],
    )
    connection.execute(f"CREATE TYPE {kind}_names AS ENUM (SELECT name FROM {kind}_ids ORDER BY name)")  # noqa: S608
    connection.execute(f"ALTER TABLE {kind}_ids ADD COLUMN code INTEGER")
    connection.execute(f"UPDATE {kind}_ids SET code = enum_code(name::{kind}_names)")  # noqa: S608
