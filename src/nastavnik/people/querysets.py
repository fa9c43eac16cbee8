"""Reusable filters of people and teams; `visible_to` is the one scope of every list that shows them."""

import re
from datetime import date
from typing import TYPE_CHECKING, Any, Self, TypeVar

from django.db import models
from django.db.models import OuterRef, Prefetch, Q, Subquery

from nastavnik.people.logic.names import search_form

if TYPE_CHECKING:
    from nastavnik.people.models import Person
    from nastavnik.people.reach import Reach


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
        from nastavnik.people.reach import reach_of  # noqa: PLC0415 - the reach queries these models
        from nastavnik.people.roles import Right  # noqa: PLC0415 - as above

        reach = reach_of(person, Right.SEE_PEOPLE)
        if reach.everyone:
            return self
        return self.filter(self._within(reach))

    @staticmethod
    def _within(reach: "Reach") -> Q:
        from nastavnik.people.models import Employment, TeamMembership  # noqa: PLC0415 - models use this class
        from nastavnik.people.reach import today  # noqa: PLC0415 - the reach queries these models

        members = TeamMembership.objects.filter(team_id__in=reach.team_ids).on(today()).values("person_id")
        # People a partner centre used to employ are still its people's history, until somebody else employs them.
        now_elsewhere = Employment.objects.on(today()).exclude(partner_id__in=reach.partner_ids).values("person_id")
        employed = Employment.objects.filter(partner_id__in=reach.partner_ids).exclude(person_id__in=now_elsewhere)
        return Q(pk=reach.person_id) | Q(pk__in=members) | Q(pk__in=employed.values("person_id"))

    def employed_on(self, day: date) -> Self:
        """Persons with an employment in force on `day`."""
        from nastavnik.people.models import Employment  # noqa: PLC0415 - models use this class

        return self.filter(pk__in=Employment.objects.on(day).values("person_id"))

    def with_work_on(self, day: date) -> Self:
        """Each person with team, post, grades and employment of `day`, in a fixed number of queries.

        They come as the lists `memberships_on`, `posts_on`, `grades_on`, `employments_on`; `team_name` and `joined`
        are there to sort by.
        """
        from nastavnik.people.models import Employment, GradeHolding, PostHolding, TeamMembership  # noqa: PLC0415

        def rows(model: Any, *related: str) -> Any:
            return model.objects.on(day).select_related(*related)

        of_person = {"person": OuterRef("pk")}
        return self.annotate(
            team_name=Subquery(TeamMembership.objects.on(day).filter(**of_person).values("team__name")[:1]),
            joined=Subquery(Employment.objects.on(day).filter(**of_person).values("active_from")[:1]),
        ).prefetch_related(
            Prefetch("memberships", rows(TeamMembership, "team__line", "team__partner"), to_attr="memberships_on"),
            Prefetch("post_holdings", rows(PostHolding, "post"), to_attr="posts_on"),
            Prefetch("grade_holdings", rows(GradeHolding, "grade", "ladder"), to_attr="grades_on"),
            Prefetch("employments", rows(Employment, "partner"), to_attr="employments_on"),
        )


T_co = TypeVar("T_co", bound=models.Model, covariant=True)


class TeamQuerySet(models.QuerySet[T_co]):
    """Filters of teams."""

    def visible_to(self, person: "Person") -> Self:
        """Teams `person` may open: all, those in reach, those of partner centres in reach, one's own."""
        from nastavnik.people.models import TeamMembership  # noqa: PLC0415 - models use this class
        from nastavnik.people.reach import reach_of, today  # noqa: PLC0415 - the reach queries these models
        from nastavnik.people.roles import Right  # noqa: PLC0415 - as above

        reach = reach_of(person, Right.SEE_PEOPLE)
        if reach.everyone:
            return self
        own = TeamMembership.objects.filter(person_id=person.pk or 0).on(today()).values("team_id")
        return self.filter(Q(pk__in=reach.team_ids) | Q(partner_id__in=reach.partner_ids) | Q(pk__in=own))
