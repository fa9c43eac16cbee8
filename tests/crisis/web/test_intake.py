"""Cases from other systems, from files, from the public form: replays, disorder, strangers, limits."""

import hashlib
import hmac
import json
from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from nastavnik.crisis.actions import settings
from nastavnik.crisis.models import Attachment, CaseImport, CaseSource, Conversation, CrisisCase, Message
from nastavnik.kernel import clock
from nastavnik.people.enums import Role
from tests.factories.crisis import AT, a_crisis_manager
from tests.factories.people import a_person, an_organisation

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _now() -> Any:
    cache.clear()
    an_organisation()
    with clock.frozen(AT + timedelta(hours=1)):
        yield


def a_source(preset: str = "generic", kind: str = "refund") -> CaseSource:
    fields = {"code": preset, "name": "Чат", "preset": preset, "kind": kind}
    return settings.add_source(fields=fields, by=None, at=AT)


def send(source: CaseSource, body: Any, **headers: str) -> Any:
    given = headers or {"HTTP_AUTHORIZATION": f"Bearer {source.secret}"}
    data = body if isinstance(body, bytes | str) else json.dumps(body)
    url = f"/api/v1/crisis/events/{source.public_id}/"
    return Client().post(url, data, content_type="application/json", **given)  # type: ignore[arg-type]  # headers


def talk(*messages: dict[str, Any], **fields: Any) -> dict[str, Any]:
    return {"conversation_id": "77", "customer": {"id": "C-1", "name": "Ольга"}, "messages": list(messages), **fields}


def said(number: int, text: str, minute: int = 0, **fields: Any) -> dict[str, Any]:
    at = (AT + timedelta(minutes=minute)).isoformat()
    return {"id": str(number), "at": at, "side": "customer", "text": text, **fields}


def test_a_conversation_comes_in_and_its_replay_changes_nothing() -> None:
    source = a_source()
    body = talk(said(1, "Здравствуйте"), said(2, "Верните деньги, решение принято", 1))
    first, again = send(source, body).json(), send(source, body).json()
    case = CrisisCase.objects.get()
    assert first == {"status": "accepted", "case": case.number, "new_messages": 2}
    assert again == {"status": "accepted", "case": case.number, "new_messages": 0}
    assert (case.refusal_state, case.events.count(), case.opened_at) == ("TRIGGERED", 4, AT)


def test_messages_out_of_order_and_of_the_future_find_their_place() -> None:
    source = a_source()
    send(source, talk(said(3, "третье", 3)))
    send(source, talk(said(1, "первое", 1), said(9, "из будущего", 900)))
    texts = Message.objects.order_by("at", "n").values_list("text", flat=True)
    assert list(texts) == ["первое", "третье", "из будущего"]
    assert Message.objects.get(text="из будущего").at == AT + timedelta(hours=1)


def test_a_call_comes_with_its_segments_and_its_end() -> None:
    source, anna = a_source(), a_crisis_manager("A-1")
    spoken = [
        said(1, "Слушаю", 0, side="agent", agent="A-1", from_ms=0, to_ms=900),
        said(2, "Возврат", 1, from_ms=800, to_ms=2000),
    ]  # fmt: skip
    ended = (AT + timedelta(minutes=5)).isoformat()
    body = talk(*spoken, channel="call", ended_at=ended, hung_up_by="customer")
    assert send(source, body).status_code == 200
    call = Conversation.objects.get()
    assert (call.channel, call.ended_at, call.hung_up_by) == ("call", AT + timedelta(minutes=5), "customer")
    assert list(call.messages.order_by("n").values_list("agent", "seg_start", "seg_end")) == [
        (anna.pk, 0, 900), (None, 800, 2000)
    ]  # fmt: skip


