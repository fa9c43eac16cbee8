"""Extract the messages of the source with Django's own rules (GNU xgettext), for the two scripts that need them."""

import ast
import inspect
import os
import shutil
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from babel.messages import pofile
from babel.messages.catalog import Catalog

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "src" / "nastavnik"
# Two runs over the same source write the same file.
_NO_DATE = datetime(2026, 1, 1, tzinfo=UTC)
RUSSIAN = PACKAGE / "locale" / "ru" / "LC_MESSAGES" / "django.po"


_COMMANDS = {"config", "demo"}


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
            extracted = pofile.read_po(file)
    # A catalogue of our own: Django's template counts four plural forms of Russian, Babel (as CLDR) three.
    catalogue = Catalog(locale="ru", creation_date=_NO_DATE, revision_date=_NO_DATE)
    for message in extracted:
        if message.id:
            flags = message.flags - {"fuzzy"}
            catalogue.add(message.id, context=message.context, flags=flags, auto_comments=message.auto_comments)
    for template in error_templates():
        catalogue.add(template)
    return catalogue


def error_templates() -> set[str]:
    """What errors say: docstrings of DomainError's descendants and texts raised with them (kernel/errors.py).

    Those of `config` and `demo` reach only the command line, which speaks English.
    """
    files = [path for path in sorted(PACKAGE.rglob("*.py")) if path.relative_to(PACKAGE).parts[0] not in _COMMANDS]
    trees = [ast.parse(path.read_text(encoding="utf-8")) for path in files]
    nodes = [node for tree in trees for node in ast.walk(tree)]
    classes = [node for node in nodes if isinstance(node, ast.ClassDef)]
    family = {"DomainError"}
    while found := {c.name for c in classes if {_name(base) for base in c.bases} & family} - family:
        family |= found
    said = {ast.get_docstring(one) for one in classes if one.name in family}
    said |= {
        node.args[0].value
        for node in nodes
        if isinstance(node, ast.Call) and _name(node.func) in family and node.args
        if isinstance(node.args[0], ast.Constant) and isinstance(node.args[0].value, str)
    }
    return {inspect.cleandoc(text).replace("\n", " ") for text in said if text}


def _name(node: ast.expr) -> str:
    """The last word of a dotted name."""
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""


def russian() -> Catalog:
    """The translations we have."""
    if not RUSSIAN.exists():
        return Catalog(locale="ru")
    with RUSSIAN.open("rb") as file:
        return pofile.read_po(file, locale="ru")
