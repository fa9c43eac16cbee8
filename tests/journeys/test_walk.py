"""The walk: every address of the product, every export and API route, as every role.

Nothing answers 500, somebody not logged in reaches public pages only, and nobody meets the name, the code or the public
id of a person outside their reach. An address that has no sample arguments here fails: new pages must join the walk.
"""

import io
import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import pytest
from django.http.response import HttpResponseBase
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from python_calamine import CalamineWorkbook

from nastavnik.kernel import clock, progress
from nastavnik.kernel.models import LongTask
from nastavnik.kernel.web.help import words
from nastavnik.metrics.catalogue.metrics import METRICS
from nastavnik.metrics.catalogue.streams import STREAMS
from nastavnik.metrics.models import Target
from nastavnik.people.models import Person, RoleAssignment
from tests.journeys.samples import content as content_samples
from tests.journeys.samples import crisis, exams, learning, money, procedures, results, sessions
from tests.metrics import world as worlds

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

ROOMS = (content_samples, procedures, exams, results, learning, sessions, crisis, money)
ANONYMOUS = "anonymous"
ROLES = (ANONYMOUS, "nobody", "agent", "lead", "partner_lead", "customer", "academy", "head", "admin")
EVERYBODY_IN_REACH = {"customer", "academy", "head", "admin"}
EXPORTS = ("csv", "xlsx")
# Those with something to hide from them try other people's scopes; of those who see all, one is enough for failures.
PROBING = {"nobody", "agent", "lead", "partner_lead", "head"}

# Addresses anybody may open, logged in or not, and why.
PUBLIC = {
    "account_login": "to log in",
    "account_signup": "allauth's page, closed by our adapter",
    "account_reset_password": "a forgotten password",
    "account_reset_password_done": "a forgotten password",
    "account_reset_password_from_key": "the link of the letter",
    "account_reset_password_from_key_done": "a forgotten password",
    "account_confirm_email": "the link of the letter",
    "account_email_verification_sent": "says that a letter was sent",
    "account_inactive": "says that the account is closed",
    "account_confirm_login_code": "the code of the letter",
    "account_request_login_code": "the code of the letter",
    "mfa_authenticate": "the second step of logging in",
    "mfa_login_webauthn": "a key instead of a password",
    "socialaccount_login_cancelled": "back from the organisation's log-in",
    "socialaccount_login_error": "back from the organisation's log-in",
    "socialaccount_signup": "back from the organisation's log-in",
    "openid_connect_login": "to the organisation's log-in",
    "openid_connect_callback": "back from the organisation's log-in",
    "people:demo-login": "one click, in the demo only",
    "people:invitation-accept": "the link of the letter",
    "kernel:language-set": "the language of the log-in page",
    "home:health": "for a balancer: says only that we live",
    "home:healthz": "for a balancer: says only that we live",
    "healthz": "for a balancer: says only that we live",
} | {name: reason for room in ROOMS for name, reason in room.PUBLIC.items()}


@dataclass
class Centre:
    """The centre the roles walk through, with what addresses need for arguments."""

    world: worlds.World
    tasks: list[LongTask] = field(default_factory=list)
    # People whose name (not code, not public id) everybody may read: the trainer of a session one may come to.
    named: set[int] = field(default_factory=set)

    @classmethod
    def build(cls) -> "Centre":
        centre = cls(worlds.build(members=2, days=9))
        for person in (centre.agent, centre.stranger):
            task = progress.start("walk", f"Load of {person.code}", by=person, at=worlds.NOW)
            progress.finish(task.pk, note=f"of {person.family_name}")
            centre.tasks.append(task)
        for room in ROOMS:
            room.plant(centre)
        return centre

    @property
    def agent(self) -> Person:
        return self.world.by_team["in-1"][0]

    @property
    def stranger(self) -> Person:
        """Of another team, outside the reach of the agent and of both leads."""
        return self.world.by_team["in-2"][0]

    @property
    def partners_person(self) -> Person:
        return self.world.by_team["north-1"][0]

    @cached_property
    def everybody(self) -> list[Person]:
        return list(Person.objects.all())

    def person(self, role: str) -> Person:
        return self.agent if role == "agent" else self.world.people[role]

    def in_reach(self, role: str) -> set[int]:
        """Persons this role may meet, itself included. An agent may know the own team and its lead."""
        if role == ANONYMOUS:
            return set()
        own, leads = {self.person(role).pk}, {self.world.people["lead"].pk}
        mates = {person.pk for person in self.world.by_team["in-1"]}
        partners = {person.pk for person in self.world.by_team["north-1"]} | {self.world.people["partner_lead"].pk}
        return own | {"agent": mates | leads, "lead": mates, "partner_lead": partners}.get(role, set())


