"""Printable certificates: a typst document filled from values. What people are called is data, never markup."""

import json
from datetime import timedelta
from pathlib import Path

from django.utils.translation import gettext, override

from nastavnik.kernel.logic import formatting
from nastavnik.learning.models import Certificate

TEMPLATE = Path(__file__).parent / "certificate.typ"


def certificate_pdf(certificate: Certificate, *, language: str, organisation: str, address: str) -> bytes:
    """The certificate as one A4 page in the language; `address` is where anybody may check it."""
    import typst  # noqa: PLC0415 - 80 MB of native code that only this page needs

    with override(language):
        values = _values(certificate, language) | {"organisation": organisation, "address": address}
    made = typst.compile(TEMPLATE.read_bytes(), format="pdf", sys_inputs={"data": json.dumps(values)})
    return bytes(made)


def _values(certificate: Certificate, language: str) -> dict[str, str]:
    end = certificate.valid_to
    until = formatting.day(end - timedelta(days=1), language) if end else ""
    return {
        "lang": language,
        "title": gettext("Certificate"),
        "kind": str(certificate.kind),
        "awarded_to": gettext("is awarded to"),
        "person": certificate.person.full_name,
        "since_label": gettext("Valid from"),
        "since": formatting.day(certificate.valid_from, language),
        "until_label": gettext("Valid through"),
        "until": until or gettext("without end"),
        "number_label": gettext("Number"),
        "number": certificate.number,
        "check": gettext("Anybody may check this certificate at"),
        "revoked": gettext("REVOKED") if certificate.revoked_at else "",
    }