def test_only_who_knows_the_secret_is_heard() -> None:
    source = a_source()
    body = json.dumps(talk(said(1, "Здравствуйте"))).encode()
    digest = hmac.new(source.secret.encode(), body, hashlib.sha256).hexdigest()
    old = hmac.new(source.secret.encode(), body, hashlib.sha1).hexdigest()
    assert send(source, body, HTTP_AUTHORIZATION="Bearer wrong").status_code == 401
    assert send(source, body, HTTP_X_NASTAVNIK_SIGNATURE="sha256=00").status_code == 401
    assert send(source, body + b" ", HTTP_X_NASTAVNIK_SIGNATURE=f"sha256={digest}").status_code == 401
    assert send(source, body, HTTP_X_NOTHING="").status_code == 401
    assert CrisisCase.objects.count() == 0
    assert send(source, body, HTTP_X_NASTAVNIK_SIGNATURE=f"sha256={digest}").status_code == 200
    assert send(source, body, HTTP_X_HUB_SIGNATURE=f"sha1={old}").status_code == 200
    CaseSource.objects.update(is_active=False)
    assert send(source, body).status_code == 404


@pytest.mark.parametrize(
    "body",
    [
        "not json", "[]", {"conversation_id": "1"}, talk({"id": "1"}), talk(said(1, "x"), channel="fax"), talk("x"),
        talk(said(1, "x", side="nobody")), talk(said(1, "x") | {"at": "2026-11-23T12:00:00"}), talk(kind="theft"),
        talk(said(1, "x") | {"at": 1e300}), talk(said(1, "x", from_ms=-1)), talk(*[said(n, "x") for n in range(501)]),
        "[" * 5000,
    ],
)  # fmt: skip
def test_a_body_that_cannot_be_read_is_refused_with_the_place(body: Any) -> None:
    answer = send(a_source(), body)
    assert (answer.status_code, CrisisCase.objects.count()) == (422, 0)


def test_a_body_over_a_megabyte_is_refused() -> None:
    assert send(a_source(), json.dumps(talk(said(1, "я" * 600_000)))).status_code == 413


def test_chatwoot_speaks() -> None:
    source = a_source("chatwoot")
    contact = {"id": 5, "name": "Ольга", "email": "o@example.org"}
    body = {
        "event": "message_created", "id": 11, "content": "Верните деньги", "created_at": AT.isoformat(),
        "message_type": "incoming", "sender": contact,
        "conversation": {"id": 3, "channel": "Channel::WebWidget", "meta": {"sender": contact}},
    }  # fmt: skip
    assert send(source, body).json()["new_messages"] == 1
    assert send(source, body | {"id": 12, "private": True}).json()["status"] == "ignored"
    assert send(source, {"event": "conversation_updated"}).json()["status"] == "ignored"
    answer = body | {"id": 13, "message_type": "outgoing", "content": "Слушаю"}
    assert send(source, answer).json()["new_messages"] == 1
    resolved = {"event": "conversation_status_changed", "id": 3, "status": "resolved", "meta": {"sender": contact}}
    assert send(source, resolved | {"updated_at": AT.timestamp() + 60}).status_code == 200
    assert Conversation.objects.get().ended_at == AT + timedelta(minutes=1)
    assert CrisisCase.objects.get().customer.ext_id == "chatwoot:5"


def test_zammad_speaks_and_its_html_becomes_text() -> None:
    source = a_source("zammad", "complaint")
    body = {
        "ticket": {"id": 8, "title": "Возврат", "customer": {"id": 4, "firstname": "Ольга", "email": "o@example.org"}},
        "article": {
            "id": 21, "body": "<div>Верните &lt;всё&gt;<br>сейчас</div><script>x()</script>", "sender": "Customer",
            "content_type": "text/html", "created_at": AT.isoformat(),
        },
    }  # fmt: skip
    assert send(source, body).json()["new_messages"] == 1
    internal = body["article"] | {"id": 22, "internal": True}
    assert send(source, body | {"article": internal}).json()["status"] == "ignored"
    assert Message.objects.get().text == "Верните <всё>\nсейчас\nx()"
    assert CrisisCase.objects.get().subject == "Возврат"


# Files ----------------------------------------------------------------------------------------------------------------

CSV = """customer_id,customer_name,contract_id,paid,kind,severity,opened_at,message,id
C-1,Ольга,D-1,"24 000,50",refund,2,2026-11-20 12:00,"Верните деньги",a
C-2,Пётр,,,complaint,,,,b
,Никто,,,refund,,,,c
C-3,Анна,D-3,много,refund,,,,d
C-4,Яна,,,theft,,,,e
"""


