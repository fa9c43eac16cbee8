"""Phrases the rules missed: proposed at the desk, decided by its head."""

from datetime import datetime

from django.db import transaction
from django.db.models import F

from nastavnik.kernel import journal
from nastavnik.people.models import Person
from nastavnik.procedures.actions.messages import hash_of
from nastavnik.procedures.detection import MAX_CHARS, normalise
from nastavnik.procedures.enums import Language, MarkSource, MessageLabel, PhraseState
from nastavnik.procedures.errors import EmptyMessage, PhraseDecided
from nastavnik.procedures.logic.masking import masked
from nastavnik.procedures.models import LabelledMessage, MissedPhrase

DECIDED = "procedures.phrase_decided"


def propose(*, text: str, lang: str, source: str, by: Person | None, at: datetime) -> MissedPhrase:
    """Somebody marked a message as a refusal that no rule found. The same phrase again is counted, not repeated.

    `source` is of MarkSource («agent», «qa»). Numbers and addresses are masked. Raises EmptyMessage.
    """
    clean = masked(text.replace("\0", "").strip())[:MAX_CHARS]
    if not normalise(clean):
        raise EmptyMessage
    known = lang if lang in Language.values else Language.RU
    with transaction.atomic():
        phrase, is_new = MissedPhrase.objects.get_or_create(
            lang=known, text_hash=hash_of(clean),
            defaults={"text": clean, "source": MarkSource(source), "proposed_by": by, "proposed_at": at},
        )  # fmt: skip
        if not is_new:
            MissedPhrase.objects.filter(pk=phrase.pk).update(times=F("times") + 1)
            phrase.refresh_from_db()
    return phrase


def confirm(*, phrase: MissedPhrase, by: Person | None, at: datetime) -> None:
    """It is a refusal: it joins the labelled messages. Raises PhraseDecided."""
    _decide(phrase, PhraseState.CONFIRMED, MessageLabel.TRIGGER, by=by, at=at)


def reject(*, phrase: MissedPhrase, by: Person | None, at: datetime, label: str = MessageLabel.OTHER) -> None:
    """It is no refusal but `label`; as such it joins the labelled messages too. Raises PhraseDecided."""
    _decide(phrase, PhraseState.REJECTED, MessageLabel(label), by=by, at=at)


def _decide(phrase: MissedPhrase, state: PhraseState, label: MessageLabel, *, by: Person | None, at: datetime) -> None:
    with transaction.atomic():
        phrase = MissedPhrase.objects.select_for_update().get(pk=phrase.pk)
        if phrase.state != PhraseState.PENDING:
            raise PhraseDecided
        phrase.state, phrase.label, phrase.decided_by, phrase.decided_at = state, label, by, at
        phrase.save()
        LabelledMessage.objects.update_or_create(
            lang=phrase.lang, text_hash=phrase.text_hash,
            defaults={"label": label},
            create_defaults={
                "text": phrase.text, "label": label, "source": phrase.source, "added_by": by, "added_at": at
            },
        )  # fmt: skip
        journal.write(DECIDED, by=by, at=at, subject=phrase, data={"state": state, "label": label})
