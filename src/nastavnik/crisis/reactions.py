"""What the crisis desk does when something happened: facts go to the figures."""

from datetime import datetime

from nastavnik.crisis.actions import facts
from nastavnik.crisis.events import CaseClosed, ContactEnded
from nastavnik.kernel.events import reacts_to


@reacts_to(CaseClosed)
def tell_the_figures_of_the_case(event: CaseClosed, at: datetime) -> None:
    """A closed case becomes a row of `cases`, a refund case one of `retention` too."""
    facts.push_cases(case_ids=[event.case_id], at=at)


@reacts_to(ContactEnded)
def tell_the_figures_of_the_contact(event: ContactEnded, at: datetime) -> None:
    """An ended conversation becomes a row of `contacts`."""
    facts.push_contacts(conversation_ids=[event.conversation_id], at=at)
