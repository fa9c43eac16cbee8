"""Settings of the unit tests: the product's own, without the two things that only cost time here."""

from nastavnik.config.settings import *  # noqa: F403 - a settings module is a set of names

# The manifest needs `collectstatic`; browser tests run against the real one.
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
# A good hash is slow on purpose. The real one has a test of its own.
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.MD5PasswordHasher",
    "nastavnik.people.hashers.LeanArgon2PasswordHasher",
]

# Tests that commit empty the tables afterwards; the journal refuses that to everybody else.
DATABASES["default"].setdefault("OPTIONS", {})["options"] = "-c nastavnik.may_truncate=on"  # type: ignore[name-defined]  # noqa: F405 - from the product's settings

# Never in the middle of a test that counts queries; `conftest` empties the cache between tests.
ZONE_CACHE_SECONDS = 3600
