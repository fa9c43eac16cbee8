"""Programmes are written, versions drafted and published. A published version never changes; a new one follows it."""

import secrets
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.functional import lazy
from django.utils.translation import gettext

from nastavnik.kernel import journal
from nastavnik.learning import requirements as kinds
from nastavnik.learning.enums import Branch, LearningKind, Path, StageKind
from nastavnik.learning.errors import NoDraft, NotAGate, NotReady, ProgrammeCodeTaken
from nastavnik.learning.logic import requirements
from nastavnik.learning.logic.requirements import BadGate, Group
from nastavnik.learning.models import Programme, ProgrammeVersion, Stage, StageActivity
from nastavnik.people.models import Person

CREATED, CHANGED = "learning.programme_created", "learning.programme_changed"
PUBLISHED, DRAFTED = "learning.programme_published", "learning.programme_drafted"


def new_key() -> str:
    """A key that stays with a stage or an activity through all versions."""
    return secrets.token_hex(4)


def create(
    *, code: str, title: str, branch: Branch, by: Person | None, at: datetime, purpose: str = "",
    owner: Person | None = None, certificate: str = "",
) -> Programme:  # fmt: skip
    """A programme with an empty draft. Raises ProgrammeCodeTaken."""
    try:
        with transaction.atomic():
            programme = Programme.objects.create(
                code=code, title=title, branch=branch, purpose=purpose, owner=owner or by, created_at=at
            )
            ProgrammeVersion.objects.create(
                programme=programme, number=1, certificate=certificate, made_by=by, made_at=at
            )  # fmt: skip
            journal.write(CREATED, by=by, at=at, subject=programme, data={"programme": title})
    except IntegrityError as error:
        raise ProgrammeCodeTaken(code=code) from error
    return programme


def describe(
    *, programme: Programme, title: str, purpose: str, branch: Branch, is_open: bool, owner: Person | None,
    by: Person | None, at: datetime,
) -> None:  # fmt: skip
    """Change what is said about a programme, and whether people may be enrolled."""
    values = {"title": title, "purpose": purpose, "branch": branch, "is_open": is_open, "owner": owner}
    with transaction.atomic():
        fresh = Programme.objects.select_for_update().get(pk=programme.pk)
        if all(getattr(fresh, name) == value for name, value in values.items()):
            return
        for name, value in values.items():
            setattr(fresh, name, value)
        fresh.save()
        journal.write(CHANGED, by=by, at=at, subject=fresh, data={"programme": title})


def draft_of(programme: Programme) -> ProgrammeVersion:
    """The draft, locked for the transaction. Raises NoDraft."""
    found = (
        ProgrammeVersion.objects.select_for_update(of=("self",)).filter(programme=programme, published_at=None).first()
    )
    if found is None:
        raise NoDraft
    return found


def begin_version(*, programme: Programme, by: Person | None, at: datetime) -> ProgrammeVersion:
    """A draft that begins as a copy of the newest version. There is one already: that one."""
    with transaction.atomic():
        Programme.objects.select_for_update().get(pk=programme.pk)
        newest = programme.versions.order_by("-number").first()
        if newest is None or newest.is_draft:
            return newest or ProgrammeVersion.objects.create(programme=programme, number=1, made_by=by, made_at=at)
        draft = ProgrammeVersion.objects.create(
            programme=programme, number=newest.number + 1, certificate=newest.certificate, made_by=by, made_at=at
        )
        for stage in newest.stages.prefetch_related("activities"):
            _copy(stage, draft)
        data = {"programme": programme.title, "version": draft.number}
        journal.write(DRAFTED, by=by, at=at, subject=programme, data=data)
    return draft


def _copy(stage: Stage, draft: ProgrammeVersion) -> None:
    activities = list(stage.activities.all())
    stage.pk, stage._state.adding, stage.version = None, True, draft
    stage.save()
    for activity in activities:
        activity.pk, activity._state.adding, activity.stage = None, True, stage
        activity.save()


def set_certificate(*, programme: Programme, certificate: str, note: str = "") -> None:
    """What the draft awards at its end, and what changed in it. Raises NoDraft."""
    with transaction.atomic():
        draft = draft_of(programme)
        ProgrammeVersion.objects.filter(pk=draft.pk).update(certificate=certificate, note=note)


def add_stage(
    *, programme: Programme, title: str, due_days: int, kind: StageKind = StageKind.DISTANCE,
    path: Path = Path.ORIGINAL, key: str = "", gate: Group | None = None,
) -> Stage:  # fmt: skip
    """A stage at the end of the draft's path. Raises NoDraft, NotAGate."""
    with transaction.atomic():
        draft = draft_of(programme)
        place = draft.stages.filter(path=path).count()
        stage = Stage(
            version=draft, path=path, position=place, key=key or new_key(), title=title, kind=kind, due_days=due_days
        )
        if gate is not None:
            stage.gate = requirements.to_json(checked(gate))
        stage.save()
    return stage


def change_stage(*, stage: Stage, title: str, due_days: int, kind: StageKind) -> None:
    """Raises NoDraft."""
    with transaction.atomic():
        _refuse_published(stage)
        Stage.objects.filter(pk=stage.pk).update(title=title, due_days=due_days, kind=kind)


