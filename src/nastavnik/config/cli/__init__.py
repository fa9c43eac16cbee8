"""The command `nastavnik`. Each module of this package that has `add_to(subparsers)` is one subcommand.

`add_to` adds a parser and names the function to run: `parser.set_defaults(run=function)`, where `function(args)`
returns the exit code (or None for 0). A module may say GROUP, the heading of the general help under which it stands.
Modules import what is heavy inside their functions: the general help must not wait for Django.
"""

import argparse
import importlib
import os
import pkgutil
import sys
from collections.abc import Sequence
from typing import Any

GROUPS = ("Every day", "Data", "Care")
BAD_INPUT = 2
INTERRUPTED = 130


def main(argv: Sequence[str] | None = None) -> int:
    """Run one subcommand; expected failures end as one line on stderr and exit code 2."""
    from nastavnik.kernel.errors import DomainError

    try:
        arguments = parser().parse_args(argv)
        return int(arguments.run(arguments) or 0)
    except DomainError as error:
        return _complain(str(error), BAD_INPUT)
    except KeyboardInterrupt:
        return _complain("Stopped.", INTERRUPTED)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # the reader left (`| head`): nothing to say
        return 0
    except Exception as error:
        if sentence := unreachable(error):
            return _complain(sentence, BAD_INPUT)
        raise


def parser() -> argparse.ArgumentParser:
    """The general parser with every subcommand."""
    general = _Parser(prog="nastavnik", description="Nastavnik: evidence, decision, training, evidence.")
    general.add_argument("--version", action=_Version, nargs=0, help="print the version")
    subparsers = general.add_subparsers(metavar="COMMAND", required=True, parser_class=argparse.ArgumentParser)
    for found in sorted(pkgutil.iter_modules(__path__), key=lambda module: module.name):
        module = importlib.import_module(f"{__name__}.{found.name}")
        if hasattr(module, "add_to"):
            before = set(subparsers.choices)
            module.add_to(subparsers)
            for name in set(subparsers.choices) - before:
                general.groups[name] = getattr(module, "GROUP", GROUPS[1])
    return general


def unreachable(error: BaseException) -> str | None:
    """A sentence for a database that went away in the middle; None when the error is something else."""
    if "django" not in sys.modules:
        return None
    from nastavnik.config.cli import boot

    return boot.explain_connection(error)


def _complain(sentence: str, code: int) -> int:
    if os.environ.get("NASTAVNIK_DEBUG", "").lower() in {"1", "true", "yes"} and sys.exc_info()[1] is not None:
        import traceback

        traceback.print_exc()
    print(f"nastavnik: {sentence}", file=sys.stderr)
    return code


class _Parser(argparse.ArgumentParser):
    """Lists the subcommands under headings; argparse itself knows only one list."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.groups: dict[str, str] = {}

    def format_help(self) -> str:
        lines = [f"usage: {self.prog} COMMAND ...", "", str(self.description), ""]
        helps = self._helps()
        width = max((len(name) for name in helps), default=0) + 2
        for group in (*GROUPS, *sorted(set(self.groups.values()) - set(GROUPS))):
            names = [name for name in helps if self.groups.get(name) == group]
            if names:
                lines += [f"{group}:", *(f"  {name:{width}}{helps[name]}" for name in names), ""]
        lines.append("`nastavnik COMMAND --help` tells more. Data live under NASTAVNIK_HOME (default ./var).")
        return "\n".join(lines) + "\n"

    def _helps(self) -> dict[str, str]:
        """Each subcommand and its line, which argparse keeps as pseudo actions meant for its formatter."""
        actions = self._subparsers._group_actions if self._subparsers else []
        lines: list[argparse.Action] = getattr(actions[0], "_choices_actions", []) if actions else []
        return {line.dest: line.help or "" for line in lines}


class _Version(argparse.Action):
    """Print the version and leave; looked up only when asked, as reading package metadata takes a while."""

    def __call__(self, parser: argparse.ArgumentParser, *_: Any, **__: Any) -> None:
        import importlib.metadata

        print(f"nastavnik {importlib.metadata.version('nastavnik')}")
        parser.exit()
