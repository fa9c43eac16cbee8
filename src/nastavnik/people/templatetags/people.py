"""What the pages of the log-in need beyond allauth's own context."""

from django import template

from nastavnik.people import queries

register = template.Library()


@register.simple_tag
def is_demo() -> bool:
    """Whether one may log in here with a click."""
    organisation = queries.organisation()
    return bool(organisation and organisation.is_demo)