def move_stage(*, stage: Stage, by_places: int) -> None:
    """Move a stage along its path; beyond the ends it stays where it is. Raises NoDraft."""
    with transaction.atomic():
        _refuse_published(stage)
        _reorder(stage.version.stages.filter(path=stage.path), stage.pk, by_places)


def remove_stage(*, stage: Stage) -> None:
    """Raises NoDraft."""
    with transaction.atomic():
        _refuse_published(stage)
        rest = stage.version.stages.filter(path=stage.path).exclude(pk=stage.pk)
        stage.delete()
        _reorder(rest, None, 0)


def _reorder(rows: Any, moved: int | None, by_places: int) -> None:
    order = list(rows.order_by("position").values_list("pk", flat=True))
    if moved is not None:
        place = order.index(moved)
        order.insert(max(0, min(len(order) - 1, place + by_places)), order.pop(place))
    for place, pk in enumerate(order):
        rows.model.objects.filter(pk=pk).exclude(position=place).update(position=place)


def set_gate(*, stage: Stage, gate: Group) -> None:
    """What must be so to go on from the stage. Raises NoDraft, NotAGate."""
    with transaction.atomic():
        _refuse_published(stage)
        Stage.objects.filter(pk=stage.pk).update(gate=requirements.to_json(checked(gate)))
    stage.gate = requirements.to_json(gate)


def checked(gate: Group) -> Group:
    """The gate, if it may be stored: its form, known kinds, values of each. Raises NotAGate."""
    try:
        requirements.from_json(requirements.to_json(gate))
    except BadGate as error:
        raise NotAGate(problem=str(error)) from error
    for need in gate.needs():
        kind = kinds.kind_of(need.kind)
        if kind is None:
            raise NotAGate(problem=need.kind)
        for parameter in kind.parameters:
            value = need.get(parameter.name)
            if parameter.choices is None and not (
                isinstance(value, int) and parameter.least <= value <= parameter.most
            ):
                raise NotAGate(problem=parameter.title)
            if parameter.choices is not None and not value:
                raise NotAGate(problem=parameter.title)
    return gate


def add_activity(
    *, stage: Stage, kind: LearningKind, title: str, reference: str = "", minutes: int = 30,
    is_required: bool = True, key: str = "", rubric: list[dict[str, Any]] | None = None,
) -> StageActivity:  # fmt: skip
    """One more thing to do on a stage of the draft. Raises NoDraft."""
    with transaction.atomic():
        _refuse_published(stage)
        return StageActivity.objects.create(
            stage=stage, key=key or new_key(), position=stage.activities.count(), kind=kind, reference=reference,
            title=title, minutes=minutes, is_required=is_required, rubric=rubric or [],
        )  # fmt: skip


def change_activity(*, activity: StageActivity, values: Mapping[str, Any]) -> None:
    """Raises NoDraft."""
    with transaction.atomic():
        _refuse_published(activity.stage)
        StageActivity.objects.filter(pk=activity.pk).update(**values)


def move_activity(*, activity: StageActivity, by_places: int) -> None:
    """Raises NoDraft."""
    with transaction.atomic():
        _refuse_published(activity.stage)
        _reorder(activity.stage.activities.all(), activity.pk, by_places)


def remove_activity(*, activity: StageActivity) -> None:
    """Raises NoDraft."""
    with transaction.atomic():
        _refuse_published(activity.stage)
        rest = activity.stage.activities.exclude(pk=activity.pk)
        activity.delete()
        _reorder(rest, None, 0)


def _refuse_published(stage: Stage) -> None:
    version = ProgrammeVersion.objects.select_for_update(of=("self",)).get(pk=stage.version_id)
    if not version.is_draft:
        raise NoDraft


def faults(version: ProgrammeVersion) -> list[str]:
    """What keeps a draft from being published, in the reader's language."""
    stages = list(version.stages.prefetch_related("activities"))
    found = []
    if not any(stage.path == Path.ORIGINAL for stage in stages):
        found.append(gettext("There is no stage yet."))
    for stage in stages:
        here = {activity.key for activity in stage.activities.all()}
        if not here and not any(need.kind != "stage" for need in stage.tree.needs()):
            found.append(gettext("“{stage}” has nothing to do and nothing to meet.").format(stage=stage.title))
        named = {need["activity"] for need in stage.tree.needs() if need.get("activity")}
        if named - here:
            found.append(gettext("The gate of “{stage}” asks for an activity that is gone.").format(stage=stage.title))
    return found


def _said(found: list[str]) -> str:
    return " ".join(found)


_joined = lazy(_said, str)


def publish(*, programme: Programme, by: Person | None, at: datetime, note: str | None = None) -> ProgrammeVersion:
    """Make the draft the version people are enrolled in. Raises NoDraft, NotReady."""
    with transaction.atomic():
        draft = draft_of(programme)
        if found := faults(draft):
            raise NotReady(faults=_joined(found))
        draft.published_at = at
        draft.note = draft.note if note is None else note
        draft.save(update_fields=["published_at", "note"])
        data = {"programme": programme.title, "version": draft.number}
        journal.write(PUBLISHED, by=by, at=at, subject=programme, reason=draft.note, data=data)
    return draft


def newest(programme: Programme) -> ProgrammeVersion | None:
    """The version people are enrolled in."""
    return programme.versions.filter(published_at__isnull=False).order_by("-number").first()
