"""What can go wrong with the embedded database, each with a sentence that says what to do."""

from nastavnik.kernel.errors import DomainError


class EmbeddedDatabaseError(DomainError):
    """The embedded database cannot be used; see log/postgres.log in the home folder."""


class BinariesMissing(EmbeddedDatabaseError):
    """The PostgreSQL binaries are not installed: run `make setup`, or set NASTAVNIK_DATABASE_URL."""


class AccountMissing(EmbeddedDatabaseError):
    """PostgreSQL refuses to run as root, and its own OS user could not be made."""


class FolderClosed(EmbeddedDatabaseError):
    """A folder on the way to the data cannot be entered by the database's OS user."""


class ForeignFolder(EmbeddedDatabaseError):
    """The data folder belongs to another OS user or holds something else."""


class VersionMismatch(EmbeddedDatabaseError):
    """The data folder was made by another major version of PostgreSQL."""


class ProcessesHidden(EmbeddedDatabaseError):
    """Whether a PostgreSQL of this home still lives could not be found out (it needs /proc); nothing was changed."""


class StartFailed(EmbeddedDatabaseError):
    """The embedded database did not start; see log/postgres.log in the home folder."""


class StopFailed(EmbeddedDatabaseError):
    """The embedded database did not stop in time."""