# Arguments ------------------------------------------------------------------------------------------------------------

Samples = Callable[[Centre], list[dict[str, Any]]]


def public_ids(**more: Any) -> Samples:
    return lambda centre: [
        {"public_id": person.public_id, **more} for person in (centre.agent, centre.stranger, centre.partners_person)
    ]


def teams(centre: Centre) -> list[dict[str, Any]]:
    return [{"code": code} for code in centre.world.teams]


def tasks(centre: Centre) -> list[dict[str, Any]]:
    return [{"public_id": task.public_id} for task in centre.tasks]


def metrics(centre: Centre) -> list[dict[str, Any]]:
    """One metric of each kind; all would only walk the same code again."""
    chosen = [code for code in ("csat", "aht", "technical_refund_share", "junior_share") if code in METRICS]
    return [{"code": code} for code in (*chosen, "no-such-metric")]


def fixed(*given: dict[str, Any]) -> Samples:
    return lambda _: list(given)


PARTS = fixed(*({"slug": slug} for slug in ("lines", "teams", "partners", "posts", "ladders")))
NO_SUCH = "no-such-record"

# By address: what to fill in. By the parameter alone where its meaning is the same everywhere (below).
SAMPLES: dict[str, Samples] = {
    "kernel:task-detail": tasks,
    "kernel:task-dismiss": tasks,
    "kernel:help-page": fixed({"room": "people", "name": "person"}, {"room": "metrics", "name": "cell"}),
    "kernel:glossary-term": lambda _: [{"word": word.code} for word in words()[:5]],
    "api:receive": fixed({"source_id": NO_SUCH}),
    "people:team-detail": teams,
    "people:team-lead": teams,
    "people:key-revoke": fixed({"pk": 1}),
    "people:calendar-remove": fixed({"pk": 1}),
    "people:grade-create": fixed({"pk": 1}),
    "people:part-list": PARTS,
    "people:part-create": PARTS,
    "people:part-edit": fixed({"slug": "lines", "pk": 1}),
    "people:part-switch": fixed({"slug": "lines", "pk": 1}),
    "people:import-detail": fixed({"public_id": NO_SUCH}),
    "people:import-map": fixed({"public_id": NO_SUCH}),
    "people:import-load": fixed({"public_id": NO_SUCH}),
    "people:import-errors": fixed({"public_id": NO_SUCH}),
    "people:invitation-accept": fixed({"token": "no-such-token"}),
    "people:person-detail": public_ids(),
    "people:person-invite": public_ids(),
    "people:person-change": lambda centre: [
        {"public_id": person.public_id, "what": what}
        for person in (centre.agent, centre.stranger)
        for what in ("team", "grade", "post", "employment", "leave", "clearance", "role", "card", "no-such-change")
    ],
    "people:role-withdraw": lambda _: [
        {"public_id": one.person.public_id, "pk": one.pk} for one in RoleAssignment.objects.select_related("person")[:2]
    ],
    "metrics:person-figures": public_ids(),
    "metrics:person-panel": public_ids(),
    "metrics:person-standing": public_ids(),
    "metrics:team-detail": teams,
    "metrics:team-panel": teams,
    "metrics:team-standing": teams,
    "account_confirm_email": fixed({"key": "no-such-key"}),
    "account_reset_password_from_key": fixed({"uidb36": "1", "key": "no-such-key"}),
    "mfa_edit_webauthn": fixed({"pk": 1}),
    "mfa_remove_webauthn": fixed({"pk": 1}),
    "openid_connect_login": fixed({"provider_id": "sso"}),
    "openid_connect_callback": fixed({"provider_id": "sso"}),
} | {name: given if callable(given) else fixed(*given) for room in ROOMS for name, given in room.SAMPLES.items()}


