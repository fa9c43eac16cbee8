"""Settings of a worker process that runs a test's jobs."""

from tests.settings import *  # noqa: F403 - a settings module is a set of names

PROCRASTINATE_IMPORT_PATHS = ["tests.support.worker_jobs"]
