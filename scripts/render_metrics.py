"""Render the catalogue of metrics to docs/reference/metrics.md. Usage: python scripts/render_metrics.py [--check]."""

import os
import sys
from pathlib import Path

PAGE = Path(__file__).resolve().parent.parent / "docs" / "reference" / "metrics.md"
HEAD = """# Metrics

Rendered from `nastavnik.metrics.catalogue.metrics` by `scripts/render_metrics.py`: change the definitions there.

Every figure is a ratio of sums over the records that count; it is divided once, at the end. A figure below its least n
is shown and not judged. Bounds are the 95% interval: Wilson for shares, Student's t for means, linearised for ratios.

| code | name | what it says | unit | better | counted | least n | whose it is |
|---|---|---|---|---|---|---|---|
"""


def render() -> str:
    """The catalogue as one Markdown table, in its own order and in English."""
    from django.utils.translation import override

    from nastavnik.metrics.catalogue.metrics import METRICS
    from nastavnik.metrics.enums import Direction, Unit

    lines = []
    with override("en"):
        for code, one in METRICS.items():
            counted = f"{one.denominator_text}"
            if one.matures_after_days:
                counted += f"; mature after {one.matures_after_days} days"
            cells = [
                f"`{code}`", one.title, one.help, Unit(one.unit).label, Direction(one.direction).label, counted,
                one.min_n, one.participation,
            ]  # fmt: skip
            lines.append("| " + " | ".join(str(cell) for cell in cells) + " |")
    return HEAD + "\n".join(lines) + "\n"


def main() -> int:
    """Write the page, or with --check say whether it is up to date."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "nastavnik.config.settings")
    import django

    django.setup()
    wanted = render()
    if "--check" in sys.argv:
        fresh = PAGE.exists() and PAGE.read_text() == wanted
        print("docs/reference/metrics.md is up to date" if fresh else f"stale: run python {sys.argv[0]}")
        return 0 if fresh else 1
    PAGE.write_text(wanted)
    return 0


if __name__ == "__main__":
    sys.exit(main())
