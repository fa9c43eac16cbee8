"""Certificates people hold, and how one that is missing is gained."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from nastavnik.learning.models import CertificateKind, ProgrammeVersion
from nastavnik.learning.queries import certificates
from nastavnik.people.models import Person


@dataclass(frozen=True)
class Training:
    """A kind of certificate as people know it, and what leads to it, in words."""

    title: str
    ways: str = ""


def certificates_of(person: Person, at: datetime) -> frozenset[str]:
    """Codes of the certificates valid at the moment."""
    return frozenset(certificates.valid_kinds(person, at))


def described(codes: Collection[str]) -> dict[str, Training]:
    """The kinds by code, with the programmes that lead to them; unknown codes are left out."""
    if not codes:
        return {}
    ways: dict[str, list[str]] = {}
    latest = ProgrammeVersion.objects.filter(certificate__in=codes).exclude(published_at=None)
    for version in latest.select_related("programme").order_by("programme_id", "-number"):
        title = str(version.programme)
        if title not in ways.setdefault(version.certificate, []):
            ways[version.certificate].append(title)
    kinds = CertificateKind.objects.filter(code__in=codes)
    return {kind.code: Training(str(kind), ", ".join(ways.get(kind.code, []))) for kind in kinds}
