"""What the house demands of its own source, as functions over a folder: each returns the violations it finds.

They take the folder as an argument so that a test can plant a violation elsewhere and see it found.
"""

import ast
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TypeGuard

FILE_LINES, FUNCTION_LINES, TEMPLATE_LINES = 500, 60, 250
BUILTIN_LIBRARIES = {"i18n", "static", "cotton", "kernel"}
# Templates that Django, allauth or a browser find by name.
FOUND_BY_NAME = re.compile(r"^(400|403|404|500|base)\.html$|^(account|mfa|socialaccount|allauth|usersessions)/")
INLINE = {
    "inline script": re.compile(r"<script(?![^>]*\bsrc=)", re.I),
    "inline style element": re.compile(r"<style\b", re.I),
    "style attribute": re.compile(r"\sstyle\s*=", re.I),
    "event attribute": re.compile(r"\son(?:click|change|submit|load|input|key\w+|focus|blur|error)\s*=", re.I),
    "unescaped output": re.compile(r"\|\s*safe\b|{%\s*autoescape off"),
}
BLOCK = re.compile(r"{%-?\s*blocktrans(?:late)?\b(?P<rest>[^%]*)%}")
UNFINISHED = re.compile(r"\b(?:TODO|FIXME|XXX|HACK)\b")
CLOCKS = re.compile(
    r"\b(?:datetime\.(?:now|utcnow|today)\(|date\.today\(|timezone\.(?:now|localdate)\(|time\.time\(\))"
)


