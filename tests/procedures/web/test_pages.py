"""Pages of the rules of the desk: they open for its head, stay shut for others, and do what their buttons say."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from nastavnik.people.enums import Role
from nastavnik.people.reach import today
from nastavnik.procedures import queries
from nastavnik.procedures.actions import guides, lexicons, messages, proposals
from nastavnik.procedures.models import Guide, LabelledMessage, LexiconVersion, MissedPhrase, RefusalPolicy
from tests.factories.people import a_person, a_team
from tests.factories.procedures import AT, a_settled_desk, an_organisation, head_of_desk

pytestmark = pytest.mark.django_db
LISTS = ("policy-list", "lexicon-home", "message-list", "phrase-list", "guide-list")
FORMS = ("policy-create", "message-create", "message-load", "guide-create")
RULE = {
    "code": "ru_shut",
    "role": "trigger",
    "strength": "2",
    "pattern": r"\bлавочк\w+ закрыта",
    "unless": "",
    "must_match": "лавочка закрыта",
    "must_not_match": "лавочка у школы открыта",
}
POLICY = {
    "scope": "",
    "max_soft": "1",
    "min_soft": "",
    "max_offers_per_attempt": "2",
    "refund_start_minutes": "10",
    "reopen_days": "30",
    "insist_ends_at_once": "on",
    "note": "одна попытка",
}


@pytest.fixture
def client() -> Client:
    an_organisation()
    client = Client(headers={"accept-language": "en"})
    client.force_login(head_of_desk())
    return client


@pytest.fixture
def draft(client: Client) -> LexiconVersion:
    a_settled_desk()
    version = queries.published("ru")[0]
    client.post(reverse("procedures:lexicon-move", args=[version.public_id]), {"do": "draft"})
    found = queries.draft_of("ru")
    assert found is not None
    return found


def address(name: str, *args: object) -> str:
    return reverse(f"procedures:{name}", args=args)


def text_of(client: Client, url: str) -> str:
    return client.get(url).content.decode()


@pytest.mark.parametrize("name", [*LISTS, *FORMS])
def test_pages_open_for_the_head_of_the_desk_and_stay_shut_for_agents(client: Client, name: str) -> None:
    stranger = Client()
    stranger.force_login(a_person(role=Role.CRISIS_MANAGER))
    assert (client.get(address(name)).status_code, stranger.get(address(name)).status_code) == (200, 403)


def test_an_empty_desk_is_settled_by_a_button(client: Client) -> None:
    assert "No policy is in force" in text_of(client, address("policy-list"))
    client.post(address("settle"))
    assert "After a categorical refusal at most 2 soft attempts are allowed" in text_of(client, address("policy-list"))
    assert [queries.published(lang).count() for lang in ("ru", "en")] == [1, 1]


def test_a_policy_is_planned_with_its_consequences_and_taken_back(client: Client) -> None:
    client.post(address("settle"))
    said = {**POLICY, "active_from": (today() + timedelta(7)).isoformat()}
    shown = client.post(address("policy-consequences"), said).content.decode()
    assert "at most 1 soft attempt is allowed" in shown
    assert "started within 10 min" in shown
    answer = client.post(address("policy-create"), said)
    planned = RefusalPolicy.objects.get(number=2)
    assert (answer.status_code, answer.headers["Location"]) == (302, planned.get_absolute_url())
    assert "Take it back" in text_of(client, planned.get_absolute_url())
    client.post(address("policy-take-back", planned.public_id), {"reason": "рано"})
    assert [one.number for one in RefusalPolicy.objects.all()] == [1]


@pytest.mark.parametrize(
    ("field", "value"), [("active_from", "2020-01-01"), ("max_soft", "11"), ("min_soft", "2"), ("scope", "team:999")]
)
def test_what_cannot_be_planned_is_said_above_the_form_and_stays_typed(client: Client, field: str, value: str) -> None:
    answer = client.post(address("policy-create"), {**POLICY, "active_from": today().isoformat(), field: value})
    assert (answer.status_code, RefusalPolicy.objects.count()) == (422, 0)
    assert "одна попытка" in answer.content.decode()


def test_a_policy_for_a_team(client: Client) -> None:
    team = a_team(name="Кризисная")
    client.post(address("policy-create"), {**POLICY, "active_from": today().isoformat(), "scope": f"team:{team.pk}"})
    assert "Кризисная" in text_of(client, address("policy-list"))
    assert queries.policy_at(today(), team) == RefusalPolicy.objects.get()


def test_a_rule_is_written_tried_published_and_gone_back_from(client: Client, draft: LexiconVersion) -> None:
    assert client.get(address("rule-create", draft.public_id)).status_code == 200
    client.post(address("rule-create", draft.public_id), RULE)
    assert "The rule keeps its examples." in text_of(client, address("rule-detail", draft.public_id, "ru_shut"))
    tried = client.post(address("lexicon-try", draft.public_id), {"text": "Всё, ЛАВОЧКА закрыта!"}).content.decode()
    assert "<mark>ЛАВОЧКА закрыта!</mark>" in tried
    assert "ru_shut" in tried
    changed = text_of(client, address("lexicon-changes", draft.public_id))
    assert "ru_shut" in changed
    client.post(address("lexicon-move", draft.public_id), {"do": "publish", "reason": "лавочка"})
    first, second = queries.published("ru")[1], queries.published("ru")[0]
    assert (second.pk, second.note) == (draft.pk, "лавочка")
    client.post(address("lexicon-move", first.public_id), {"do": "back", "reason": "хуже"})
    assert (queries.published("ru")[0].number, queries.rules_of(queries.published("ru")[0])) == (
        3,
        queries.rules_of(first),
    )


def test_a_guard_that_silences_a_rule_is_named(client: Client, draft: LexiconVersion) -> None:
    said = {"text": "Муж говорит, что не надо нас уговаривать"}
    tried = client.post(address("lexicon-try", draft.public_id), said).content.decode()
    assert "ru_persuade found “не надо нас уговаривать”, silenced by ru_reported" in tried


def test_a_draft_that_breaks_an_example_is_not_published(client: Client, draft: LexiconVersion) -> None:
    client.post(address("rule-create", draft.public_id), {**RULE, "must_not_match": ""})
    assert "ru_shut: no example that must be passed over." in text_of(client, draft.get_absolute_url())
    answer = client.post(address("lexicon-move", draft.public_id), {"do": "publish"}, follow=True)
    assert "The draft cannot be published yet." in answer.content.decode()
    assert queries.published("ru").count() == 1


def test_a_slow_pattern_is_refused_with_its_reason(client: Client, draft: LexiconVersion) -> None:
    answer = client.post(address("rule-create", draft.public_id), {**RULE, "pattern": r"(\w+\s?)+!"})
    assert answer.status_code == 422
    assert "repeated without a limit" in answer.content.decode()


def test_who_began_from_an_older_draft_keeps_the_text(client: Client, draft: LexiconVersion) -> None:
    old = draft.changed_at.isoformat()
    url = address("rule-create", draft.public_id)
    lexicons.save_words(draft=draft, words=["лавочка"], by=None, at=AT)
    answer = client.post(url, {**RULE, "seen": old})
    assert answer.status_code == 422
    assert "лавочка у школы открыта" in answer.content.decode()


def test_a_rule_of_a_published_version_can_only_be_read(client: Client) -> None:
    a_settled_desk()
    version = queries.published("ru")[0]
    url = address("rule-detail", version.public_id, "ru_time")
    assert "Save the rule" not in text_of(client, url)
    assert client.post(url, RULE).status_code == 422
    assert client.get(address("rule-detail", version.public_id, "no-such")).status_code == 404


def test_words_and_removal_of_a_rule(client: Client, draft: LexiconVersion) -> None:
    client.post(address("lexicon-words", draft.public_id), {"words": "возврат деньги"})
    client.post(address("rule-remove", draft.public_id, "ru_time"))
    draft.refresh_from_db()
    assert (draft.vocabulary, draft.rules.filter(code="ru_time").exists()) == ("возврат деньги", False)
    client.post(address("lexicon-move", draft.public_id), {"do": "discard"})
    assert queries.draft_of("ru") is None


def test_a_file_of_messages_gives_precision_and_recall(client: Client, draft: LexiconVersion) -> None:
    rows = "id,lang,text,label\n1,ru,не тратьте моё время,trigger\n2,ru,лавочка закрыта,trigger\n"
    client.post(address("message-load"), {"file": SimpleUploadedFile("m.csv", rows.encode())})
    assert LabelledMessage.objects.count() == 2
    quality = text_of(client, address("lexicon-quality", draft.public_id))
    assert "лавочка закрыта" in quality
    assert "50.0%" in quality
    assert "rules say: something else" in text_of(client, address("message-list"))
    broken = client.post(address("message-load"), {"file": SimpleUploadedFile("m.csv", b"id\n1\n")})
    assert broken.status_code == 422


def test_a_message_is_labelled_relabelled_and_taken_away(client: Client) -> None:
    client.post(address("message-create"), {"text": "верните", "lang": "ru", "label": "trigger"})
    made = LabelledMessage.objects.get()
    client.post(address("message-change", made.public_id), {"label": "refund_wish"})
    assert LabelledMessage.objects.get().label == "refund_wish"
    assert client.get(address("message-change", made.public_id)).status_code == 200
    client.post(address("message-change", made.public_id), {"remove": "1"})
    assert LabelledMessage.objects.count() == 0


def test_a_missed_phrase_waits_until_it_is_decided(client: Client) -> None:
    for number, text in enumerate(("лавочка закрыта", "спасибо за урок")):
        proposals.propose(text=text, lang="ru", source="agent", by=None, at=AT + timedelta(minutes=number))
    first, second = MissedPhrase.objects.order_by("pk")
    assert "лавочка закрыта" in text_of(client, address("phrase-list"))
    client.post(address("phrase-decide", first.public_id), {"label": "trigger"})
    client.post(address("phrase-decide", second.public_id), {"label": "other"})
    assert sorted(MissedPhrase.objects.values_list("state", "label")) == [
        ("confirmed", "trigger"),
        ("rejected", "other"),
    ]
    assert "Nothing waits" in text_of(client, address("phrase-list"))
    assert client.post(address("phrase-decide", first.public_id), {"label": "other"}).status_code == 422


def test_a_guide_is_written_shown_without_html_and_retired(client: Client) -> None:
    said = {
        "title": "Отказ", "case_kind": "refund", "stage": "refusal", "body": "**Не спорьте** <script>x</script>",
        "checks": "Назвать срок\n\nНачать возврат", "position": "1", "note": "",
    }  # fmt: skip
    client.post(address("guide-create"), said)
    guide = Guide.objects.get()
    page = text_of(client, guide.get_absolute_url())
    assert "<strong>Не спорьте</strong> &lt;script&gt;" in page
    assert "Начать возврат" in page
    client.post(address("guide-edit", guide.public_id), {**said, "body": "Начните возврат"})
    client.post(address("guide-switch", guide.public_id))
    guide.refresh_from_db()
    assert (guide.versions.count(), guide.retired_at is None) == (2, False)
    assert client.post(address("guide-create"), {**said, "body": "", "checks": ""}).status_code == 422


@pytest.mark.parametrize("name", ["message-list", "phrase-list", "guide-list", "policy-list"])
def test_lists_export_themselves(client: Client, name: str) -> None:
    answers = [client.get(address(name), {"export": kind}) for kind in ("csv", "xlsx")]
    assert [answer.status_code for answer in answers] == [200, 200]
    for answer in answers:
        answer.close()


@pytest.mark.parametrize("name", ["message-list", "phrase-list", "guide-list"])
def test_lists_ask_the_database_as_often_for_three_rows_as_for_one(client: Client, name: str) -> None:
    counts = []
    for number in (0, 1, 2, 3):
        if number:
            text = f"лавочка закрыта {'очень ' * number}"
            messages.add(text=text, lang="ru", label="trigger", by=None, at=AT)
            proposals.propose(text=text, lang="ru", source="agent", by=None, at=AT)
            guides.publish(case_kind="refund", stage="any", title=text, body="Так", checks=[], by=None, at=AT)
        with CaptureQueriesContext(connection) as found:
            client.get(address(name))
        counts.append(len(found))
    assert counts[1] == counts[3]
