"""What the crisis desk does when something happened: facts go to the figures."""

from datetime import datetime

from nastavnik.crisis import ratings_letters
from nastavnik.crisis.actions import contact_facts, facts, ratings
from nastavnik.crisis.events import CaseClosed, CaseReopened, ContactEnded, ContactRated, RefundFinished
from nastavnik.crisis.models import Conversation, RatingRequest
from nastavnik.kernel.events import reacts_to


@reacts_to(CaseClosed)
def tell_the_figures_of_the_case(event: CaseClosed, at: datetime) -> None:
    """A closed case becomes a row of `cases`, a refund case one of `retention` too; its contacts are solved or not."""
    facts.push_cases(case_ids=[event.case_id], at=at)
    contact_facts.push_contacts_of(case_id=event.case_id, at=at)


@reacts_to(CaseReopened)
def tell_the_figures_of_the_return(event: CaseReopened, at: datetime) -> None:
    """A customer who comes back is one more contact about the same matter."""
    contact_facts.push_contacts_of(case_id=event.case_id, at=at)


@reacts_to(ContactEnded)
def tell_the_figures_of_the_contact(event: ContactEnded, at: datetime) -> None:
    """An ended conversation becomes a row of `contacts`."""
    contact_facts.push_contacts(conversation_ids=[event.conversation_id], at=at)


@reacts_to(ContactRated)
def tell_the_figures_of_the_rating(event: ContactRated, at: datetime) -> None:
    """The rating joins the row of its contact."""
    contact_facts.push_contacts(conversation_ids=[event.conversation_id], at=at)


@reacts_to(RefundFinished)
def tell_the_figures_of_the_refund(event: RefundFinished, at: datetime) -> None:
    """The reason of a refund may have been set after its case was closed."""
    facts.push_cases(case_ids=[event.case_id], at=at)


@reacts_to(ContactEnded)
def ask_for_a_rating(event: ContactEnded, at: datetime) -> None:
    """Once per conversation the customer is asked how it was; by letter where there is an address."""
    talk = Conversation.objects.select_related("customer", "case__assignee").filter(pk=event.conversation_id).first()
    if talk is not None and not RatingRequest.objects.filter(conversation=talk).exists():
        ratings_letters.send(ratings.ensure(conversation=talk, at=at))
