"""Closed lists of the money side of the desk."""

from django.db.models import IntegerChoices, TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class AccountKind(TextChoices):
    """`bank` and `goodwill` are the outside: what came in stands there below zero. `sales` is what contracts earned."""

    WALLET = "wallet", _("customer's account")
    SUSPENSE = "suspense", _("money to be cleared")
    BANK = "bank", _("bank")
    GOODWILL = "goodwill", _("goodwill")
    SALES = "sales", _("money under contracts")


NEVER_BELOW_ZERO = (AccountKind.WALLET, AccountKind.SUSPENSE)


class EntryKind(TextChoices):
    """Why money moved."""

    RECEIVED = "received", _("payment received")
    SET_ASIDE = "set_aside", _("payment set aside to be cleared")
    TO_WALLET = "to_wallet", _("moved to the customer's account")
    TO_CARD = "to_card", _("paid back to the card")
    WALLET_TO_CARD = "wallet_to_card", _("account paid out to the card")
    GOODWILL = "goodwill", _("goodwill credit")
    REFUND = "refund", _("refund under a contract")
    REVERSAL = "reversal", _("reversal")
    CORRECTION = "correction", _("correction")


class RefundReason(TextChoices):
    """Why money goes back. The first four are technical: nobody wanted them to happen."""

    MISDIRECTED = "misdirected", _("payment by mistake")
    DUPLICATE = "duplicate", _("double payment")
    FAILED_LESSON = "failed_lesson", _("failed lesson")
    PLATFORM_FAULT = "platform_fault", _("fault of the platform")
    QUALITY = "quality", _("quality of teaching")
    SCHEDULE = "schedule", _("schedule does not fit")
    PRICE = "price", _("price")
    PERSONAL = "personal", _("personal circumstances")
    OTHER = "other", _("other reason")

    @property
    def is_technical(self) -> bool:
        return self in TECHNICAL


TECHNICAL = frozenset(
    {RefundReason.MISDIRECTED, RefundReason.DUPLICATE, RefundReason.FAILED_LESSON, RefundReason.PLATFORM_FAULT}
)


class RefundStatus(TextChoices):
    STARTED = "started", pgettext_lazy("refund", "started")
    DONE = "done", pgettext_lazy("refund", "money returned")
    CANCELLED = "cancelled", pgettext_lazy("refund", "taken back by the customer")


class PayoutState(TextChoices):
    REQUESTED = "requested", pgettext_lazy("payout", "sent to the payment system")
    DONE = "done", pgettext_lazy("payout", "paid out")
    FAILED = "failed", pgettext_lazy("payout", "failed")


class Verdict(TextChoices):
    """What a person decided about something the system proposed."""

    PENDING = "pending", _("to be decided")
    CONFIRMED = "confirmed", _("confirmed")
    REJECTED = "rejected", _("rejected")


class MoneyChoice(TextChoices):
    """What the customer chose for money that came by mistake."""

    CARD = "card", _("back to the card")
    WALLET = "wallet", _("to the account with us")


class Issue(TextChoices):
    """What went wrong, for the matrix."""

    LESSON = "lesson", _("failed lesson")
    TEACHER = "teacher", _("teacher")
    SCHEDULE = "schedule", _("schedule")
    PLATFORM = "platform", _("platform")
    PAYMENT = "payment", _("payment")
    PRICE = "price", _("price")
    SERVICE = "service", _("our service")
    PERSONAL = "personal", _("personal circumstances")
    OTHER = "other", _("something else")


class Fault(TextChoices):
    OURS = "ours", _("our fault")
    THEIRS = "theirs", _("the customer's own")
    SHARED = "shared", _("shared")


class Category(TextChoices):
    """What sort of thing an offer is."""

    PAUSE = "pause", _("pause")
    DISCOUNT = "discount", _("discount")
    PLAN_CHANGE = "plan_change", _("change of plan")
    TRIAL_EXTENSION = "trial_extension", _("longer trial")
    BONUS_LESSONS = "bonus_lessons", _("bonus lessons")
    CONTACT = "contact", _("talk with a specialist")
    REDIRECT = "redirect", _("another teacher or course")
    CUSTOM = "custom", _("other compensation")


class OfferState(TextChoices):
    WAITING = "waiting", _("waits for approval")
    READY = "ready", _("may be presented")
    PRESENTED = "presented", pgettext_lazy("offer", "presented")
    ACCEPTED = "accepted", pgettext_lazy("offer", "accepted")
    DECLINED = "declined", pgettext_lazy("offer", "declined")
    EXPIRED = "expired", pgettext_lazy("offer", "expired")
    REFUSED = "refused", pgettext_lazy("offer", "not approved")


class Decision(TextChoices):
    APPROVED = "approved", pgettext_lazy("approval", "approved")
    PARTIAL = "partial", pgettext_lazy("approval", "approved in part")
    DENIED = "denied", pgettext_lazy("approval", "denied")
    ESCALATED = "escalated", pgettext_lazy("approval", "passed higher")


class AbuseSign(TextChoices):
    """As `logic.compensation_flags.Flag`."""

    OFTEN = "often", _("more accepted offers a year than usual")
    SUM = "sum", _("high sum in 90 days")
    AGAIN = "again", _("refused again soon after staying")
    OUTLIER = "outlier", _("gives far more often than others")
    BEFORE_SURVEY = "before_survey", _("given right before the rating was asked")
    SHARED_CARD = "shared_card", _("one card, several customers")
    STAFF = "staff", _("given to a member of staff")
    SPLIT = "split", _("split into several below the limit")


class Tool(IntegerChoices):
    """Tools of the money side that may ask for a certificate."""

    DUPLICATES = 1, _("judging double payments")
    TRANSFERS = 2, _("moving mistaken payments")
