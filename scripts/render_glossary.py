"""Render docs/glossary.yml to docs/glossary.md. Usage: python scripts/render_glossary.py [--check]."""

import sys
from pathlib import Path

import yaml

DOCS = Path(__file__).resolve().parent.parent / "docs"
HEAD = """# Glossary

Rendered from `glossary.yml` by `make docs` (`scripts/render_glossary.py`): change the words there.

| word | Russian | meaning | значение | not to be called | room |
|---|---|---|---|---|---|
"""


def render(entries: list[dict[str, object]]) -> str:
    """The glossary as one Markdown table, by word."""
    lines = []
    for one in sorted(entries, key=lambda entry: str(entry["code"]).lower()):
        name = f"**{one['code']}**" + (f" (`{one['model']}`)" if one.get("model") else "")
        banned = ", ".join(str(word) for word in one.get("not", []))  # type: ignore[attr-defined]  # a YAML list
        lines.append(f"| {name} | {one['ru']} | {one['en_meaning']} | {one['ru_meaning']} | {banned} | {one['app']} |")
    return HEAD + "\n".join(lines) + "\n"


def main() -> int:
    """Write the page, or with --check say whether it is up to date."""
    wanted = render(yaml.safe_load((DOCS / "glossary.yml").read_text()))
    page = DOCS / "glossary.md"
    if "--check" in sys.argv:
        fresh = page.exists() and page.read_text() == wanted
        print("docs/glossary.md is up to date" if fresh else "docs/glossary.md is stale: run `make docs`")
        return 0 if fresh else 1
    page.write_text(wanted)
    return 0


if __name__ == "__main__":
    sys.exit(main())
