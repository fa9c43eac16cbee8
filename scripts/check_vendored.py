"""Files copied from other projects are those we read and named: their SHA-256 stands in HASHES.txt beside them.

`HASHES.txt` has lines `<sha256>  <file>`, as `sha256sum` prints; every file of the folder is listed, licences included.
"""

import hashlib
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def faults(folder: Path) -> list[str]:
    """What differs between the list and the folder."""
    lines = [line.split(maxsplit=1) for line in (folder / "HASHES.txt").read_text().splitlines() if line.strip()]
    listed = {name: digest for digest, name in lines}
    present = {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file() and path.name != "HASHES.txt"
    }
    found = [f"{folder / name}: not listed in HASHES.txt" for name in sorted(present.keys() - listed.keys())]
    found += [f"{folder / name}: listed, but not there" for name in sorted(listed.keys() - present.keys())]
    changed = sorted(name for name in present.keys() & listed.keys() if present[name] != listed[name])
    return found + [f"{folder / name}: changed since it was listed" for name in changed]


def main() -> int:
    """All folders named `vendor` in static files; one without a list is a fault."""
    found = []
    for folder in sorted((ROOT / "src").glob("nastavnik/*/static/**/vendor")):
        if (folder / "HASHES.txt").exists():
            found += faults(folder)
        elif any(path.is_file() for path in folder.rglob("*")):
            found.append(f"{folder}: HASHES.txt is missing")
    print("\n".join(found))
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
