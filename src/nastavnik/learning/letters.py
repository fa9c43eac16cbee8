"""The e-mails people get, in their language and their clock."""

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext, override

from nastavnik.learning.actions.dispatches import Words
from nastavnik.learning.models import Notice
from nastavnik.learning.notice_words import body_of, title_of
from nastavnik.people import queries as people
from nastavnik.people.models import Person


def write(person: Person, notices: Sequence[Notice], zone: ZoneInfo) -> Words:
    """One notice by its own words; several as a digest that says how many."""
    organisation = people.organisation()
    language = person.language or (organisation.language if organisation else settings.LANGUAGE_CODE)
    base = settings.PUBLIC_URL.rstrip("/")
    with override(language), timezone.override(zone):
        lines = [(title_of(one, zone), body_of(one, zone), base + one.url if one.url else "") for one in notices]
        subject = lines[0][0] if len(lines) == 1 else gettext("Nastavnik: {count} for you").format(count=len(lines))
        context = {"person": person, "lines": lines, "organisation": organisation, "base": base}
        body = render_to_string("learning/notice_letter.txt", context)
    return Words(" ".join(subject.split()), body)
