"""People named in a list or a file: found by code, login, e-mail, other name, or family and given name."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import gettext as _

from nastavnik.people.models import Employment, Person, PersonAlias
from nastavnik.people.reach import reach_of
from nastavnik.people.roles import Right
from nastavnik.people.scoping import within

MOST_LINES = 5000


@dataclass(frozen=True)
class Named:
    """A line of the list and whom it means; `fault` says why nobody."""

    number: int
    text: str
    person: Person | None
    fault: str = ""


def people_named(lines: Sequence[str], viewer: Person) -> list[Named]:
    """Whom the lines mean among the people the viewer may enrol, in three queries. Empty lines are left out."""
    texts = [(number, text.strip()) for number, text in enumerate(lines, start=1) if text.strip()][:MOST_LINES]
    known = _known([text for _number, text in texts], viewer)
    found, seen = [], set()
    for number, text in texts:
        people = known.get(search_key(text), {})
        person = next(iter(people.values())) if len(people) == 1 else None
        fault = (
            "" if person else _("several people have this name") if people else _("nobody you may enrol is called so")
        )
        if person and person.pk in seen:
            fault = _("stands in the list already")
        if person:
            seen.add(person.pk)
        found.append(Named(number, text, person, fault))
    return found


def search_key(text: str) -> str:
    """ё = е, any case, one space."""
    return " ".join(text.lower().replace("ё", "е").split())


def _known(texts: Sequence[str], viewer: Person) -> dict[str, dict[int, Person]]:
    reach = reach_of(viewer, Right.ENROL)
    if reach.is_oneself_only:
        return {}
    families = {word for text in texts for word in (text.split()[0], text.split()[0].title())}
    aliases = dict(PersonAlias.objects.filter(value__in=texts).values_list("value", "person_id"))
    named = Q(code__in=texts) | Q(login__in=[text.lower() for text in texts]) | Q(pk__in=aliases.values())
    rows = Person.objects.filter(named | Q(email__in=[text.lower() for text in texts]) | Q(family_name__in=families))
    if not reach.everyone:
        rows = rows.filter(pk__in=Employment.objects.filter(within(reach)).values("person_id"))
    known: dict[str, dict[int, Person]] = defaultdict(dict)
    for person in rows:
        for text in (person.code, person.login, person.email, person.short_name, person.full_name):
            if text:
                known[search_key(text)][person.pk] = person
    people = {person.pk: person for person in rows}
    for value, pk in aliases.items():
        if pk in people:
            known[search_key(value)][pk] = people[pk]
    return known