def templates(root: Path) -> dict[str, Path]:
    """Template name -> file, of every app below `root`."""
    return {
        path.relative_to(folder).as_posix(): path
        for folder in sorted(root.glob("*/templates"))
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def python_files(root: Path) -> list[Path]:
    """Our Python, migrations apart."""
    return [path for path in sorted(root.rglob("*.py")) if "migrations" not in path.parts]


def unused_templates(root: Path, allowed: dict[str, str]) -> list[str]:
    """Templates nobody names and no listed reason keeps."""
    found = templates(root)
    sources = [path.read_text() for path in [*root.rglob("*.py"), *found.values()]]

    def is_used(name: str) -> bool:
        if name in allowed or FOUND_BY_NAME.match(name):
            return True
        if name.startswith("components/"):
            tag = name.removeprefix("components/").removesuffix(".html").replace("_", "-").replace("/", ".")
            used = re.compile(rf"<c-{re.escape(tag)}[\s/>]|{re.escape(name)}")
        else:
            used = re.compile(rf"[\"']{re.escape(name)}[\"']|[\"']{re.escape(name.rsplit('.', 1)[0])}[\"']")
        return any(used.search(text) for text in sources)

    return [f"{name} is used nowhere" for name in found if not is_used(name)]


def bad_loads(root: Path, libraries: dict[str, set[str]]) -> list[str]:
    """{% load %} of what every template has anyway, or of a library the template does not use."""
    faults = []
    for name, path in templates(root).items():
        text = path.read_text()
        for loaded in re.findall(r"{%\s*load\s+([^%]+?)\s*%}", text):
            for library in loaded.partition(" from ")[2].split() or loaded.split():
                if library in BUILTIN_LIBRARIES:
                    faults.append(f"{name} loads {library}, which every template has")
                elif library in libraries and not _uses(text, libraries[library]):
                    faults.append(f"{name} loads {library} and does not use it")
    return faults


def _uses(text: str, names: Iterable[str]) -> bool:
    return any(re.search(rf"(?:{{%\s*|\|\s*){re.escape(name)}\b", text) for name in names)


def inline_code(root: Path, allowed: dict[str, str]) -> list[str]:
    """What the content security policy would refuse, and output that is not escaped, unless its reason is listed.

    Pages and fragments only: a letter in plain text is rightly not escaped.
    """
    return [
        f"{name}:{number} {fault}"
        for name, path in templates(root).items()
        if name not in allowed and path.suffix == ".html"
        for number, line in enumerate(path.read_text().splitlines(), 1)
        for fault, pattern in INLINE.items()
        if pattern.search(line)
    ]


def unescaped_in_python(root: Path, allowed: dict[str, str]) -> list[str]:
    """mark_safe without a listed reason."""
    return [
        f"{path.relative_to(root)}:{number} mark_safe"
        for path in python_files(root)
        if path.relative_to(root).as_posix() not in allowed
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if re.search(r"\b(?:mark_safe|SafeString|SafeText)\(", line)
    ]


def untrimmed_blocks(root: Path) -> list[str]:
    """blocktranslate without `trimmed`: its message would hold the template's line breaks."""
    return [
        f"{name} has a blocktranslate that is not trimmed"
        for name, path in templates(root).items()
        for match in BLOCK.finditer(path.read_text())
        if "trimmed" not in match["rest"]
    ]


def too_large(root: Path) -> list[str]:
    """Files, functions and templates over the hard stops."""
    faults = [
        f"{name} has {lines} lines"
        for name, path in templates(root).items()
        if (lines := len(path.read_text().splitlines())) > TEMPLATE_LINES
    ]
    for path in python_files(root):
        text = path.read_text()
        if (lines := len(text.splitlines())) > FILE_LINES:
            faults.append(f"{path.relative_to(root)} has {lines} lines")
        faults += [
            f"{path.relative_to(root)}: {name} has {length} lines"
            for name, length in function_lengths(text)
            if length > FUNCTION_LINES
        ]
    return faults


def function_lengths(text: str) -> Iterator[tuple[str, int]]:
    """Functions of a module with their number of lines."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node.name, (node.end_lineno or node.lineno) - node.lineno + 1


def sizes(root: Path) -> str:
    """The report printed by the tests."""

    def line(what: str, found: list[int]) -> str:
        ordered = sorted(found) or [0]
        middle, high = ordered[len(ordered) // 2], ordered[min(len(ordered) - 1, len(ordered) * 9 // 10)]
        return f"{what}: {len(found)}, median {middle}, p90 {high}, longest {ordered[-1]} lines"

    texts = [path.read_text() for path in python_files(root)]
    return "\n".join(
        [
            line("files", [len(text.splitlines()) for text in texts if text]),
            line("functions", [length for text in texts for _name, length in function_lengths(text)]),
            line("templates", [len(path.read_text().splitlines()) for path in templates(root).values()]),
        ]
    )


def unfinished(root: Path) -> list[str]:
    """Words that promise to finish later."""
    return _lines(root, UNFINISHED, set())


def other_clocks(root: Path, allowed: set[str]) -> list[str]:
    """Code that asks the time elsewhere than of kernel.clock."""
    return _lines(root, CLOCKS, allowed)


def _lines(root: Path, pattern: re.Pattern[str], allowed: set[str]) -> list[str]:
    return [
        f"{path.relative_to(root)}:{number} {line.strip()}"
        for path in python_files(root)
        if path.relative_to(root).as_posix() not in allowed
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if pattern.search(line)
    ]


def django_in_logic(root: Path) -> list[str]:
    """Direct imports of Django in a `logic` folder (import-linter finds the indirect ones)."""
    return [
        f"{path.relative_to(root)} imports {module}"
        for path in python_files(root)
        if "logic" in path.relative_to(root).parts
        for module in imported(path.read_text())
        if module.split(".")[0] == "django"
    ]


def imported(text: str) -> Iterator[str]:
    """Modules a source imports."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


JOURNAL_KIND = re.compile(r"^[a-z]+\.[a-z]+(?:_[a-z]+)+$")


def written_kinds(root: Path) -> tuple[set[str], list[str]]:
    """Journal kinds of the modules that write them, and modules that write but name none.

    A module names its kinds as text (`people.person_hired`): in the call, in a constant, in a table of several.
    """
    kinds, unreadable = set(), []
    for path in python_files(root):
        nodes = list(ast.walk(ast.parse(path.read_text())))
        if not any(isinstance(node, ast.Call) and _is_journal_call(node.func) for node in nodes):
            continue
        found = {node.value for node in nodes if isinstance(node, ast.Constant) and _is_kind(node.value)}
        kinds |= found
        if not found:
            unreadable.append(f"{path.relative_to(root)} writes journal entries and names no kind")
    return kinds, unreadable


def _is_kind(value: object) -> TypeGuard[str]:
    return isinstance(value, str) and JOURNAL_KIND.match(value) is not None


def _is_journal_call(function: ast.expr) -> bool:
    return (
        isinstance(function, ast.Attribute)
        and function.attr in {"write", "compose"}
        and isinstance(function.value, ast.Name)
        and function.value.id == "journal"
    )


def unused_names(root: Path, names: Iterable[str]) -> list[str]:
    """Functions that nothing but their own definition names."""
    texts = [path.read_text() for path in [*python_files(root), *templates(root).values()]]
    return [
        f"{name} is asked nowhere"
        for name in names
        if sum(len(re.findall(rf"(?<!def ){re.escape(name)}\b", text)) for text in texts) == 0
    ]


def upward_keys(keys: Iterable[tuple[str, str, str]], floors: dict[str, int]) -> list[str]:
    """Foreign keys (from app, to app, name) that point to a floor above or to a room beside."""
    return [
        f"{name} points from {start} up to {end}"
        for start, end, name in keys
        if start != end and floors[end] >= floors[start]
    ]


def floors_of(layers: list[str]) -> dict[str, int]:
    """App -> floor, 0 the lowest, from the import contract's list."""
    return {
        room.strip().strip("()"): height
        for height, layer in enumerate(reversed(layers))
        for room in re.split(r"[|:]", layer)
    }


PRIVATE_ROOMS = {"web", "logic", "jobs", "reactions", "api"}


def private_imports(imports: Iterable[tuple[str, str]], *, open_apps: set[str], free_apps: set[str]) -> list[str]:
    """Imports (importer, imported) of another app's private rooms; `open_apps` hide nothing, `free_apps` see all."""
    faults = []
    for importer, target in imports:
        mine, theirs = importer.split("."), target.split(".")
        if len(theirs) < 3 or len(mine) < 2 or mine[1] == theirs[1] or theirs[1] in open_apps or mine[1] in free_apps:
            continue
        if theirs[2] in PRIVATE_ROOMS or any(part.startswith("_") for part in theirs[2:]):
            faults.append(f"{importer} imports {target}")
    return faults
