"""The embedded PostgreSQL: `Cluster(root).ensure_running()`, `.stop()`, `.is_running()`, `.url()`."""

from nastavnik.config.postgres.cluster import Cluster
from nastavnik.config.postgres.errors import EmbeddedDatabaseError

__all__ = ["Cluster", "EmbeddedDatabaseError"]
