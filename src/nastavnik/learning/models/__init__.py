"""Tables of the learning app, by subject."""

from nastavnik.learning.models.certificates import Certificate, CertificateKind, CertificateTurn
from nastavnik.learning.models.contacts import ContactType
from nastavnik.learning.models.permits import Permit

__all__ = ["Certificate", "CertificateKind", "CertificateTurn", "ContactType", "Permit"]
