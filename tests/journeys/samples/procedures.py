"""Addresses of this room in the walk."""

from datetime import date, timedelta
from typing import Any

# Filled by `plant`: the walk keeps the very dictionaries.
POLICY, VERSION, DRAFT, MESSAGE, PHRASE, GUIDE, FINDING = ({"public_id": ""} for _one in range(7))
RULES = [{"public_id": "", "code": "ru_time"}, {"public_id": "", "code": "ru_time"}]

SAMPLES: dict[str, list[dict[str, Any]]] = (
    {
        f"procedures:lexicon-{name}": [VERSION, DRAFT]
        for name in ("detail", "try", "quality", "changes", "words", "move")
    }
    | {f"procedures:rule-{name}": RULES for name in ("detail", "remove")}
    | {f"procedures:policy-{name}": [POLICY] for name in ("detail", "take-back")}
    | {f"procedures:guide-{name}": [GUIDE] for name in ("detail", "edit", "switch")}
    | {
        "procedures:rule-create": [VERSION, DRAFT],
        "procedures:message-change": [MESSAGE],
        "procedures:phrase-decide": [PHRASE],
        "crisis:finding-detail": [FINDING],
        "crisis:finding-contest": [FINDING],
        "crisis:finding-judge": [FINDING],
    }
)
PUBLIC: dict[str, str] = {}


def plant(centre: Any) -> None:
    """A settled desk with a draft, a planned policy, a labelled message, a missed phrase and a guide."""
    from nastavnik.kernel import clock
    from nastavnik.people.reach import today
    from nastavnik.procedures import queries
    from nastavnik.procedures.actions import guides, lexicons, messages, policies, proposals, settling

    said: dict[str, Any] = {"by": None, "at": clock.now()}
    settling.settle(since=date(2026, 1, 1), **said)
    planned = policies.add_version(
        parameters=policies.Parameters(max_soft=1), active_from=today() + timedelta(30), **said
    )
    version = queries.published("ru")[0]
    draft = lexicons.begin_draft(version=version, **said)
    message = messages.add(text="верните деньги", lang="ru", label="refund_wish", **said)
    phrase = proposals.propose(text="лавочка закрыта", lang="ru", source="agent", **said)
    checks = ["Начать возврат"]
    guide = guides.publish(case_kind="refund", stage="refusal", title="Отказ", body="Так", checks=checks, **said).guide
    FINDING["public_id"] = _a_finding(centre).public_id
    made = ((POLICY, planned), (VERSION, version), (DRAFT, draft), (MESSAGE, message), (PHRASE, phrase), (GUIDE, guide))
    for sample, record in (*made, (RULES[0], version), (RULES[1], draft)):
        sample["public_id"] = record.public_id


def _a_finding(centre: Any) -> Any:
    """The third attempt of somebody of another team, found by the audit."""
    from nastavnik.crisis.actions import compliance, events
    from nastavnik.crisis.models import ComplianceFinding
    from tests.factories.crisis import a_bare_case, a_contract, a_customer
    from tests.factories.people import AT

    case = a_bare_case(a_contract(a_customer("C-walk-audit"), ext_id="D-walk-audit"), assignee=centre.stranger)
    for place, kind in enumerate(("trigger", "SOFT", "message", "SOFT", "message", "SOFT")):
        actor, at = centre.stranger if kind.isupper() else None, AT + timedelta(minutes=place)
        events.record(case=case, kind=kind, actor=actor, at=at, idem=f"walk-audit:{place}")
    compliance.audit_cases(case_ids=[case.pk], at=AT)
    return ComplianceFinding.objects.get(case=case)
