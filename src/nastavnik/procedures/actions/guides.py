"""Guides are written, replaced by new versions, retired and brought back."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Max

from nastavnik.kernel import journal
from nastavnik.people.models import Person
from nastavnik.procedures.errors import GuideWithoutText
from nastavnik.procedures.models import Guide, GuideCheck, GuideVersion

PUBLISHED, RETIRED, BROUGHT_BACK = (
    "procedures.guide_published",
    "procedures.guide_retired",
    "procedures.guide_brought_back",
)


def publish(
    *,
    case_kind: str,
    stage: str,
    title: str,
    body: str,
    checks: Sequence[str],
    by: Person | None,
    at: datetime,
    guide: Guide | None = None,
    position: int = 100,
    note: str = "",
) -> GuideVersion:
    """A new guide, or a new version of `guide`; what cases of earlier days showed stays. Raises GuideWithoutText."""
    lines = [line.strip() for line in checks if line.strip()]
    if not body.strip() and not lines:
        raise GuideWithoutText
    with transaction.atomic():
        held = Guide.objects.select_for_update().get(pk=guide.pk) if guide else Guide()
        held.case_kind, held.stage, held.title, held.position = case_kind, stage, title, position
        held.changed_at = at
        held.save()
        number = (held.versions.aggregate(last=Max("number"))["last"] or 0) + 1
        version = GuideVersion.objects.create(
            guide=held, number=number, title=title, body=body, note=note, made_by=by, published_at=at
        )
        GuideCheck.objects.bulk_create(
            GuideCheck(version=version, position=place, text=line) for place, line in enumerate(lines, start=1)
        )
        data = {"title": title, "number": number}
        journal.write(PUBLISHED, by=by, at=at, subject=held, reason=note, data=data)
    return version


def retire(*, guide: Guide, by: Person | None, at: datetime) -> None:
    """Cases from now on no longer show the guide."""
    _set(guide, at, RETIRED, by=by, at=at)


def bring_back(*, guide: Guide, by: Person | None, at: datetime) -> None:
    """Cases show the guide again."""
    _set(guide, None, BROUGHT_BACK, by=by, at=at)


def _set(guide: Guide, retired_at: datetime | None, kind: str, *, by: Person | None, at: datetime) -> None:
    with transaction.atomic():
        guide = Guide.objects.select_for_update().get(pk=guide.pk)
        if (guide.retired_at is None) == (retired_at is None):
            return
        guide.retired_at = retired_at
        guide.save(update_fields=["retired_at"])
        journal.write(kind, by=by, at=at, subject=guide, data={"title": guide.title})
