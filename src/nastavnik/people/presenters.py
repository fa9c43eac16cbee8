"""What the journal's entries about people mean, in a sentence of the reader's language, without the actor."""

from datetime import date
from typing import Any

from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from nastavnik.kernel.journal import presents
from nastavnik.kernel.logic import formatting
from nastavnik.kernel.models import JournalEntry
from nastavnik.people.enums import EmploymentKind, Role
from nastavnik.people.models.organisation import localized

FIELD_NAMES = {
    "code": _("code"),
    "login": _("login"),
    "email": _("e-mail"),
    "family_name": _("family name"),
    "given_name": _("given name"),
    "patronymic": _("patronymic"),
    "latin_name": _("name in Latin letters"),
    "aliases": _("names in other systems"),
    "name": _("name"),
    "name_en": _("name in English"),
    "kind": _("kind"),
    "line": _("line"),
    "partner": _("partner centre"),
    "time_zone": _("time zone"),
    "language": _("language"),
    "rank_limit": _("lowest rank agents see"),
}


def _day(text: str | None) -> str:
    return formatting.day(date.fromisoformat(text), get_language() or "ru") if text else ""


def _name(part: dict[str, Any] | None) -> str:
    """A record's name as the journal kept it."""
    return localized(part["name"], part.get("name_en", "")) if part else ""


def _employment(kind: str, partner: dict[str, Any] | None) -> str:
    label = str(EmploymentKind(kind).label) if kind in EmploymentKind.values else kind
    return f"{label} ({_name(partner)})" if partner else label


def _changes(changes: dict[str, list[Any]]) -> str:
    """«family name: Иванова → Петрова; …»."""
    parts = []
    for field, (old, new) in changes.items():
        parts.append(f"{FIELD_NAMES.get(field, field)}: {old or '–'} → {new or '–'}")
    return "; ".join(parts)


def _from_to(entry: JournalEntry, both: str, first: str, last: str) -> str:
    """One of three sentences: from one to another, to a first one, out of the last one."""
    old, new = entry.data.get("from"), entry.data.get("to")
    template = both if old and new else first if new else last
    return template.format(old=_text(old), new=_text(new), day=_day(entry.data.get("since")))


def _text(value: Any) -> str:
    return _name(value) if isinstance(value, dict) else str(value or "")


@presents("people.person_hired")
def person_hired(entry: JournalEntry) -> str:
    kind = _employment(entry.data["kind"], entry.data.get("partner"))
    where = ", ".join(name for name in (_name(entry.data.get("team")), _name(entry.data.get("post"))) if name)
    if where:
        return gettext("Came on {day} as {kind}: {where}").format(day=_day(entry.data["since"]), kind=kind, where=where)
    return gettext("Came on {day} as {kind}").format(day=_day(entry.data["since"]), kind=kind)


@presents("people.person_left")
def person_left(entry: JournalEntry) -> str:
    return gettext("Left; last day of work {day}").format(day=_day(entry.data["last_day"]))


@presents("people.person_rehired")
def person_rehired(entry: JournalEntry) -> str:
    kind = _employment(entry.data["kind"], entry.data.get("partner"))
    return gettext("Came back on {day} as {kind}").format(day=_day(entry.data["since"]), kind=kind)


@presents("people.employment_changed")
def employment_changed(entry: JournalEntry) -> str:
    old = _employment(entry.data["from"] or "", entry.data.get("from_partner"))
    new = _employment(entry.data["kind"], entry.data.get("partner"))
    return gettext("Employment from {day}: {old} → {new}").format(day=_day(entry.data["since"]), old=old, new=new)


@presents("people.person_edited")
def person_edited(entry: JournalEntry) -> str:
    return gettext("Card corrected: {changes}").format(changes=_changes(entry.data["changes"]))


@presents("people.rank_shown")
def rank_shown(entry: JournalEntry) -> str:
    if entry.data["hides"]:
        return gettext("Asked not to be shown on boards")
    return gettext("Agreed to be shown on boards")


@presents("people.person_moved")
def person_moved(entry: JournalEntry) -> str:
    return _from_to(
        entry,
        gettext("Team from {day}: {old} → {new}"),
        gettext("Team from {day}: {new}"),
        gettext("Out of the team {old} from {day}"),
    )


@presents("people.lead_appointed")
def lead_appointed(entry: JournalEntry) -> str:
    team = _name(entry.data["team"])
    both = gettext("Lead of the team {team} from {day}: {old} → {new}")
    first = gettext("Lead of the team {team} from {day}: {new}")
    last = gettext("The team {team} has no lead from {day}; before: {old}")
    return _from_to(entry, *(text.replace("{team}", team) for text in (both, first, last)))


@presents("people.post_changed")
def post_changed(entry: JournalEntry) -> str:
    return _from_to(
        entry,
        gettext("Post from {day}: {old} → {new}"),
        gettext("Post from {day}: {new}"),
        gettext("Without the post {old} from {day}"),
    )


