"""Addresses of programmes, plans and triggers in the walk."""

from typing import Any

from nastavnik.learning.actions import decisions, enrolments, plans, programmes, triggers
from nastavnik.learning.enums import Branch, LearningKind
from nastavnik.learning.logic.requirements import Group, Need, Rule
from nastavnik.learning.logic.triggers import Every
from nastavnik.learning.models import Enrolment, PlanItem, Programme, Proof, Stage, Trigger
from nastavnik.people.enums import Role
from tests.metrics.world import NOW

# Filled by `plant`: the walk reads the same dictionaries afterwards.
_PROGRAMME: dict[str, Any] = {"public_id": "no-such-record"}
_ENROLMENTS: list[dict[str, Any]] = [{"public_id": "no-such-record"} for _number in range(3)]
_MARKS: list[dict[str, Any]] = [{"public_id": "no-such-record", "key": "walk-defence"} for _number in range(3)]
_WHATS = ("pause", "resume", "waive", "move", "close")
_CHANGES: list[dict[str, Any]] = [
    {"public_id": "no-such-record", "what": what} for _number in range(3) for what in _WHATS
]  # fmt: skip
_ITEMS: list[dict[str, Any]] = [{"public_id": "no-such-record"} for _number in range(3)]
_PROOFS: list[dict[str, Any]] = [{"public_id": "no-such-record"} for _number in range(3)]
_PEOPLE: list[dict[str, Any]] = [{"public_id": "no-such-record"} for _number in range(3)]
_TRIGGER: dict[str, Any] = {"public_id": "no-such-record"}
_STAGE: dict[str, Any] = {"public_id": "no-such-record", "pk": 1}
_ACTIVITY: dict[str, Any] = {"public_id": "no-such-record", "pk": 1, "key": "walk-task"}
_NEED: dict[str, Any] = {"public_id": "no-such-record", "pk": 1, "kind": "tenure"}

_OF_PROGRAMME = (
    "programme-detail", "programme-edit", "version-begin", "version-publish", "intake-create", "programme-enrol",
    "cohort-board", "cohort-table", "cohort-bulk", "programme-design", "version-save", "stage-create",
)  # fmt: skip
SAMPLES: dict[str, list[dict[str, Any]]] = {
    **{f"learning:{name}": [_PROGRAMME] for name in _OF_PROGRAMME},
    **{f"learning:{name}": _ENROLMENTS for name in ("enrolment-detail", "sign-off")},
    **{f"learning:{name}": _ITEMS for name in ("proof-upload", "item-accept")},
    **{f"learning:{name}": _PROOFS for name in ("proof-file", "proof-decide")},
    **{f"learning:{name}": _PEOPLE for name in ("person-plan", "person-panel")},
    **{f"learning:{name}": [_TRIGGER] for name in ("trigger-detail", "trigger-edit", "trigger-run")},
    **{f"learning:{name}": [_STAGE] for name in ("stage-view", "stage-edit", "stage-act", "activity-create")},
    "learning:need-remove": [_STAGE],
    "learning:need-add": [_NEED],
    **{f"learning:{name}": [_ACTIVITY] for name in ("activity-edit", "activity-act")},
    "learning:defence-mark": _MARKS,
    "learning:enrolment-change": _CHANGES,
    "learning:plan-panel": [{"pk": 1}],
    "learning:remedy-set": [{"pk": 1}],
    "learning:trigger-create": [{"when": when} for when in ("newcomers", "after", "every", "problem", "launch")],
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
    _fill(programme, trigger, people)


def _fill(programme: Programme, trigger: Trigger, people: list[Any]) -> None:
    """What the addresses take, now that it is there."""
    stage = Stage.objects.get(version__programme=programme, version__published_at=None)
    rows = list(Enrolment.objects.filter(programme=programme).order_by("pk"))
    _PROGRAMME["public_id"] = programme.public_id
    _TRIGGER["public_id"] = trigger.public_id
    for one in (_STAGE, _ACTIVITY, _NEED):
        one.update(public_id=programme.public_id, pk=stage.pk)
    items = PlanItem.objects.filter(enrolment__in=rows, kind=LearningKind.EXTERNAL).order_by("pk")
    for place, row in enumerate(rows):
        for one in (_ENROLMENTS[place], _MARKS[place], *_CHANGES[place * len(_WHATS) : (place + 1) * len(_WHATS)]):
            one["public_id"] = row.public_id
        _PEOPLE[place]["public_id"] = people[place].public_id
    for place, item in enumerate(items):
        _ITEMS[place]["public_id"] = item.public_id
        _PROOFS[place]["public_id"] = Proof.objects.defer("content").get(item=item).public_id
