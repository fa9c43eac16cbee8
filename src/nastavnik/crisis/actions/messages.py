"""What customer and agents say to one another becomes messages, and what it means becomes events of the case.

Messages are told by the log of the case; the journal keeps only who acted on it and who looked at it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max

from nastavnik.crisis.actions import events as log
from nastavnik.crisis.actions._acting import acting, hold
from nastavnik.crisis.enums import Channel, EventKind, RefusalState, Side, Source
from nastavnik.crisis.errors import ConsentNeedsEvidence, NothingWritten, UnknownEventKind
from nastavnik.crisis.events import CaseReopened, ContactEnded
from nastavnik.crisis.logic.texts import is_question, is_thanks, stored
from nastavnik.crisis.models import CaseEvent, Conversation, CrisisCase, Customer, Message
from nastavnik.kernel.events import publish
from nastavnik.people.models import Person
from nastavnik.procedures import detection, refusals
from nastavnik.procedures.actions import proposals
from nastavnik.procedures.detection import Detection, Label, Lexicon
from nastavnik.procedures.queries import lexicon_at

CUSTOMER_MARKS = (
    EventKind.ASKED, EventKind.TRIGGER, EventKind.INSIST, EventKind.INTERRUPT, EventKind.INTERRUPT_INSIST,
    EventKind.WITHDRAW, EventKind.ASK_OFFER, EventKind.QUESTION, EventKind.MESSAGE, EventKind.LEGAL, EventKind.PUBLIC,
)  # fmt: skip
AGENT_MARKS = (EventKind.SOFT, EventKind.HARD, EventKind.NEUTRAL)
_REFUSED = {RefusalState.TRIGGERED, RefusalState.REFUND_DUE, RefusalState.REFUND_STARTED}


@dataclass(frozen=True)
class Said:
    """One message about to be kept. `source_id`: its number in the system it comes from."""

    text: str
    at: datetime
    side: str = Side.CUSTOMER
    agent: Person | None = None
    source_id: str = ""
    seg_start: int | None = None
    seg_end: int | None = None
    is_automatic: bool = False
    files: Sequence[tuple[str, bytes]] = field(default=())


def converse(
    *,
    customer: Customer,
    case: CrisisCase | None,
    channel: str,
    at: datetime,
    origin: str = "",
    external_id: str = "",
) -> Conversation:
    """The conversation another system calls `external_id`; a new one without."""
    made: dict[str, Any] = {"customer": customer, "case": case, "channel": Channel(channel), "started_at": at}
    if not external_id:
        return Conversation.objects.create(origin=origin, **made)
    found, _new = Conversation.objects.get_or_create(origin=origin, external_id=external_id, defaults=made)
    return found


def receive(*, conversation: Conversation, said: Sequence[Said], at: datetime) -> list[Message]:
    """Keep messages that came from outside and record what they mean. Known ones are dropped; returns the new ones.

    A message of the future counts as of now. A message on a closed case, unless it only thanks, reopens it first.
    """
    case = conversation.case
    with transaction.atomic():
        if case is not None:
            log.lock(case)
            case.refresh_from_db()
        new = _keep(conversation, said, at=at)
        if case is not None and new:
            drafts = _meanings(case, new, {one.source_id for one in said if one.is_automatic and one.source_id}, at)
            log.record_all(case=case, drafts=drafts, recorded_at=at)
            if any(draft.kind == EventKind.REOPEN for draft in drafts):
                publish(CaseReopened(case_id=case.pk, at=at), at=at)
    return new


def _keep(conversation: Conversation, said: Sequence[Said], *, at: datetime) -> list[Message]:
    """Messages not known yet, numbered in the order they came."""
    Conversation.objects.select_for_update().get(pk=conversation.pk)
    ids = [one.source_id for one in said if one.source_id]
    known = set(conversation.messages.filter(source_id__in=ids).values_list("source_id", flat=True))
    n = conversation.messages.aggregate(last=Max("n"))["last"] or 0
    rows: list[Message] = []
    for one in said:
        if one.source_id and one.source_id in known:
            continue
        known.add(one.source_id)
        n += 1
        rows.append(
            Message(
                conversation=conversation, n=n, at=min(one.at, at), received_at=at, side=one.side, agent=one.agent,
                text=stored(one.text), seg_start=one.seg_start, seg_end=one.seg_end, source_id=one.source_id[:160],
            )
        )  # fmt: skip
    return Message.objects.bulk_create(rows)


def _meanings(case: CrisisCase, new: Sequence[Message], automatic: set[str], at: datetime) -> list[log.Draft]:
    drafts: list[log.Draft] = []
    lexicon = lexicon_at(case.customer.lang if case.customer.lang in ("ru", "en") else None, at)
    refused, closed = case.refusal_state in _REFUSED, not case.is_open
    for message in sorted(new, key=lambda one: (one.at, one.n)):
        if message.side != Side.CUSTOMER:
            if message.side == Side.AGENT:
                kind = EventKind.AUTO_REPLY if message.source_id in automatic else EventKind.NEUTRAL
                drafts.append(_draft(message, kind, 0, {}))
            continue
        if closed and not is_thanks(message.text):
            drafts.append(_draft(message, EventKind.REOPEN, 0, {}))
            closed = False
        read = _read(lexicon, message, case, refused=refused)
        refused = refused or any(draft.kind in (EventKind.TRIGGER, EventKind.INSIST) for draft in read)
        drafts += read
    return drafts


def _read(lexicon: Lexicon, message: Message, case: CrisisCase, *, refused: bool) -> list[log.Draft]:
    """What the rules make of a customer's message."""
    found = lexicon.detect(message.text, open_case=case.kind == "refund" and case.is_open)
    kinds = detection.events_of(found.label, refused_before=refused)
    if kinds == ("message",) and is_question(message.text):
        kinds = ("question",)
    payload = _evidence(found, lexicon) | ({"thanks": True} if is_thanks(message.text) else {})
    return [_draft(message, kind, place, payload) for place, kind in enumerate(kinds)]


