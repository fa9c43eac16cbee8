"""Addresses of live sessions, certificates, permits and notices in the walk."""

from datetime import timedelta
from typing import Any

from nastavnik.learning.actions import bookings, certificate_kinds, certificates, feeds, permits, sessions
from nastavnik.learning.actions.notices import notify
from nastavnik.learning.enums import NoticeKind
from nastavnik.people.actions import persons
from nastavnik.people.enums import EmploymentKind, Role
from tests.metrics.world import NOW, START

_OPEN: dict[str, Any] = {"public_id": "no-such-record"}
_CLOSED: dict[str, Any] = {"public_id": "no-such-record"}
_BOOKINGS: list[dict[str, Any]] = [{"public_id": "x", "booking_id": "x"}, {"public_id": "x", "booking_id": "x"}]
_KIND: dict[str, Any] = {"public_id": "no-such-record"}
_CERTIFICATES: list[dict[str, Any]] = [{"public_id": "x"}, {"public_id": "x"}, {"public_id": "x"}]
_NUMBERS: list[dict[str, Any]] = [{"number": "0000-0000-0000-0000"}, {"number": "x"}]
_AWARD_KIND: dict[str, Any] = {"public_id": "no-such-record"}
_CONTACT_TYPE: dict[str, Any] = {"public_id": "no-such-record"}
_PERMIT: dict[str, Any] = {"public_id": "no-such-record"}
_NOTICE: dict[str, Any] = {"public_id": "no-such-record"}
_PEOPLE: list[dict[str, Any]] = [{"public_id": "x"}, {"public_id": "x"}, {"public_id": "x"}]
_FEED: dict[str, Any] = {"token": "no-such-token"}

_OF_SESSIONS = (
    "session-detail", "session-edit", "session-cancel", "session-calendar", "booking-create", "booking-create-other",
    "attendance", "attendance-mark", "session-finish", "projector", "projector-code", "check-in",
)  # fmt: skip
SAMPLES: dict[str, list[dict[str, Any]]] = {f"learning:{name}": [_OPEN, _CLOSED] for name in _OF_SESSIONS} | {
    "learning:booking-cancel": _BOOKINGS,
    "learning:booking-seat": _BOOKINGS,
    "learning:booking-answer": _BOOKINGS,
    "learning:room-edit": [{"code": "walk-room"}],
    "learning:session-panel": [{"code": "walk-kind"}, {"code": "no-such-kind"}],
    "learning:session-kind-edit": [_KIND],
    "learning:certificate-detail": _CERTIFICATES,
    "learning:certificate-print": _CERTIFICATES[:2],
    "learning:certificate-revoke": _CERTIFICATES,
    "learning:certificate-kind-edit": [_AWARD_KIND],
    "learning:certificate-check": _NUMBERS,
    "learning:awards-panel": _PEOPLE,
    "learning:contact-type-edit": [_CONTACT_TYPE],
    "learning:permit-withdraw": [_PERMIT],
    "learning:notice-open": [_NOTICE],
    "learning:dispatch-again": [{"pk": 1}],
    "learning:calendar-feed": [{"token": "no-such-token"}, _FEED],
}
PUBLIC: dict[str, str] = {
    "learning:calendar-feed": "a calendar programme, by a secret address",
    "learning:certificate-check": "anybody who holds the paper, by its number",
    "learning:certificate-checks": "the form for that number",
}


def plant(centre: Any) -> None:
    """An open and a closed session with people of several teams, held by a trainer whose name everybody may read."""
    trainer = persons.hire(
        code="T-1", family_name="Тренерова", given_name="Яна", kind=EmploymentKind.STAFF, joined=START, by=None,
        at=NOW, roles=[Role.TRAINER],
    )  # fmt: skip
    centre.named.add(trainer.pk)
    room = sessions.save_room(room=None, code="walk-room", name="Большая", seats=10, by=None, at=NOW)
    kind = sessions.save_kind(kind=None, code="walk-kind", name="Спокойный разговор", by=None, at=NOW)
    _KIND["public_id"] = kind.public_id
    for place, (arguments, is_open) in enumerate(((_OPEN, True), (_CLOSED, False))):
        begin = NOW + timedelta(days=2 + place)
        session = sessions.plan(
            kind=kind, room=room, trainer=trainer, starts_at=begin, ends_at=begin + timedelta(hours=1),
            closes_at=begin, capacity=2, is_open=is_open, by=trainer, at=NOW,
        )  # fmt: skip
        arguments["public_id"] = session.public_id
        rows = [
            bookings.register(session=session, person=person, by=trainer, at=NOW)
            for person in (centre.agent, centre.stranger, centre.partners_person)
        ]
        _BOOKINGS[place].update(public_id=session.public_id, booking_id=rows[place].public_id)
    _FEED["token"] = feeds.open_feed(person=centre.stranger, by=centre.stranger, at=NOW)
    _plant_awards(centre)


def _plant_awards(centre: Any) -> None:
    """Certificates, permits and notices of people of three teams."""
    refunds = certificate_kinds.save_contact_type(
        contact_type=None, code="walk-refunds", title="Возвраты", needed_from=START, by=None, at=NOW
    )
    kind = certificate_kinds.save_kind(
        kind=None, code="walk-money", title="Деньги клиента", valid_months=12, contact_types=[refunds], by=None, at=NOW
    )
    _AWARD_KIND["public_id"], _CONTACT_TYPE["public_id"] = kind.public_id, refunds.public_id
    for place, person in enumerate((centre.agent, centre.stranger, centre.partners_person)):
        made = certificates.award(person=person, kind=kind, by=None, at=NOW, reason=f"Экзамен {person.code}")
        _CERTIFICATES[place]["public_id"], _PEOPLE[place]["public_id"] = made.public_id, person.public_id
        _NUMBERS[1]["number"] = made.number
        notify(
            person=person, kind=NoticeKind.DECISION, title=f"О {person.family_name}", object_key="walk", at=NOW,
            copy_to_lead=True,
        )  # fmt: skip
    other = centre.world.by_team["in-2"][1]
    made_permit = permits.grant(
        person=other, contact_type=refunds, since=START, until=None, reason=f"О {other.code}", by=None, at=NOW
    )
    _PERMIT["public_id"] = made_permit.public_id
    _NOTICE["public_id"] = centre.stranger.notices.get(object_key="walk").public_id
