"""Addresses of programmes, plans and triggers in the walk."""

from typing import Any

from nastavnik.learning.actions import decisions, enrolments, plans, programmes, triggers
from nastavnik.learning.enums import Branch, LearningKind
from nastavnik.learning.logic.requirements import Group, Need, Rule
from nastavnik.learning.logic.triggers import Every
from nastavnik.learning.models import Enrolment, PlanItem, Programme, Proof, Stage, Trigger
from nastavnik.people.enums import Role
from tests.metrics.world import NOW


def _programmes(**more: Any) -> Any:
    return lambda _centre: [{"public_id": one.public_id, **more} for one in Programme.objects.order_by("pk")]


def _enrolments(**more: Any) -> Any:
    return lambda _centre: [{"public_id": one.public_id, **more} for one in Enrolment.objects.order_by("pk")]


def _stages(**more: Any) -> Any:
    return lambda _centre: [
        {"public_id": one.version.programme.public_id, "pk": one.pk, **more}
        for one in Stage.objects.filter(version__published_at=None).order_by("pk")
    ]


def _items(_centre: Any) -> list[dict[str, Any]]:
    return [{"public_id": one.public_id} for one in PlanItem.objects.filter(kind=LearningKind.EXTERNAL).order_by("pk")]


def _proofs(_centre: Any) -> list[dict[str, Any]]:
    return [{"public_id": one.public_id} for one in Proof.objects.defer("content").order_by("pk")]


def _triggers(**more: Any) -> Any:
    return lambda _centre: [{"public_id": one.public_id, **more} for one in Trigger.objects.order_by("pk")]


def _people(centre: Any) -> list[dict[str, Any]]:
    people = (centre.agent, centre.stranger, centre.partners_person)
    return [{"public_id": one.public_id} for one in people]


def _whens(_centre: Any) -> list[dict[str, Any]]:
    return [{"when": when} for when in ("newcomers", "after", "every", "problem", "launch")]


def _changes(centre: Any) -> list[dict[str, Any]]:
    return [
        {**one, "what": what}
        for one in _enrolments()(centre)
        for what in ("pause", "resume", "waive", "move", "close")
    ]  # fmt: skip


SAMPLES: dict[str, Any] = {
    "learning:my-plan": lambda _centre: [{}],
    "learning:plan-panel": lambda centre: [{"pk": centre.agent.pk}],
    "learning:plan-completion": lambda _centre: [{}],
    "learning:plan-freeze": lambda _centre: [{}],
    "learning:person-plan": _people,
    "learning:person-panel": _people,
    "learning:proof-upload": _items,
    "learning:item-accept": _items,
    "learning:proof-file": _proofs,
    "learning:proof-decide": _proofs,
    "learning:decision-queue": lambda _centre: [{}],
    "learning:remedy-list": lambda _centre: [{}],
    "learning:remedy-set": lambda _centre: [{"pk": 1}],
    "learning:enrolment-detail": _enrolments(),
    "learning:sign-off": _enrolments(),
    "learning:defence-mark": _enrolments(key="walk-defence"),
    "learning:enrolment-change": _changes,
    "learning:trigger-list": lambda _centre: [{}],
    "learning:trigger-create": _whens,
    "learning:trigger-detail": _triggers(),
    "learning:trigger-edit": _triggers(),
    "learning:trigger-run": _triggers(),
    "learning:programme-list": lambda _centre: [{}],
    "learning:programme-create": lambda _centre: [{}],
    "learning:programme-detail": _programmes(),
    "learning:programme-edit": _programmes(),
    "learning:version-begin": _programmes(),
    "learning:version-publish": _programmes(),
    "learning:intake-create": _programmes(),
    "learning:programme-enrol": _programmes(),
    "learning:cohort-board": _programmes(),
    "learning:cohort-table": _programmes(),
    "learning:cohort-bulk": _programmes(),
    "learning:programme-design": _programmes(),
    "learning:version-save": _programmes(),
    "learning:stage-create": _programmes(),
    "learning:stage-view": _stages(),
    "learning:stage-edit": _stages(),
    "learning:stage-act": _stages(),
    "learning:activity-create": _stages(),
    "learning:activity-edit": _stages(key="walk-task"),
    "learning:activity-act": _stages(key="walk-task"),
    "learning:need-remove": _stages(),
    "learning:need-add": _stages(kind="tenure"),
}
PUBLIC: dict[str, str] = {}


def plant(centre: Any) -> None:
    """A programme that people of three teams are in, one of them stopped, with a proof, a trigger and a draft."""
    programme = programmes.create(code="walk", title="Walked programme", branch=Branch.SCHOOL, by=None, at=NOW)
    gate = Group(Rule.ALL, (Need.of("stage"), Need.of("sign_off", role=Role.MENTOR.value)))
    stage = programmes.add_stage(programme=programme, title="First", due_days=3, key="walk-first", gate=gate)
    programmes.add_activity(stage=stage, kind=LearningKind.TASK, title="Task", key="walk-task")
    programmes.add_activity(stage=stage, kind=LearningKind.EXTERNAL, title="Elsewhere", key="walk-external")
    programmes.add_activity(
        stage=stage, kind=LearningKind.PANEL, title="Defence", key="walk-defence",
        rubric=[{"key": "c1", "title": "Idea", "points": 5}],
    )  # fmt: skip
    programmes.publish(programme=programme, by=None, at=NOW)
    people = [centre.agent, centre.stranger, centre.partners_person]
    enrolments.enrol_all(people=[one.pk for one in people], programme=programme, by=None, at=NOW)
    for item in PlanItem.objects.filter(kind=LearningKind.EXTERNAL).select_related("person"):
        decisions.upload_proof(
            item=item, file_name=f"{item.person.family_name}.pdf", content=b"%PDF-1.7", provider="School",
            by=item.person, at=NOW,
        )  # fmt: skip
    trigger = triggers.save(
        trigger=None, title="Every half year", branch=Branch.LIFE_CYCLE, programme=programme, rule=Every(days=180),
        is_active=False, by=None, at=NOW,
    )  # fmt: skip
    triggers.run(trigger=trigger, by=None, at=NOW)
    plans.freeze(month=NOW.date(), by=None, at=NOW)
    programmes.begin_version(programme=programme, by=None, at=NOW)
