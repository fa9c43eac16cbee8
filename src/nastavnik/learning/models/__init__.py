"""Tables of the learning app, by subject."""

from nastavnik.learning.models.certificates import Certificate, CertificateKind, CertificateTurn
from nastavnik.learning.models.contacts import ContactType
from nastavnik.learning.models.notices import Dispatch, Notice, NoticePreferences
from nastavnik.learning.models.permits import Permit
from nastavnik.learning.models.sessions import Attendance, Booking, CalendarFeed, LiveSession, Room, SessionKind

__all__ = [
    "Attendance",
    "Booking",
    "CalendarFeed",
    "Certificate",
    "CertificateKind",
    "CertificateTurn",
    "ContactType",
    "Dispatch",
    "LiveSession",
    "Notice",
    "NoticePreferences",
    "Permit",
    "Room",
    "SessionKind",
]
