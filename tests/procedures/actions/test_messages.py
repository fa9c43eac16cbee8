"""Labelled messages and missed phrases."""

import threading
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from nastavnik.procedures import queries
from nastavnik.procedures.actions import guides, messages, proposals
from nastavnik.procedures.actions.messages import Loaded
from nastavnik.procedures.detection import shipped
from nastavnik.procedures.errors import (
    BadMessage,
    EmptyMessage,
    GuideWithoutText,
    KnownMessage,
    NoMessages,
    NotText,
    PhraseDecided,
)
from nastavnik.procedures.logic.masking import masked
from nastavnik.procedures.logic.proving import measure
from nastavnik.procedures.models import Guide, GuideCheck, GuideVersion, LabelledMessage, MissedPhrase
from tests.factories.procedures import AT

FILE = """id,lang,text,label
1,ru,"не тратьте моё время, верните деньги",trigger
2,ru,лавочка закрыта,trigger
3,ru,"Решение принято, ждём урок",other
4,en,How do I get a refund?,refund_wish
"""


def load(text: str = FILE) -> Loaded:
    return messages.load(rows=messages.read(text.encode()), source="файл", by=None, at=AT)


@pytest.mark.django_db
def test_a_file_comes_in_once_and_a_changed_label_is_taken_over() -> None:
    first, second = load(), load(FILE.replace("refund_wish", "other"))
    assert (first, second) == (Loaded(4, 0, 0), Loaded(0, 1, 3))
    assert LabelledMessage.objects.count() == 4


@pytest.mark.django_db
def test_precision_and_recall_come_with_the_messages_behind_them() -> None:
    load()
    english, russian = measure(shipped(), queries.labelled())
    assert (russian.lang, russian.right, russian.refusals, russian.total) == ("ru", 1, 2, 3)
    assert [seen.message.text for seen in russian.misses] == ["лавочка закрыта"]
    assert [seen.rule for seen in russian.false_alarms] == ["ru_decision"]
    assert (russian.precision, russian.recall, russian.f1) == (0.5, 0.5, 0.5)
    assert (english.precision, english.recall, english.f1, english.total) == (None, None, None, 1)


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (b"", NoMessages),
        (b"id,text\n1,a\n", NoMessages),
        (b"id,lang,text,label\n", NoMessages),
        (b"id,lang,text,label\n1,de,a,other\n", BadMessage),
        (b"id,lang,text,label\n1,ru,a,angry\n", BadMessage),
        (b"id,lang,text,label\n1,ru,,other\n", BadMessage),
        ("id,lang,text,label\n1,ru,да,other\n".encode("cp1251"), NotText),
    ],
)
def test_a_file_that_cannot_be_read_says_why(data: bytes, error: type[Exception]) -> None:
    with pytest.raises(error):
        messages.read(data)


@pytest.mark.django_db
def test_a_message_is_labelled_once_and_relabelled_later() -> None:
    made = messages.add(text="верните деньги", lang="ru", label="refund_wish", by=None, at=AT)
    with pytest.raises(KnownMessage):
        messages.add(text="Верните   ДЕНЬГИ", lang="ru", label="trigger", by=None, at=AT)
    with pytest.raises(EmptyMessage):
        messages.add(text=" \u200b ", lang="ru", label="trigger", by=None, at=AT)
    messages.relabel(message=made, label="trigger", by=None, at=AT)
    assert LabelledMessage.objects.get().label == "trigger"
    messages.remove(message=made, by=None, at=AT)
    assert LabelledMessage.objects.count() == 0


def test_numbers_and_addresses_are_masked() -> None:
    text = "пишите на ivan.petrov@example.com или +7 (912) 345-67-89, договор 12345678, урок 15"
    assert masked(text) == "пишите на … или …, договор …, урок 15"


@pytest.mark.django_db
def test_a_phrase_proposed_twice_is_counted_and_decided_once() -> None:
    for text in ("Лавочка закрыта!", "лавочка  закрыта!"):
        phrase = proposals.propose(text=text, lang="ru", source="agent", by=None, at=AT)
    assert (phrase.times, phrase.state) == (2, "pending")
    proposals.confirm(phrase=phrase, by=None, at=AT)
    assert [(one.label, one.source) for one in LabelledMessage.objects.all()] == [("trigger", "agent")]
    with pytest.raises(PhraseDecided):
        proposals.reject(phrase=phrase, by=None, at=AT)


@pytest.mark.django_db
def test_a_rejected_phrase_joins_as_what_it_is() -> None:
    phrase = proposals.propose(text="спасибо за урок", lang="xx", source="qa", by=None, at=AT)
    proposals.reject(phrase=phrase, by=None, at=AT)
    assert [(one.label, one.lang) for one in LabelledMessage.objects.all()] == [("other", "ru")]


@pytest.mark.django_db(transaction=True)
def test_two_who_propose_the_same_phrase_at_once_make_one() -> None:
    def propose() -> None:
        try:
            proposals.propose(text="лавочка закрыта", lang="ru", source="agent", by=None, at=AT)
        finally:
            connection.close()

    threads = [threading.Thread(target=propose) for _number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [phrase.times for phrase in MissedPhrase.objects.all()] == [4]


@pytest.mark.django_db
def test_the_database_refuses_a_decision_without_its_time() -> None:
    phrase = proposals.propose(text="лавочка закрыта", lang="ru", source="agent", by=None, at=AT)
    with pytest.raises(IntegrityError), transaction.atomic():
        MissedPhrase.objects.filter(pk=phrase.pk).update(state="confirmed")


@pytest.mark.django_db
def test_a_case_shows_the_guides_of_its_kind_and_stage_as_they_stood() -> None:
    said = {"case_kind": "refund", "by": None, "at": AT}
    first = guides.publish(stage="refusal", title="Отказ", body="Не спорьте", checks=["Спросить", " "], **said)
    guides.publish(stage="any", title="Всегда", body="", checks=["Поздороваться"], position=1, **said)
    guides.publish(stage="refund", title="Возврат", body="Сумма", checks=[], **said)
    guide, later = first.guide, AT + timedelta(days=1)
    second = guides.publish(
        guide=guide, case_kind="refund", stage="refusal", title="Отказ", body="Начните возврат", checks=[], by=None,
        at=later,
    )  # fmt: skip
    shown = [[str(one) for one in queries.guides_for("refund", "refusal", at)] for at in (AT, later)]
    assert shown == [["Всегда (1)", "Отказ (1)"], ["Всегда (1)", "Отказ (2)"]]
    assert [check.text for check in first.checks.all()] == ["Спросить"]
    guides.retire(guide=guide, by=None, at=later + timedelta(days=1))
    assert second in queries.guides_for("refund", "refusal", later)
    assert second not in queries.guides_for("refund", "refusal", later + timedelta(days=2))
    guides.bring_back(guide=guide, by=None, at=later)
    assert second in queries.guides_for("refund", "refusal", later + timedelta(days=2))
    with pytest.raises(GuideWithoutText):
        guides.publish(stage="any", title="Пусто", body=" ", checks=[""], **said)


@pytest.mark.django_db
@pytest.mark.parametrize("table", [GuideVersion, GuideCheck])
def test_the_database_refuses_to_change_what_a_guide_said(table: type[GuideVersion | GuideCheck]) -> None:
    guides.publish(case_kind="refund", stage="any", title="Отказ", body="Так", checks=["Раз"], by=None, at=AT)
    field = "body" if table is GuideVersion else "text"
    with pytest.raises(IntegrityError), transaction.atomic():
        table.objects.update(**{field: "иначе"})
    assert Guide.objects.count() == 1
