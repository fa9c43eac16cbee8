"""Extract the messages of the source with Django's own rules (GNU xgettext), for the two scripts that need them."""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from babel.messages import pofile
from babel.messages.catalog import Catalog

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "src" / "nastavnik"
RUSSIAN = PACKAGE / "locale" / "ru" / "LC_MESSAGES" / "django.po"


def extract() -> Catalog:
    """All messages of Python and templates, without translations; exits with a sentence when gettext is missing."""
    if shutil.which("xgettext") is None:
        sys.exit("GNU gettext is not installed, so messages cannot be extracted: apt-get install gettext")
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "nastavnik"
        shutil.copytree(
            PACKAGE, copy, ignore=shutil.ignore_patterns("*.pyc", "__pycache__", "*.mo", "static", "locale")
        )
        (copy / "locale").mkdir()
        command = [sys.executable, "-m", "django", "makemessages", "--locale=ru", "--no-obsolete", "--no-location"]
        plain = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
        done = subprocess.run(command, cwd=copy, env=plain, capture_output=True, text=True, check=False)
        if done.returncode != 0:
            sys.exit(f"Messages could not be extracted: {done.stderr.strip()}")
        with (copy / "locale" / "ru" / "LC_MESSAGES" / "django.po").open("rb") as file:
            return pofile.read_po(file, locale="ru")


def russian() -> Catalog:
    """The translations we have."""
    if not RUSSIAN.exists():
        return Catalog(locale="ru")
    with RUSSIAN.open("rb") as file:
        return pofile.read_po(file, locale="ru")
