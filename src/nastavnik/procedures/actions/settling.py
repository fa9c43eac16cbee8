"""What a new installation begins with: the shipped policy and the shipped lexicon, as first versions."""

from datetime import date, datetime

from django.db import transaction

from nastavnik.people.models import Person
from nastavnik.procedures.actions import _copies, policies
from nastavnik.procedures.enums import Language
from nastavnik.procedures.models import LexiconVersion, RefusalPolicy


def settle(*, by: Person | None, at: datetime, since: date) -> None:
    """Put the shipped policy in force from `since` and publish the shipped lexicon as of `at`, where there is none.

    Doing it again changes nothing.
    """
    with transaction.atomic():
        if not RefusalPolicy.objects.filter(team=None, line=None).exists():
            policies.add_version(parameters=policies.Parameters(), active_from=since, by=by, at=at, is_history=True)
        for lang in Language:
            if not LexiconVersion.objects.filter(lang=lang).exists():
                _copies.publish_shipped(lang, by=by, at=at)