def _evidence(found: Detection, lexicon: Lexicon) -> dict[str, Any]:
    """The rule, its version and the words it matched: what an audit needs to look at the rule again."""
    if found.label is Label.OTHER or not found.rule:
        return {}
    return {"rule": found.rule, "lexicon": lexicon.version, "words": found.words[:120]}


def _draft(message: Message, kind: str, place: int, payload: dict[str, Any]) -> log.Draft:
    source = Source.RULE if message.side == Side.CUSTOMER else Source.AGENT
    if kind in (EventKind.REOPEN, EventKind.AUTO_REPLY):
        source = Source.SYSTEM
    about = None if kind == EventKind.REOPEN else message
    return log.Draft(
        kind, message.at, log.key("message", message.pk, kind, place), payload, message.agent, source, about
    )


def reply(
    *,
    case: CrisisCase,
    text: str,
    by: Person,
    at: datetime,
    meaning: str = EventKind.NEUTRAL,
    conversation: Conversation | None = None,
    seen: int | None = None,
    idem: str = "",
) -> Message:
    """Answer the customer in the latest conversation. The policy's hint never stops an answer.

    `meaning`: soft attempt, neutral answer. Raises NothingWritten, ChangedMeanwhile, NotYours, CaseIsClosed.
    """
    if not text.strip():
        raise NothingWritten
    if meaning not in AGENT_MARKS:
        raise UnknownEventKind(kind=meaning)
    with acting(case, by=by, at=at, seen=seen, idem=idem) as act:
        if idem and (known := CaseEvent.objects.filter(idem=log.key(idem, "reply")).select_related("message").first()):
            assert known.message is not None
            return known.message
        hold(act)
        talk = conversation or case.conversations.order_by("-started_at", "-pk").first()
        talk = talk or converse(customer=case.customer, case=case, channel=Channel.CHAT, at=at)
        message = _keep(talk, [Said(text=text, at=at, side=Side.AGENT, agent=by)], at=at)[0]
        name = log.key(idem, "reply") if idem else log.key("message", message.pk, meaning)
        log.record(
            case=case, kind=meaning, actor=by, at=message.at, idem=name, message=message, recorded_at=at
        )  # fmt: skip
    return message


def mark(
    *, case: CrisisCase, message: Message, kind: str, by: Person, at: datetime, source: str = Source.AGENT
) -> CaseEvent:
    """Say what a message is, in one click; it outranks the rule. Raises UnknownEventKind."""
    allowed = CUSTOMER_MARKS if message.side == Side.CUSTOMER else AGENT_MARKS
    if kind not in allowed:
        raise UnknownEventKind(kind=kind)
    with acting(case, by=by, at=at, even_others=source == Source.QA, even_closed=True) as act:
        actor = message.agent if message.side == Side.AGENT else by
        payload = {"marked_by": by.pk}
        name = log.key("mark", message.pk, source, kind, act.last_seq)
        draft = log.Draft(kind, message.at, name, payload, actor, source, message)
        _propose_if_missed(message, kind, source, by=by, at=at)
        return log.record_all(case=case, drafts=[draft], recorded_at=at)[0]


def _propose_if_missed(message: Message, kind: str, source: str, *, by: Person, at: datetime) -> None:
    """A refusal that a person sees and no rule found is proposed to the head of the desk as a missed phrase."""
    if kind not in refusals.REFUSALS or not detection.normalise(message.text):
        return
    if CaseEvent.objects.filter(message=message, kind__in=refusals.REFUSALS).exists():
        return
    lang = message.conversation.customer.lang
    proposals.propose(text=message.text, lang=lang, source=source, by=by, at=at)


def consent(
    *,
    case: CrisisCase,
    by: Person,
    at: datetime,
    message: Message | None = None,
    recording: str = "",
    seen: int | None = None,
    idem: str = "",
) -> None:
    """The customer agrees to stay: proven by a message or a recorded «yes». Raises ConsentNeedsEvidence."""
    own = message is not None and message.side == Side.CUSTOMER and message.conversation.case_id == case.pk
    if not own and not recording.strip():
        raise ConsentNeedsEvidence
    with acting(case, by=by, at=at, seen=seen, idem=idem) as act:
        evidence = {"message": message.pk} if own and message is not None else {"recording": recording.strip()[:300]}
        hold(act).write(EventKind.ACCEPT, evidence=evidence)


def silence(*, case: CrisisCase, by: Person | None, at: datetime, idem: str = "") -> None:
    """The customer does not answer: with no attempt left, the refund is due."""
    with acting(case, by=by, at=at, idem=idem) as act:
        act.write(EventKind.SILENCE)


def end(*, conversation: Conversation, at: datetime, hung_up_by: str = "", ended_at: datetime | None = None) -> None:
    """The conversation is over; `ended_at` is when it came to its end (now, unless told)."""
    with transaction.atomic():
        ended = max(ended_at or at, conversation.started_at)
        rows = Conversation.objects.filter(pk=conversation.pk, ended_at=None)
        if rows.update(ended_at=ended, hung_up_by=hung_up_by):
            publish(ContactEnded(conversation_id=conversation.pk, at=at), at=at)