@pytest.fixture
def head() -> Client:
    client = Client()
    client.force_login(a_person(role=Role.CENTRE_HEAD))
    return client


def upload(client: Client, text: str = CSV) -> Any:
    return client.post(reverse("crisis:import-list"), {"file": SimpleUploadedFile("cases.csv", text.encode())})


def test_a_file_is_looked_at_and_loaded_and_again_without_harm(head: Client) -> None:
    url = upload(head).url
    assert CrisisCase.objects.count() == 0
    batch = CaseImport.objects.get()
    assert (batch.read, batch.rejected, [one["line"] for one in batch.problems]) == (5, 3, [4, 5, 6])
    assert head.get(url).status_code == 200
    errors = b"".join(head.get(f"{url}errors/").streaming_content).decode()  # type: ignore[attr-defined]  # a stream
    assert "много" in errors
    for _ in range(2):
        assert head.post(f"{url}load/").status_code == 302
    again = upload(head).url
    assert head.post(f"{again}load/").status_code == 302
    assert list(CaseImport.objects.order_by("pk").values_list("created", "known")) == [(2, 0), (0, 2)]
    case = CrisisCase.objects.get(kind="refund")
    assert case.contract is not None
    assert (case.severity, case.contract.paid, case.conversations.get().messages.count()) == (2, 2_400_050, 1)


def test_a_file_that_is_no_table_or_has_no_good_line_is_refused(head: Client) -> None:
    assert upload(head, "").status_code == 422
    url = upload(head, "customer_id,kind\n,refund\n").url
    assert head.post(f"{url}load/").status_code == 422


# The public form ------------------------------------------------------------------------------------------------------


def written(**fields: Any) -> dict[str, Any]:
    return {
        "kind": "refund",
        "name": "Ольга",
        "email": "O@Example.org",
        "text": "Верните деньги",
        "click": "abc",
        **fields,
    }


def test_anybody_may_write_with_a_file_and_twice_is_once() -> None:
    url = reverse("crisis:public-form")
    assert Client().get(url).status_code == 200
    for _ in range(2):
        pdf = SimpleUploadedFile("чек.exe", b"%PDF-1.4 x")
        assert Client().post(url, written(papers=[pdf])).url == reverse("crisis:public-sent")
    case = CrisisCase.objects.get()
    assert (case.customer.ext_id, case.kind, case.contract) == ("form:o@example.org", "refund", None)
    file = Attachment.objects.get()
    assert (file.content_type, file.size, file.sha256) == (
        "application/pdf",
        10,
        hashlib.sha256(b"%PDF-1.4 x").hexdigest(),
    )
    anna = Client()
    anna.force_login(a_crisis_manager())
    answer = anna.get(reverse("crisis:case-file", args=[case.public_id, file.public_id]))
    assert (answer.content, answer["X-Content-Type-Options"], answer["Content-Type"]) == (
        b"%PDF-1.4 x", "nosniff", "application/octet-stream"
    )  # fmt: skip


@pytest.mark.parametrize(
    "data", [b"MZ\x90\x00", b"<html><script>", b"", b"PK\x03\x04\x00", b"%PDF-" + b"x" * 5_300_000]
)
def test_files_of_other_kinds_and_sizes_are_refused(data: bytes) -> None:
    file = SimpleUploadedFile("a.pdf", data)
    assert Client().post(reverse("crisis:public-form"), written(papers=[file])).status_code == 422
    assert CrisisCase.objects.count() == 0


def test_robots_are_thanked_and_nothing_is_kept() -> None:
    answer = Client().post(reverse("crisis:public-form"), written(website="http://spam"))
    assert (answer.status_code, CrisisCase.objects.count()) == (302, 0)


def test_one_address_writes_a_few_times_an_hour() -> None:
    url = reverse("crisis:public-form")
    codes = [Client().post(url, written(click=str(n))).status_code for n in range(12)]
    assert codes == [302] * 10 + [429] * 2
    assert CrisisCase.objects.count() == 1
