"""`nastavnik administrator`: the first person of an empty centre, or the way back in when nobody has one."""

import argparse
import getpass
import sys
from datetime import datetime
from typing import TYPE_CHECKING, Any

from nastavnik.kernel.errors import DomainError

if TYPE_CHECKING:
    from nastavnik.people.models import Person

GROUP = "Care"


class PasswordsDiffer(DomainError):
    """The two passwords differ; nothing was changed."""


def add_to(subparsers: Any) -> None:
    """The subcommand and its options."""
    parser = subparsers.add_parser("administrator", help="let a person administer this centre (the first one, too)")
    parser.add_argument("--email", required=True, help="the person's e-mail, also the login")
    parser.add_argument("--family-name", default="", help="for a new person")
    parser.add_argument("--given-name", default="", help="for a new person")
    parser.add_argument("--organisation", default="Contact centre", help="the name of a centre that has none yet")
    parser.add_argument("--time-zone", default="Europe/Moscow", help="where the centre's days begin (if it is new)")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Ask for a password (or read it from standard input), then found, hire and grant what is missing."""
    from nastavnik.config.cli import boot

    boot.django()
    password = _password()
    from django.db import transaction

    from nastavnik.kernel import clock
    from nastavnik.people.actions import invitations, organisation

    now = clock.now()
    with transaction.atomic():
        organisation.ensure(name=args.organisation, time_zone=args.time_zone, by=None, at=now)
        person = _administrator(args, now)
        token = invitations.invite(person=person, by=None, at=now).token
        invitations.accept(token=token, password=password, at=now)
    person.refresh_from_db()
    print(f"{person} may log in as {person.login} and administers this centre.")
    return 0


def _administrator(args: argparse.Namespace, now: datetime) -> "Person":
    from nastavnik.people.actions import persons, roles
    from nastavnik.people.actions.employments import local_day
    from nastavnik.people.enums import EmploymentKind, Role
    from nastavnik.people.models import Person

    today = local_day(now)
    known: Person | None = Person.objects.filter(email__iexact=args.email).first()
    if known is None:
        return persons.hire(
            code=args.email.lower()[:40],
            family_name=args.family_name or args.email.split("@")[0],
            given_name=args.given_name,
            email=args.email,
            kind=EmploymentKind.STAFF,
            joined=today,
            roles=[Role.ADMINISTRATOR],
            by=None,
            at=now,
        )
    roles.grant(person=known, role=Role.ADMINISTRATOR, since=today, by=None, at=now)
    return known


def _password() -> str:
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\n")
    first = getpass.getpass("Password: ")
    if getpass.getpass("Once more: ") != first:
        raise PasswordsDiffer
    return first
