"""`nastavnik metrics`: print figures, list the metrics there are, compare cells with the records."""

import argparse
import dataclasses
import json
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from nastavnik.metrics.catalogue.metrics import Metric
    from nastavnik.metrics.logic.readings import Reading

GROUP = "Data"
DIFFERENT = 1
PERIODS = ("day", "week", "month", "quarter", "year", "custom")
_LISTED = ("code", "unit", "direction", "min_n", "title", "denominator")


def add_to(subparsers: Any) -> None:
    """The subcommand with its three verbs."""
    parser = subparsers.add_parser("metrics", help="print figures, check them against the records")
    verbs = parser.add_subparsers(metavar="VERB", required=True)
    show = verbs.add_parser("show", help="print a metric by period, with n, interval and the target of its days")
    show.add_argument("metric", nargs="+", help="code, as `metrics list` prints it")
    show.add_argument(
        "--scope", default="organisation",
        help="organisation (default), person:CODE, team:CODE, line:CODE, partner:CODE, grade:LADDER/CODE",
    )  # fmt: skip
    show.add_argument("--per", choices=PERIODS, default="month", help="length of a period (default month)")
    show.add_argument("--from", dest="first", type=_day, help="first day (default: a year before the end)")
    show.add_argument("--to", dest="end", type=_day, help="the day after the last one (default: tomorrow)")
    show.add_argument("--json", action="store_true", help="a JSON list on stdout")
    show.set_defaults(run=run_show)
    listing = verbs.add_parser("list", help="the metrics there are")
    listing.add_argument("--json", action="store_true", help="a JSON list on stdout")
    listing.set_defaults(run=run_list)
    check = verbs.add_parser("check", help="recount every cell from the records and print differences")
    check.add_argument("--stream", help="one stream only: contacts, reviews, retention, cases")
    check.add_argument("--json", action="store_true", help="a JSON list on stdout")
    check.set_defaults(run=run_check)


def run_show(args: argparse.Namespace) -> int:
    """Readings of the metrics named."""
    from nastavnik.config.cli import boot

    boot.django()
    from nastavnik.metrics.enums import Period
    from nastavnik.metrics.logic.periods import ONE_DAY
    from nastavnik.metrics.queries import readings, scopes
    from nastavnik.people.permissions import today

    end = args.end or today() + ONE_DAY
    first = args.first or date(end.year - 1, end.month, 1)
    if end <= first:
        raise _reversed(first, end)
    metrics = [readings.metric_of(code) for code in args.metric]
    scope = scopes.parse(args.scope)
    found = readings.read(args.metric, scope=scope, first=first, end=end, per=Period(args.per))
    if args.json:
        print(
            json.dumps([as_json(one) for metric in metrics for one in found[metric.code]], ensure_ascii=False, indent=2)
        )
        return 0
    for metric in metrics:
        _print_table(metric, found[metric.code])
    return 0


def run_list(args: argparse.Namespace) -> int:
    """Every metric with what it is divided by."""
    from nastavnik.config.cli import boot

    boot.setup()
    from django.utils import translation

    from nastavnik.metrics.catalogue.metrics import METRICS

    with translation.override("en"):
        rows = [
            {
                "code": one.code, "title": str(one.title), "unit": one.unit.value, "direction": one.direction.value,
                "min_n": one.min_n, "denominator": str(one.denominator_text), "help": str(one.help),
            }
            for one in METRICS.values()
        ]  # fmt: skip
    if args.json:
        print(json.dumps(rows, ensure_ascii=False, indent=2))
        return 0
    heads = ["code", "unit", "better", "least n", "what", "of what"]
    print(_columns([heads, *([str(row[key]) for key in _LISTED] for row in rows)]))
    return 0


def run_check(args: argparse.Namespace) -> int:
    """Differences between cells and records; the exit code is 1 when there are any."""
    from nastavnik.config.cli import boot

    boot.django()
    from nastavnik.metrics.actions import tallies

    found = tallies.check(stream=args.stream)
    if args.json:
        rows = [dataclasses.asdict(one) | {"start_date": one.start_date.isoformat()} for one in found]
        print(json.dumps(rows, ensure_ascii=False, indent=2))
    else:
        for one in found:
            print(one)
        print(f"{len(found)} differences." if found else "Every cell equals its records.")
    return DIFFERENT if found else 0


def as_json(reading: "Reading") -> dict[str, Any]:
    """A reading as programs read it: amounts in the metric's unit, days as ISO text, `end` exclusive."""
    row = dataclasses.asdict(reading)
    row |= {"met": reading.met, "verdict": reading.verdict.value, "direction": reading.direction.value}
    row["unit"] = reading.unit.value
    return _plain(row)  # type: ignore[no-any-return]  # a dictionary stays one


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    return value.isoformat() if isinstance(value, date) else value


def _print_table(metric: "Metric", found: Sequence["Reading"]) -> None:
    from django.utils import translation

    with translation.override("en"):
        print(f"{metric.title}, {metric.unit.label}, {metric.denominator_text}; {metric.direction.label}")
        if found and found[0].mature_until:
            print(f"mature until {found[0].mature_until.isoformat()}")
        rows = [["period", "value", "n", "95% interval", "target", "verdict"]]
        rows += [_row(metric.decimals, one) for one in found]
        print(_columns(rows), end="\n\n")


def _row(decimals: int, one: "Reading") -> list[str]:
    def shown(value: float | None) -> str:
        return "-" if value is None else f"{value:.{decimals}f}"

    interval = "-" if one.low is None else f"{shown(one.low)} .. {shown(one.high)}"
    target = "-" if one.target is None else f"{one.target:g}"
    period = f"{one.period}*" if one.incomplete else one.period
    return [period, shown(one.value), str(one.n), interval, target, str(one.verdict.label)]


def _columns(rows: Sequence[Sequence[str]]) -> str:
    """Aligned columns; the last one runs on."""
    widths = [max(len(row[place]) for row in rows) for place in range(len(rows[0]))]
    return "\n".join(
        "  ".join(text.ljust(width) for text, width in zip(row, widths, strict=True)).rstrip() for row in rows
    )


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{text} is not a day like 2023-10-01") from error


def _reversed(first: date, end: date) -> Exception:
    from nastavnik.kernel.errors import InvalidInput

    return InvalidInput(f"--to {end} is not after --from {first}.")