def bank_samples(name: str, parameters: set[str]) -> Samples | None:
    """Pages of the item bank: kinds are a closed list, records are named by public ids or numbers."""
    if not name.startswith("assessment:"):
        return None
    known = {"kind": "single", "public_id": NO_SUCH, "number": 1, "pk": 1}
    return fixed({parameter: known[parameter] for parameter in parameters}) if parameters <= set(known) else None


def metric_samples(name: str, parameters: set[str]) -> Samples | None:
    """Pages under a metric, a target, an import or a stream take the same argument everywhere."""
    if name.startswith("metrics:import") and parameters == {"public_id"}:
        return fixed({"public_id": NO_SUCH})
    if name.startswith("metrics:") and parameters == {"code"}:
        return metrics
    if name.startswith("metrics:target") and len(parameters) == 1:
        [parameter] = parameters
        return lambda _: [{parameter: Target.objects.order_by("pk").values_list("pk", flat=True)[0]}]
    if name.startswith(("metrics:", "api")) and parameters == {"stream"}:
        return fixed(*({"stream": stream} for stream in STREAMS), {"stream": "no-such-stream"})
    return None


OURS = {"home", "kernel", "people", "metrics", "demo", "content", "procedures", "assessment", "learning", "crisis"}


@dataclass(frozen=True)
class Address:
    """One URL pattern."""

    name: str
    parameters: frozenset[str]

    @property
    def is_ours(self) -> bool:
        return self.name.split(":")[0] in OURS

    def samples(self, centre: Centre) -> list[dict[str, Any]]:
        if not self.parameters:
            return [{}]
        named = set(self.parameters)
        known = SAMPLES.get(self.name) or bank_samples(self.name, named) or metric_samples(self.name, named)
        return known(centre) if known else []


# What is tried on every page of figures besides its plain address: other people's scopes.
def probes(centre: Centre, address: Address) -> list[dict[str, str]]:
    more = [{"q": "а"}, {"q": "\0"}, {"page": "99"}, {"sort": "no-such"}, {"by": "person"}, {"first": "x", "end": "y"}]
    if not address.name.startswith("metrics:"):
        return more[:4]
    found = [
        {"scope": scope}
        for scope in (
            f"person:{centre.stranger.code}", f"person:{centre.partners_person.code}", "team:in-2", "team:north-1",
            "partner:north", "line:inbound", "organisation", "nonsense:1", "person:\0",
        )
    ]  # fmt: skip
    return [*found, *more]


def addresses(
    resolver: URLResolver | None = None, space: str = "", above: frozenset[str] = frozenset()
) -> Iterator[Address]:
    """Every named pattern of the project."""
    for one in (resolver or get_resolver()).url_patterns:
        parameters = above | frozenset(one.pattern.regex.groupindex)
        if isinstance(one, URLResolver):
            yield from addresses(one, f"{space}{one.namespace}:" if one.namespace else space, parameters)
        elif isinstance(one, URLPattern) and one.name:
            yield Address(f"{space}{one.name}", parameters)


ALL = sorted(set(addresses()), key=lambda address: address.name)


# Walking --------------------------------------------------------------------------------------------------------------


class Walker:
    """One person's browser, and what it must not see."""

    def __init__(self, centre: Centre, role: str) -> None:
        self.centre, self.role = centre, role
        self.client = Client(raise_request_exception=False, headers={"accept-language": "ru"})
        if role != ANONYMOUS:
            self.client.force_login(centre.person(role))
        hidden = centre.in_reach(role)
        self.foreign = [] if role in EVERYBODY_IN_REACH else [p for p in centre.everybody if p.pk not in hidden]
        self.faults: list[str] = []

    def get(self, address: Address, arguments: Mapping[str, Any], query: Mapping[str, str]) -> HttpResponseBase:
        url = reverse(address.name, kwargs=dict(arguments))
        answer = self.client.get(url, dict(query))
        self.look(f"GET {url} {dict(query)}", answer)
        return answer

    def look(self, what: str, answer: HttpResponseBase) -> None:
        """A 500 or a foreign person's name is a fault. What the address itself said is no news to whoever typed it."""
        if answer.status_code >= 500:
            self.faults.append(f"{what}: {answer.status_code}")
            return
        text = content(answer)
        found = set(self.marks.findall(text)) if self.foreign else set()
        self.faults += [f"{what}: shows {mark}" for mark in sorted(found) if mark not in what]

    @cached_property
    def marks(self) -> re.Pattern[str]:
        """Family names, codes and public ids of everybody outside the reach, as whole words."""
        secret = [person.family_name for person in self.foreign if person.pk not in self.centre.named]
        marks = secret + [mark for person in self.foreign for mark in (person.code, person.public_id)]
        return re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, marks))})(?![\w-])")


