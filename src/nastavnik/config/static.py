"""Static files: collected only when they changed."""

import hashlib
import json
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path


def collect_if_changed(root: Path, *, progress: Callable[[str], None]) -> bool:
    """Collect (copy, hash, compress) into the home when a source file or a package changed; False when nothing did."""
    from django.conf import settings
    from django.core.management import call_command

    stamp = root / "run" / "static.stamp"
    now = fingerprint()
    manifest = Path(settings.STATIC_ROOT) / "staticfiles.json"
    if stamp.exists() and stamp.read_text() == now and (settings.DEBUG or manifest.exists()):
        return False
    progress("static files")
    call_command("collectstatic", interactive=False, verbosity=0)
    stamp.parent.mkdir(parents=True, exist_ok=True)
    stamp.write_text(now)
    return True


def is_current(root: Path) -> bool:
    """True when what was collected is what the sources say."""
    stamp = root / "run" / "static.stamp"
    return stamp.exists() and stamp.read_text() == fingerprint()


def fingerprint() -> str:
    """Of every source file (path, size, time) and of the packages that decide how they are stored."""
    from django.contrib.staticfiles.finders import get_finders

    files = []
    for finder in get_finders():
        for path, storage in finder.list([]):
            found = Path(storage.path(path)).stat()
            files.append((path, found.st_size, found.st_mtime_ns))
    versions = [version(name) for name in ("nastavnik", "django", "whitenoise")]
    return hashlib.sha256(json.dumps([versions, sorted(files)]).encode()).hexdigest()
