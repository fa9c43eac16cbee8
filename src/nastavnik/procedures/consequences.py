"""What a policy means for an agent and a customer, in sentences."""

from django.utils.translation import gettext, ngettext

from nastavnik.kernel.logic.formatting import number
from nastavnik.procedures.actions.policies import Parameters
from nastavnik.procedures.models import RefusalPolicy

MINUTE, DAY = 60_000, 86_400_000


def consequences(said: Parameters | RefusalPolicy, lang: str) -> list[str]:
    """Each parameter as what happens, in the order of a conversation."""
    return [
        _attempts(said),
        _insistence(said),
        *_interruption(said),
        _start(said, lang),
        _return(said, lang),
        _offers(said),
    ]


def _attempts(said: Parameters | RefusalPolicy) -> str:
    if said.max_soft == 0:
        return gettext("After a categorical refusal no attempt to persuade is allowed.")
    text = ngettext(
        "After a categorical refusal at most {n} soft attempt is allowed; another one is a violation.",
        "After a categorical refusal at most {n} soft attempts are allowed; another one is a violation.",
        said.max_soft,
    ).format(n=said.max_soft)
    if said.min_soft:
        more = ngettext("At least {n} attempt is demanded.", "At least {n} attempts are demanded.", said.min_soft)
        text = f"{text} {more.format(n=said.min_soft)}"
    return text


def _insistence(said: Parameters | RefusalPolicy) -> str:
    needed = said.max_soft
    if said.insist_ends_at_once:
        needed = min(max(1, said.min_soft or 0), said.max_soft)
    if needed == 0:
        return gettext("The customer insists: the refund is due at once.")
    return ngettext(
        "The customer insists after {n} attempt: the refund is due at once.",
        "The customer insists after {n} attempts: the refund is due at once.",
        needed,
    ).format(n=needed)


def _interruption(said: Parameters | RefusalPolicy) -> list[str]:
    if said.interrupt_alone_ends:
        return [gettext("The customer interrupts after an attempt: the refund is due, without another word.")]
    return [gettext("An interruption is recorded; alone it does not make the refund due.")]


def _start(said: Parameters | RefusalPolicy, lang: str) -> str:
    minutes = said.refund_start_ms / MINUTE
    text = gettext("A refund that is due is started within {minutes} min, and within the same contact.")
    return text.format(minutes=number(minutes, 0, lang))


def _return(said: Parameters | RefusalPolicy, lang: str) -> str:
    days = said.reopen_keeps_count_ms / DAY
    if not days:
        return gettext("A customer who comes back to a closed case begins a new count.")
    text = gettext("A customer who comes back within {days} days continues the count; later a new one begins.")
    return text.format(days=number(days, 0, lang))


def _offers(said: Parameters | RefusalPolicy) -> str:
    text = ngettext(
        "One attempt holds at most {n} offer; more is noted for quality and is no violation.",
        "One attempt holds at most {n} offers; more is noted for quality and is no violation.",
        said.max_offers_per_attempt,
    )
    return text.format(n=said.max_offers_per_attempt)
