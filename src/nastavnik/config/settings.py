"""Django's settings, read from the environment (NASTAVNIK_*). Starts nothing and opens no connection."""

import contextlib
import secrets
from pathlib import Path
from typing import Any

from environs import Env

from nastavnik.config import paths

env = Env(prefix="NASTAVNIK_")
BASE_DIR = Path(__file__).resolve().parent.parent
HOME_DIR = paths.home()
FACTS_DIR = Path(env.str("FACTS_DIR", "") or paths.facts())
UPLOADS_DIR = paths.uploads()
PAYMENTS_DIR = Path(env.str("PAYMENTS_DIR", "") or paths.payments())


def _secret_key() -> str:
    """The key of this installation: from the environment, or made once and kept in a 0600 file."""
    if given := env.str("SECRET_KEY", ""):
        return given
    path = paths.secret_key()
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = path.with_suffix(f".{secrets.token_hex(4)}")
        draft.touch(mode=0o600)
        draft.write_text(secrets.token_urlsafe(50))
        with contextlib.suppress(FileExistsError):
            path.hardlink_to(draft)  # two starters at once: the first wins, both read the same key
        draft.unlink()
    return path.read_text().strip()


def _database() -> dict[str, Any]:
    if env.str("DATABASE_URL", ""):
        given: dict[str, Any] = env.dj_db_url("DATABASE_URL")
        return given
    password = paths.cluster_password()
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": "nastavnik",
        "USER": "postgres",
        "PASSWORD": password.read_text().strip() if password.exists() else "",
        "HOST": str(paths.socket_folder()),
        "PORT": "5432",
    }


SECRET_KEY = _secret_key()
DEBUG = env.bool("DEBUG", False)
# The kit page shows every component in each state; it is for those who build, not for a live centre.
SHOW_KIT = env.bool("SHOW_KIT", DEBUG)
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", ["localhost", "127.0.0.1", "[::1]"])
PUBLIC_URL = env.str("PUBLIC_URL", "")
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL] if PUBLIC_URL.startswith("https://") else []
SECURE = env.bool("SECURE", PUBLIC_URL.startswith("https://"))

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.staticfiles",
    "django.contrib.humanize",  # pages of allauth use it
    "django_htmx",
    "django_cotton.apps.SimpleAppConfig",
    "procrastinate.contrib.django",
    # Before allauth: our templates of its pages come first.
    "nastavnik.kernel",
    "nastavnik.people",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "nastavnik.metrics",
    "nastavnik.content",
    "nastavnik.procedures",
    "nastavnik.assessment",
    "nastavnik.learning",
    "nastavnik.crisis",
    "nastavnik.home",
    "nastavnik.demo",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "nastavnik.kernel.web.lean.LeanPaths",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "nastavnik.people.web.middleware.LocalTime",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "nastavnik.kernel.web.middleware.DomainErrorMiddleware",
]

ROOT_URLCONF = "nastavnik.config.urls"
WSGI_APPLICATION = "nastavnik.config.wsgi.application"
SCHEMA_SNAPSHOT = BASE_DIR / "config" / "schema.sql"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

_LOADERS: list[Any] = [
    "django_cotton.cotton_loader.Loader",
    "django.template.loaders.filesystem.Loader",
    "django.template.loaders.app_directories.Loader",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "OPTIONS": {
            "loaders": _LOADERS if DEBUG else [("django.template.loaders.cached.Loader", _LOADERS)],
            "builtins": [
                "django_cotton.templatetags.cotton",
                "django.templatetags.i18n",
                "django.templatetags.static",
                "nastavnik.kernel.templatetags.kernel",
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
                "nastavnik.kernel.web.context.frame",
            ],
        },
    }
]
COTTON_DIR = "components"
COTTON_SNAKE_CASED_NAMES = True

DATABASES = {"default": {**_database(), "CONN_MAX_AGE": 600, "CONN_HEALTH_CHECKS": True, "ATOMIC_REQUESTS": False}}
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "kernel_cache"},
    # What may be recomputed at any time and differs in no way between processes.
    "local": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "local"},
}

# How long a process may go on in a time zone the organisation has just left.
ZONE_CACHE_SECONDS = 10

AUTH_USER_MODEL = "people.Person"
AUTHENTICATION_BACKENDS = ["nastavnik.people.backends.PersonBackend"]
PASSWORD_HASHERS = [
    "nastavnik.people.hashers.LeanArgon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("UserAttributeSimilarityValidator", "MinimumLengthValidator", "CommonPasswordValidator")
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "nastavnik.people.web.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = "login"
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_FORMS = {"login": "nastavnik.people.web.login.LoginForm"}
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_PRESERVE_USERNAME_CASING = False
# A whole centre logs in at nine from one address: log-ins are not counted by address, failures are, and by name.
ACCOUNT_RATE_LIMITS = {"login": False, "login_failed": "200/m/ip,5/5m/key"}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", "webauthn"]
SOCIALACCOUNT_ADAPTER = "nastavnik.people.web.adapter.SocialAccountAdapter"
SOCIALACCOUNT_ONLY = False
# Our form-action forbids a form whose answer leads to another server; a link may.
SOCIALACCOUNT_LOGIN_ON_GET = True
SOCIALACCOUNT_PROVIDERS: dict[str, Any] = {}
if OIDC_SERVER := env.str("OIDC_SERVER_URL", ""):
    SOCIALACCOUNT_PROVIDERS["openid_connect"] = {
        "APPS": [
            {
                "provider_id": "sso",
                "name": env.str("OIDC_NAME", "SSO"),
                "client_id": env.str("OIDC_CLIENT_ID"),
                "secret": env.str("OIDC_SECRET"),
                "settings": {"server_url": OIDC_SERVER},
            }
        ]
    }
SESSION_ENGINE = "nastavnik.kernel.sessions"
SESSION_COOKIE_AGE = 60 * 60 * 24 * 14
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE
SECURE_SSL_REDIRECT = False
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if SECURE else None
SECURE_HSTS_SECONDS = 31_536_000 if SECURE else 0
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "object-src": ["'none'"],
        "base-uri": ["'self'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
    }
}

LANGUAGE_CODE = "ru"
LANGUAGES = [("ru", "Русский"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "UTC"
USE_TZ = True
USE_I18N = True

STATIC_URL = "/static/"
STATIC_ROOT = HOME_DIR / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = DEBUG
MEDIA_ROOT = UPLOADS_DIR
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
UPLOAD_LIMIT_BYTES = env.int("UPLOAD_LIMIT_BYTES", 2 * 1024**3)

EMAIL_CONFIG = env.dj_email_url("EMAIL_URL", "dummymail://" if not DEBUG else "console://")
vars().update(EMAIL_CONFIG)
DEFAULT_FROM_EMAIL = env.str("FROM_EMAIL", "nastavnik@localhost")

PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "jobs"
SILENCED_SYSTEM_CHECKS: list[str] = []
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", "WARNING")},
}