@presents("people.grade_changed")
def grade_changed(entry: JournalEntry) -> str:
    ladder = _name(entry.data["ladder"])
    both = gettext("Grade on the ladder {ladder} from {day}: {old} → {new}")
    first = gettext("Grade on the ladder {ladder} from {day}: {new}")
    return _from_to(entry, *(text.replace("{ladder}", ladder) for text in (both, first, first)))


@presents("people.grade_taken_away")
def grade_taken_away(entry: JournalEntry) -> str:
    text = gettext("Off the ladder {ladder} from {day}; before: {old}")
    day, old = _day(entry.data["since"]), _name(entry.data.get("from"))
    return text.format(ladder=_name(entry.data["ladder"]), day=day, old=old)


@presents("people.line_allowed")
def line_allowed(entry: JournalEntry) -> str:
    line, day = _name(entry.data["line"]), _day(entry.data["since"])
    return gettext("May work on all channels of the line {line} from {day}").format(line=line, day=day)


@presents("people.line_restricted")
def line_restricted(entry: JournalEntry) -> str:
    line, day = _name(entry.data["line"]), _day(entry.data["since"])
    return gettext("Written work only on the line {line} from {day}").format(line=line, day=day)


@presents("people.line_withdrawn")
def line_withdrawn(entry: JournalEntry) -> str:
    line, day = _name(entry.data["line"]), _day(entry.data["since"])
    return gettext("Does not work on the line {line} from {day}").format(line=line, day=day)


def _role(entry: JournalEntry) -> str:
    role, where = str(Role(entry.data["role"]).label), _name(entry.data.get("where"))
    return f"{role} ({where})" if where else role


@presents("people.role_granted")
def role_granted(entry: JournalEntry) -> str:
    return gettext("Role from {day}: {role}").format(role=_role(entry), day=_day(entry.data["since"]))


@presents("people.role_withdrawn")
def role_withdrawn(entry: JournalEntry) -> str:
    return gettext("Role withdrawn from {day}: {role}").format(role=_role(entry), day=_day(entry.data["since"]))


@presents("people.person_invited")
def person_invited(entry: JournalEntry) -> str:
    return gettext("Invited to log in: {email}").format(email=entry.data["email"])


@presents("people.invitation_accepted")
def invitation_accepted(entry: JournalEntry) -> str:
    return gettext("Accepted the invitation and chose a password")


@presents("people.api_key_created")
def api_key_created(entry: JournalEntry) -> str:
    return gettext("API key created: {name}").format(name=entry.data["name"])


@presents("people.api_key_revoked")
def api_key_revoked(entry: JournalEntry) -> str:
    return gettext("API key revoked: {name}").format(name=entry.data["name"])


@presents("people.organisation_founded")
def organisation_founded(entry: JournalEntry) -> str:
    return gettext("The organisation {name} was set up").format(name=entry.data["name"])


@presents("people.settings_changed")
def settings_changed(entry: JournalEntry) -> str:
    return gettext("Settings changed: {changes}").format(changes=_changes(entry.data["changes"]))


PARTS = {
    "people.partner": _("partner centre"),
    "people.line": _("line"),
    "people.team": _("team"),
    "people.post": _("post"),
    "people.ladder": _("ladder"),
    "people.grade": _("grade"),
}


def _part(entry: JournalEntry) -> dict[str, str]:
    return {"what": str(PARTS.get(entry.subject_kind, "")), "name": _name(entry.data["part"])}


@presents("people.part_created")
def part_created(entry: JournalEntry) -> str:
    return gettext("New {what}: {name}").format(**_part(entry))


@presents("people.part_changed")
def part_changed(entry: JournalEntry) -> str:
    changes = _changes(entry.data["changes"])
    return gettext("Changed {what} {name}: {changes}").format(**_part(entry), changes=changes)


@presents("people.part_closed")
def part_closed(entry: JournalEntry) -> str:
    return gettext("Closed {what}: {name}").format(**_part(entry))


@presents("people.part_reopened")
def part_reopened(entry: JournalEntry) -> str:
    return gettext("Opened again {what}: {name}").format(**_part(entry))


@presents("people.calendar_day_set")
def calendar_day_set(entry: JournalEntry) -> str:
    day, name, working = _day(entry.data["day"]), entry.data["name"], entry.data["is_working"]
    if working is None:
        return gettext("Calendar: {day} follows the week's rule again").format(day=day)
    text = gettext("Calendar: {day} is a working day {name}") if working else gettext("Calendar: {day} is off {name}")
    return text.format(day=day, name=f"({name})" if name else "").strip()


@presents("people.people_imported")
def people_imported(entry: JournalEntry) -> str:
    text = gettext("People imported from {file}: {hired} came, {changed} changed, {left} left")
    return text.format(**{key: entry.data[key] for key in ("file", "hired", "changed", "left")})
