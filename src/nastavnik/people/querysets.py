"""Reusable filters of people; `visible_to` is the one scope of every list that shows persons."""

import re
from datetime import date
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q

from nastavnik.people.logic.names import search_form

if TYPE_CHECKING:
    from nastavnik.people.models import Person
    from nastavnik.people.permissions import Reach


class PersonQuerySet(models.QuerySet["Person"]):
    """Filters of persons."""

    def matching(self, text: str) -> Self:
        """Persons in whose name, Latin name or code every word of `text` begins a word (ё = е, any case)."""
        found = self
        for word in search_form(text).split():
            # Both sides are normalised to letters, digits, spaces and hyphens, so the pattern is plain.
            found = found.filter(search_text__regex=rf"(^|[ -]){re.escape(word)}")
        return found

    def visible_to(self, person: "Person") -> Self:
        """Persons whose card `person` may open: all, those of the partner centres and teams in reach, oneself."""
        from nastavnik.people.permissions import reach_of  # noqa: PLC0415 - permissions query these models
        from nastavnik.people.roles import Right  # noqa: PLC0415 - as above

        reach = reach_of(person, Right.SEE_PEOPLE)
        if reach.everyone:
            return self
        return self.filter(self._within(reach))

    @staticmethod
    def _within(reach: "Reach") -> Q:
        from nastavnik.people.models import Employment, TeamMembership  # noqa: PLC0415 - models use this class
        from nastavnik.people.permissions import today  # noqa: PLC0415 - permissions query these models

        members = TeamMembership.objects.filter(team_id__in=reach.team_ids).on(today()).values("person_id")
        employed = Employment.objects.filter(partner_id__in=reach.partner_ids).values("person_id")
        return Q(pk=reach.person_id) | Q(pk__in=members) | Q(pk__in=employed)

    def employed_on(self, day: date) -> Self:
        """Persons with an employment in force on `day`."""
        return self.filter(
            Q(employments__active_to__isnull=True) | Q(employments__active_to__gt=day),
            employments__active_from__lte=day,
        ).distinct()
