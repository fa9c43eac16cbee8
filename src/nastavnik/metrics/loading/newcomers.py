"""People whom a file names and nobody here knows: how they are entered when the loader may create them."""

from collections.abc import Mapping
from datetime import date

from nastavnik.people.actions.codes import free_code
from nastavnik.people.actions.persons import Newcomer
from nastavnik.people.enums import EmploymentKind, Role
from nastavnik.people.models import Person

NAME_LIMIT = 80


def newcomers(first_days: Mapping[str, date]) -> list[Newcomer]:
    """Foreign names as staff from the day of their first record, with the foreign name as an alias."""
    taken = {code.lower() for code in Person.objects.values_list("code", flat=True)}
    made = []
    for name, joined in first_days.items():
        code = free_code(name, taken)
        taken.add(code)
        family, given, patronymic = split_name(name)
        made.append(
            Newcomer(
                code=code,
                family_name=family,
                given_name=given,
                patronymic=patronymic,
                kind=EmploymentKind.STAFF,
                joined=joined,
                aliases=(name,),
                roles=(Role.AGENT,),
            )
        )
    return made


def split_name(name: str) -> tuple[str, str, str]:
    """Family name, given name, patronymic: in the order a Russian list writes them."""
    words = name.split()
    return words[0][:NAME_LIMIT], " ".join(words[1:2])[:NAME_LIMIT], " ".join(words[2:])[:NAME_LIMIT]
