"""What may stand in the way of moving money, offering and refunding."""

from nastavnik.kernel.errors import Conflict, Forbidden, InvalidInput


class KeyTaken(InvalidInput):
    """This key was used for another movement already. A replay must say the same; a new movement needs a new key."""


class AlreadyReversed(InvalidInput):
    """This entry was reversed already. Look at the statement: what is missing is posted as a new entry."""


class NoReversalOfReversal(InvalidInput):
    """A reversal is not reversed. Post a new entry that says what is right."""


class NotEnough(InvalidInput):
    """There is not enough money on the account for this. Look at the statement."""


class SecondPersonNeeded(Forbidden):
    """Somebody else than the one who makes it must approve this."""


class NoEvidence(InvalidInput):
    """Write down the customer's own words: what was chosen or agreed to. Without them it does not count."""


class CardNotOffered(InvalidInput):
    """Offer the way back to the card first. A credit must not replace money the customer wants to have."""


class NothingToClear(InvalidInput):
    """This payment has nothing waiting to be cleared: it was moved already, or belongs to a contract."""


class NotThisCustomer(InvalidInput):
    """The payment belongs to another customer than this case."""


class JudgedAlready(Conflict):
    """Somebody judged this pair already. Load the page again."""


class CertificateNeeded(Forbidden):
    """For this you need the certificate “{certificate}”. A training was asked for; meanwhile somebody who holds it can
    do it for you.
    """


class PaymentChanged(InvalidInput):
    """The payment {ref} of {provider} is known with another sum. A correction comes under a new reference."""


class RefundOver(Conflict):
    """This refund is finished. Load the page again."""


class RefundNotCounted(InvalidInput):
    """Say first how much is given back: the calculation shows what is due."""


class RefundNeedsApproval(InvalidInput):
    """Another sum than what is due waits for a second person. The refund itself is started and goes on."""


class ExplainTheSum(InvalidInput):
    """The sum differs from what is due. Say why."""


class NotWithinAuthority(Forbidden):
    """You cannot offer this now. {clauses}"""


class OfferIsOver(Conflict):
    """This offer has its outcome already. Load the page again."""


class NotPresented(InvalidInput):
    """The offer waits for approval: it was not presented to the customer yet."""


class NotYoursToApprove(Forbidden):
    """This offer is not yours to approve: it is your own, outside your reach, or was passed higher."""


class AmountAboveAsked(InvalidInput):
    """Approve at most what was asked for, and more than nothing."""


class SayWhy(InvalidInput):
    """Say why: the person who asked must be able to explain it to the customer."""


class BudgetExhausted(Conflict):
    """Somebody took the last of this budget meanwhile. {left} minor units are left."""


class BudgetTooSmall(InvalidInput):
    """The budget cannot be less than what is reserved and spent already."""


class RatedAlready(InvalidInput):
    """Thank you: this contact was rated already."""


class RatingClosed(InvalidInput):
    """The time to rate this contact is over."""


class BadRatingLink(InvalidInput):
    """This link is not valid. Take it from the letter again."""


class AskedAlready(InvalidInput):
    """A rating was asked for this conversation already. It is asked once."""


class ErasedAlready(InvalidInput):
    """The data of this customer were erased already."""


class StillOwed(InvalidInput):
    """This customer has {open} open cases or refunds, or money with us. Finish that first: without the data the money
    finds no way back.
    """


class ChangesInThePast(InvalidInput):
    """This row is in force since {day}: choose a later day, so that decisions already made keep their rule."""


class RowsOverlap(InvalidInput):
    """For the same conditions there is a row in force on these days already. Change that one instead."""
