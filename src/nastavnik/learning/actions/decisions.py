"""What people decide about others' learning: sign-offs, tasks accepted, defences marked, proofs judged."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from nastavnik.kernel import journal
from nastavnik.kernel.events import publish
from nastavnik.learning.actions._rows import locked
from nastavnik.learning.enums import LearningKind, ProofState
from nastavnik.learning.errors import (
    MarkedAlready,
    NoSuchProof,
    NothingToWaive,
    NotThisStage,
    NotYourRole,
    NotYourself,
    PointsOutside,
    ProofNotReadable,
    ProofThereAlready,
    ProofTooLarge,
    WhyNeeded,
)
from nastavnik.learning.events import PlanItemDone, SignOffGiven
from nastavnik.learning.models import Enrolment, PanelMark, PlanItem, Proof, SignOff, StageActivity
from nastavnik.people.enums import Role
from nastavnik.people.models import Person
from nastavnik.people.reach import roles_of

SIGNED, ACCEPTED = "learning.sign_off_given", "learning.item_accepted"
MARKED, JUDGED = "learning.defence_marked", "learning.proof_decided"
PROOF_MB = 5
# A file is what it begins with, whatever its name says.
_TYPES = {b"%PDF-": "application/pdf", b"\x89PNG\r\n\x1a\n": "image/png", b"\xff\xd8\xff": "image/jpeg"}


def sign_off(
    *, enrolment: Enrolment, stage_id: int, role: Role, approved: bool, by: Person, at: datetime, comment: str = ""
) -> SignOff:
    """Say as a `role` that the person may go on from the stage, or not. The gate must ask this role.

    Raises NotYourRole, NotYourself, NotThisStage, WhyNeeded, NotEnrolled.
    """
    if role not in roles_of(by):
        raise NotYourRole(role=role.label)
    if by.pk == enrolment.person_id:
        raise NotYourself
    if not approved and not comment.strip():
        raise WhyNeeded
    with transaction.atomic():
        row = locked(enrolment)
        if row.stage is None or row.stage_id != stage_id:
            raise NotThisStage
        if not any(need.kind == "sign_off" and need["role"] == role for need in row.stage.tree.needs()):
            raise NotYourRole(role=role.label)
        made = SignOff.objects.create(
            enrolment=row, stage=row.stage, role=role, approved=approved, comment=comment.strip(), by=by, at=at
        )
        data = {"stage": row.stage.title, "approved": approved}
        journal.write(SIGNED, by=by, at=at, subject=row, person_id=row.person_id, reason=comment, data=data)
        publish(SignOffGiven(row.pk, row.person_id, approved), at=at)
    return made


def accept(*, item: PlanItem, by: Person, at: datetime, comment: str = "") -> None:
    """Say that a task was done. Done or dropped already: nothing changes. Raises NotYourself, NothingToWaive."""
    if by.pk == item.person_id:
        raise NotYourself
    if item.kind not in (LearningKind.TASK, LearningKind.EXTERNAL):
        raise NothingToWaive
    with transaction.atomic():
        _done(PlanItem.objects.select_for_update().get(pk=item.pk), ACCEPTED, by=by, at=at, reason=comment)


def _done(item: PlanItem, kind: str, *, by: Person, at: datetime, reason: str = "", **data: Any) -> None:
    if item.done_at or item.dropped_at:
        return
    item.done_at = at
    item.save(update_fields=["done_at"])
    journal.write(
        kind, by=by, at=at, subject=item, person_id=item.person_id, reason=reason, data={"title": item.title, **data}
    )
    publish(PlanItemDone(item.pk, item.person_id), at=at)


def mark_defence(
    *, enrolment: Enrolment, activity: StageActivity, points: Mapping[str, int], by: Person, at: datetime,
    comment: str = "",
) -> PanelMark:  # fmt: skip
    """One judge's marks by criteria of the rubric. The defence is done when somebody has marked it.

    Raises NotYourself, PointsOutside, MarkedAlready, NotEnrolled.
    """
    if by.pk == enrolment.person_id:
        raise NotYourself
    possible = 0
    for criterion in activity.rubric:
        given = points.get(criterion["key"])
        if given is None or not 0 <= given <= criterion["points"]:
            raise PointsOutside(criterion=criterion["title"], most=criterion["points"])
        possible += criterion["points"]
    percent = 100 * sum(points[one["key"]] for one in activity.rubric) / possible if possible else 0.0
    try:
        with transaction.atomic():
            row = locked(enrolment)
            made = PanelMark.objects.create(
                enrolment=row, stage=activity.stage, activity_key=activity.key, judge=by, points=dict(points),
                percent=percent, comment=comment.strip(), at=at,
            )  # fmt: skip
            item = PlanItem.objects.select_for_update().filter(enrolment=row, activity_key=activity.key).first()
            if item and item.done_at is None and item.dropped_at is None:
                _done(item, MARKED, by=by, at=at, percent=percent)
            else:
                data = {"title": activity.title, "percent": percent}
                journal.write(MARKED, by=by, at=at, subject=row, person_id=row.person_id, data=data)
                publish(PlanItemDone(item.pk if item else 0, row.person_id), at=at)
    except IntegrityError as error:
        raise MarkedAlready from error
    return made


def media_type(content: bytes) -> str:
    """What the bytes are, by their beginning. Raises ProofNotReadable."""
    for beginning, kind in _TYPES.items():
        if content.startswith(beginning):
            return kind
    raise ProofNotReadable


def upload_proof(
    *, item: PlanItem, file_name: str, content: bytes, provider: str, by: Person, at: datetime
) -> Proof:  # fmt: skip
    """The person's own file about an external course. Raises ProofTooLarge, ProofNotReadable, ProofThereAlready."""
    if len(content) > PROOF_MB * 1024 * 1024:
        raise ProofTooLarge(limit=PROOF_MB)
    kind = media_type(content)
    if by.pk != item.person_id or item.kind != LearningKind.EXTERNAL or item.done_at or item.dropped_at:
        raise NothingToWaive
    try:
        with transaction.atomic():
            return Proof.objects.create(
                item=item, file_name=file_name[:255], media_type=kind, content=content, provider=provider[:200],
                uploaded_at=at,
            )  # fmt: skip
    except IntegrityError as error:
        raise ProofThereAlready from error


def judge_proof(*, proof: Proof, accepted: bool, by: Person, at: datetime, comment: str = "") -> None:
    """Accept a proof, which does its item, or refuse it with a reason. Raises NotYourself, NoSuchProof, WhyNeeded."""
    if not accepted and not comment.strip():
        raise WhyNeeded
    with transaction.atomic():
        fresh = Proof.objects.select_for_update(of=("self",)).defer("content").select_related("item").get(pk=proof.pk)
        if fresh.state != ProofState.WAITING:
            raise NoSuchProof
        if by.pk == fresh.item.person_id:
            raise NotYourself
        fresh.state = ProofState.ACCEPTED if accepted else ProofState.REFUSED
        fresh.decided_by, fresh.decided_at, fresh.comment = by, at, comment.strip()[:300]
        fresh.save(update_fields=["state", "decided_by", "decided_at", "comment"])
        item = PlanItem.objects.select_for_update().get(pk=fresh.item_id)
        if accepted:
            _done(item, JUDGED, by=by, at=at, reason=comment, accepted=True)
        else:
            data = {"title": item.title, "accepted": False}
            journal.write(JUDGED, by=by, at=at, subject=item, person_id=item.person_id, reason=comment, data=data)