def content(answer: HttpResponseBase) -> str:
    """The whole body as text; a workbook's cells."""
    streamed = getattr(answer, "streaming_content", None)
    body = b"".join(streamed) if streamed is not None else bytes(getattr(answer, "content", b""))
    if body.startswith(b"PK"):
        book = CalamineWorkbook.from_filelike(io.BytesIO(body))
        return "\n".join(str(row) for name in book.sheet_names for row in book.get_sheet_by_name(name).to_python())
    return body.decode("utf-8", errors="replace")


@pytest.fixture
def centre() -> Iterator[Centre]:
    with clock.frozen(worlds.NOW):
        yield Centre.build()


def is_documentation(address: Address) -> bool:
    """The API's own pages: behind the log-in like any page."""
    return address.name.split(":")[-1] in {"openapi-json", "openapi-view", "api-root"}


def test_every_address_has_sample_arguments(centre: Centre) -> None:
    assert [address.name for address in ALL if not address.samples(centre)] == []


def test_a_planted_address_without_samples_is_seen(centre: Centre) -> None:
    assert Address("people:planted", frozenset({"number"})).samples(centre) == []
    assert Address("people:person-list", frozenset()).samples(centre) == [{}]


@pytest.mark.parametrize("role", ROLES)
def test_the_role_meets_no_failure_and_nobody_outside_its_reach(role: str, centre: Centre) -> None:
    walker = Walker(centre, role)
    for address in ALL:
        if address.name == "account_logout":
            continue
        samples = address.samples(centre)
        for arguments in samples:
            answer = walker.get(address, arguments, {})
            if role == ANONYMOUS and answer.status_code == 200:
                assert address.name in PUBLIC, f"{address.name} opens for somebody not logged in"
            if address.is_ours and answer.status_code == 200:
                for kind in EXPORTS:
                    walker.get(address, arguments, {"export": kind})
        if address.is_ours and samples and role in PROBING:
            for query in probes(centre, address):
                walker.get(address, samples[0], query)
    assert "\n".join(walker.faults) == ""


@pytest.mark.parametrize("role", ROLES)
def test_the_api_answers_the_role_in_order(role: str, centre: Centre) -> None:
    walker = Walker(centre, role)
    routes = [address for address in ALL if address.name.startswith("api") and not is_documentation(address)]
    assert routes != []
    for address in routes:
        for arguments in address.samples(centre):
            url = reverse(address.name, kwargs=arguments)
            for body in ("", "{}", "[]", json.dumps([{"id": "x", "person": centre.stranger.code}]), "\0"):
                answer = walker.client.post(url, body, content_type="application/json")
                if role == ANONYMOUS:
                    assert answer.status_code in {401, 403, 404, 405}, url
                walker.look(f"POST {url} {body}", answer)
    assert walker.faults == []


def test_the_walk_sees_a_foreign_name_and_a_failure(centre: Centre) -> None:
    """Planted: a page that tells too much, and one that breaks."""
    from django.http import HttpResponse

    walker = Walker(centre, "partner_lead")
    walker.look("GET /leak/", HttpResponse(f"<td>{centre.stranger.family_name}</td>"))
    walker.look("GET /own/", HttpResponse(f"<td>{centre.partners_person.family_name}</td>"))
    walker.look("GET /broken/", HttpResponse(status=500))
    assert walker.faults == [f"GET /leak/: shows {centre.stranger.family_name}", "GET /broken/: 500"]
