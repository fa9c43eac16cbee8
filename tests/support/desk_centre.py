"""Crews of a crisis desk, planted into the running demo centre for the journeys in a browser.

Each crew is a team of its own with its own chat and customers, so that what one journey does no other one sees. Runs
inside `nastavnik manage shell` (see `planted`): what it prints is what the browser tests need to know.
"""

import json
import sys
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from tests.support.processes import Site, nastavnik

CREWS = ("main", "pair", "money", "keys")
CERTIFICATE, CERTIFICATE_TITLE, TRAINING = "journey-money", "Деньги клиента на столе", "Как вернуть деньги"
OFFER = "Зачисление за сорванный урок"


@dataclass(frozen=True)
class Desk:
    """Sessions by the code of the person; address and secret of each crew's chat; the payments by name."""

    sessions: dict[str, str]
    chats: dict[str, tuple[str, str]]
    payments: dict[str, str] = field(default_factory=dict)


def planted(site: Site) -> Desk:
    """Plant the centre into the home of the site."""
    return Desk(**json.loads(run(site, "plant")))


def run(site: Site, name: str) -> str:
    """Call a function of this module inside the home; answers what it printed."""
    code = f"from tests.support import desk_centre; desk_centre.{name}()"
    said = nastavnik(site.home, "manage", "shell", "--verbosity", "0", "-c", code)
    assert said.returncode == 0, said.stderr
    return said.stdout


def audit() -> None:
    """What the nightly job does, a day later."""
    from nastavnik.crisis.compliance_jobs import audit_cases
    from nastavnik.kernel import clock

    with clock.shifted(timedelta(days=1)):
        audit_cases()


def plant() -> None:
    """People, the desk's rules, its toolkit and its payments; prints a `Desk` as JSON."""
    from django.db import transaction

    from nastavnik.kernel import clock

    at = clock.now()
    with transaction.atomic():
        people, chats = _people(at)
        _toolkit(people, at)
        payments = _payments(at)
    sessions = {person.code: _session(person) for person in people}
    sys.stdout.write(json.dumps({"sessions": sessions, "chats": chats, "payments": payments}))


def _days(back: int) -> date:
    from nastavnik.people.reach import today

    return today() - timedelta(days=back)


def _people(at: datetime) -> tuple[list[Any], dict[str, tuple[str, str]]]:
    """For each crew a team with a lead and two managers, and a chat; beside them the head and a reviewer."""
    from nastavnik.crisis.actions import settings
    from nastavnik.people.actions import teams
    from nastavnik.people.enums import Role
    from tests.factories.people import a_lead, a_person, a_team

    people = [
        a_person("journey-head", role=Role.CENTRE_HEAD, family_name="Волков", given_name="Олег"),
        a_person("journey-reviewer", role=Role.REVIEWER, family_name="Зорина", given_name="Инна"),
    ]
    chats = {}
    for crew in CREWS:
        team = a_team(f"journey-{crew}", f"Стол «{crew}»")
        people.append(a_lead(team, f"{crew}-lead", family_name="Лидова", given_name=crew))
        for code, name in ((f"{crew}-1", "Смирнова"), (f"{crew}-2", "Котова")):
            person = a_person(code, role=Role.CRISIS_MANAGER, family_name=name, given_name=crew)
            teams.move(person=person, team=team, since=_days(30), by=None, at=at)
            people.append(person)
        fields = {"code": f"journey-{crew}", "name": crew, "preset": "generic", "kind": "refund", "team": team}
        source = settings.add_source(fields=fields, by=None, at=at)
        chats[crew] = (f"/api/v1/crisis/events/{source.public_id}/", source.secret)
    return people, chats


def _toolkit(people: list[Any], at: datetime) -> None:
    """A credit within limits that asks for a certificate, which everybody holds but the first of the crew «main»."""
    from nastavnik.crisis.actions import compensation
    from nastavnik.crisis.money_enums import Tool
    from nastavnik.people.models import GradeHolding, Team
    from tests.factories.crisis_money import a_budget, a_limit, a_matrix_row, an_offer_kind
    from tests.factories.learning_awards import a_certificate, a_certificate_kind
    from tests.factories.learning_programmes import a_programme
    from tests.factories.people import a_ladder

    ladder = a_ladder("journey", "Кризисный стол")
    grade = ladder.grades.get(code="m")
    kind = an_offer_kind("journey-credit", name=OFFER)
    a_matrix_row(kind, active_from=_days(30))
    a_limit(kind, grade, active_from=_days(30), certificate_code=CERTIFICATE)
    for team in Team.objects.filter(code__startswith="journey-"):
        a_budget(team=team, active_from=_days(30), active_to=_days(-30))
    for tool in Tool:  # whatever the demo asks for
        compensation.set_tool(tool=tool, certificate_code=CERTIFICATE, since=_days(0), by=None, at=at)
    certificate = a_certificate_kind(CERTIFICATE, title=CERTIFICATE_TITLE, title_en="")
    a_programme("journey-money", title=TRAINING, certificate=CERTIFICATE)
    for person in people:
        if person.code.endswith(("-1", "-2")):
            GradeHolding.objects.create(person=person, ladder=ladder, grade=grade, active_from=_days(30))
            if person.code != "main-1":
                a_certificate(person, certificate, at=at)


def _payments(at: datetime) -> dict[str, str]:
    """A contract paid twice, and a payment that names no contract."""
    from nastavnik.crisis.actions import duplicates
    from nastavnik.crisis.models import DuplicateCandidate
    from tests.factories.crisis import a_contract, a_customer
    from tests.factories.crisis_money import a_payment

    for crew in CREWS:
        customer = a_customer(f"K-{crew}", name=f"Мария {crew}", contacts={"email": f"{crew}@example.org"})
        contract = a_contract(customer, ext_id=f"D-{crew}")
        for ref, hours in ((f"R-{crew}-once", 20), (f"R-{crew}-again", 19)):
            paid = {"contract": contract.ext_id, "invoice": f"I-{crew}", "payer": f"7{crew}"}
            a_payment(ref, at=at - timedelta(hours=hours), card="*7788", **paid)
    stray = a_payment("R-stray", at=at - timedelta(hours=5), payer="79990000000", card="*1122")
    duplicates.find(at=at)
    pairs = DuplicateCandidate.objects.filter(second__ref__startswith="R-")
    return {"stray": stray.public_id, **{one.second.ref: one.public_id for one in pairs}}


def _session(person: Any) -> str:
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    session = SessionStore()
    session[SESSION_KEY] = str(person.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    session.create()
    return str(session.session_key)
