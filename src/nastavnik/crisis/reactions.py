"""What the crisis desk does when something happened: facts go to the figures."""

from datetime import datetime

from nastavnik.crisis import ratings_letters
from nastavnik.crisis.actions import authority, contact_facts, facts, ratings
from nastavnik.crisis.events import CaseClosed, CaseReopened, ContactEnded, ContactRated, RatingInvited, RefundFinished
from nastavnik.crisis.models import Conversation, RatingRequest
from nastavnik.kernel.events import reacts_to
from nastavnik.learning.events import CertificateAwarded


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
    """The customer is asked how it was, once; then the conversation becomes a row of `contacts`, which says so."""
    talk = Conversation.objects.select_related("case__assignee").filter(pk=event.conversation_id).first()
    if talk is not None:
        ratings.invite(conversation=talk, at=at)
    contact_facts.push_contacts(conversation_ids=[event.conversation_id], at=at)


@reacts_to(RatingInvited)
def write_to_the_customer(event: RatingInvited, at: datetime) -> None:
    """By letter where there is an address; other systems fetch the link by the API."""
    asked = RatingRequest.objects.select_related("conversation__customer").filter(pk=event.rating_id).first()
    if asked is not None:
        ratings_letters.send(asked)


@reacts_to(ContactRated)
def tell_the_figures_of_the_rating(event: ContactRated, at: datetime) -> None:
    """The row of the contact is sent anew, with its rating: ratings reach the figures in no other way."""
    contact_facts.push_contacts(conversation_ids=[event.conversation_id], at=at)


@reacts_to(RefundFinished)
def tell_the_figures_of_the_refund(event: RefundFinished, at: datetime) -> None:
    """The reason of a refund may have been set after its case was closed."""
    facts.push_cases(case_ids=[event.case_id], at=at)


@reacts_to(CertificateAwarded)
def answer_the_training_asked_for(event: CertificateAwarded, at: datetime) -> None:
    """Whoever asked for the training of a tool has its certificate now."""
    authority.answer_training(person_id=event.person_id, code=event.kind_code, at=event.at)
