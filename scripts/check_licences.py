"""Licences of what ships: every package that uv.lock installs for a user, without the development tools.

The licence is read from the installed package's own metadata. What may ship is listed; the rest fails until a person
has looked and, with a reason, written an override.
"""

import importlib.metadata
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

# Permissive, or (MPL, LGPL) copyleft by file or library: unchanged files, used as libraries, which both allow.
ALLOWED = {
    "MIT", "MIT-0", "0BSD", "ISC", "BSD", "BSD-2-Clause", "BSD-3-Clause", "Apache-2.0", "PSF-2.0", "PostgreSQL",
    "Zlib", "Unlicense", "CC0-1.0", "CC-BY-4.0", "MPL-2.0", "MIT-CMU",
}  # fmt: skip

# What old-style metadata calls the same licences.
SPELLINGS = {
    "MIT License": "MIT",
    "BSD License": "BSD",
    "Apache Software License": "Apache-2.0",
    "Apache License 2.0": "Apache-2.0",
    "Apache 2.0": "Apache-2.0",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "Python Software Foundation License": "PSF-2.0",
    "ISC License (ISCL)": "ISC",
}

# Package -> (its licence, why it may ship). Each was looked at.
OVERRIDES = {
    "psycopg": ("LGPL-3.0-only", "imported as a library and replaceable by its user, unchanged"),
    "psycopg-binary": ("LGPL-3.0-only", "as psycopg; the libpq inside is under the PostgreSQL licence"),
    "psycopg-pool": ("LGPL-3.0-only", "as psycopg"),
    "pypdfium2": (
        "BSD-3-Clause",
        "BSD-3-Clause or Apache-2.0, at choice; PDFium inside is permissive too",
    ),
    "qrcode": ("BSD", "its `Other/Proprietary` classifier means the note on the trademark QR Code"),
}

# Present in the lock for other systems only; not installed here, so their metadata cannot be read.
OTHER_SYSTEMS = {"colorama": "BSD-3-Clause"}


def shipped() -> list[str]:
    """Names of the packages a user gets, from the lock."""
    uv = ROOT / ".uv" / "bin" / "uv"
    command = [str(uv), "export", "--frozen", "--no-dev", "--no-hashes", "--no-emit-project", "--no-header"]
    listed = subprocess.run(
        [*command, "--no-annotate", "--quiet"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    names = (re.match(r"[A-Za-z0-9._-]+", line) for line in listed.stdout.splitlines())
    return sorted({name.group().lower() for name in names if name})


def licences(metadata: importlib.metadata.PackageMetadata) -> set[str]:
    """The licences a package names; all of them must be allowed (an OR expression counts its first allowed one)."""
    if "License-Expression" in metadata:
        return _of_expression(metadata["License-Expression"])
    classifiers = metadata.get_all("Classifier") or []
    named = {text.split(" :: ")[-1] for text in classifiers if text.startswith("License ::")} - {"OSI Approved"}
    if named:
        return {SPELLINGS.get(name, name) for name in named}
    line = metadata["License"].strip().split("\n")[0] if "License" in metadata else ""
    return _of_expression(SPELLINGS.get(line, line)) if line else set()


def fault(name: str) -> str | None:
    """Why this package may not ship; None when it may."""
    if name in OVERRIDES or name in OTHER_SYSTEMS:
        return None
    try:
        found = licences(importlib.metadata.metadata(name))
    except importlib.metadata.PackageNotFoundError:
        return f"{name}: is in uv.lock and not installed; run `make setup`, or name it in OTHER_SYSTEMS"
    if not found:
        return f"{name}: names no licence; look, then write an override with the reason"
    return f"{name}: {', '.join(sorted(found - ALLOWED))}" if found - ALLOWED else None


def main() -> int:
    """Print what may not ship."""
    faults = [sentence for sentence in map(fault, shipped()) if sentence]
    print("\n".join(faults))
    return 1 if faults else 0


def _of_expression(expression: str) -> set[str]:
    chosen = []
    for part in expression.replace("(", "").replace(")", "").split(" AND "):
        options = [option.strip() for option in part.split(" OR ")]
        chosen.append(next((option for option in options if option in ALLOWED), options[0]))
    return set(chosen)


if __name__ == "__main__":
    sys.exit(main())
