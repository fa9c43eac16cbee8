"""What an import of people would do, in sentences: «Петрова Анна: команда Чат → Кризис с 1 нояб. 2026»."""

from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from nastavnik.kernel.logic import formatting
from nastavnik.people.enums import EmploymentKind
from nastavnik.people.logic.people_import import FIELDS, Change, Step

FIELD_TITLES = {
    "code": _("code"),
    "name": _("full name"),
    "family_name": _("family name"),
    "given_name": _("given name"),
    "patronymic": _("patronymic"),
    "latin_name": _("name in Latin letters"),
    "email": _("e-mail"),
    "login": _("login"),
    "alias": _("name in another system"),
    "kind": _("kind of employment"),
    "partner": _("partner centre"),
    "team": _("team"),
    "post": _("post"),
    "grade": _("grade"),
    "since": _("day of the change"),
    "joined": _("first day of work"),
    "left": _("last day of work"),
    "reason": _("reason"),
}
if set(FIELD_TITLES) != set(FIELDS):
    raise RuntimeError("every field of the import needs a title")


def sentence(change: Change) -> str:
    """One line of the diff."""
    parts = []
    if change.hiring:
        day = formatting.day(change.hiring.joined, get_language() or "ru")
        kind = EmploymentKind(change.hiring.kind).label
        parts.append(gettext("comes on {day} as {kind}").format(day=day, kind=kind))
    parts += [_step(step) for step in change.steps]
    return f"{change.name}: {'; '.join(parts)}"


def _step(step: Step) -> str:
    day = formatting.day(step.since, get_language() or "ru")
    if step.what == "left":
        return gettext("last day of work {day}").format(day=day)
    if step.what == "joined":
        return gettext("comes back on {day}").format(day=day)
    old, new = step.old, step.new
    if step.what == "kind":
        old, new = str(EmploymentKind(old).label), str(EmploymentKind(new).label)
    words = {"what": FIELD_TITLES[step.what], "old": old or "–", "new": new, "day": day}
    if step.since is None:
        return gettext("{what} {old} → {new}").format(**words)
    return gettext("{what} {old} → {new} from {day}").format(**words)
