"""`nastavnik course`: courses in and out as archives (or folders) of course.yaml, Markdown and media."""

import argparse
import json
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from nastavnik.content.actions.imports import Looked
    from nastavnik.content.models import Course

GROUP = "Data"


def add_to(subparsers: Any) -> None:
    """The subcommand and its two verbs."""
    parser = subparsers.add_parser("course", help="bring courses in and take them out as archives")
    verbs = parser.add_subparsers(metavar="VERB", required=True)
    load = verbs.add_parser("import", help="read an archive or a folder; problems are named with file and line")
    load.add_argument("file", type=Path, help="a ZIP, or a folder with course.yaml")
    load.add_argument("--dry-run", action="store_true", help="read and check; change nothing")
    load.add_argument("--publish", metavar="NOTE", help="publish the draft at once, saying what changed")
    load.add_argument("--json", action="store_true", help="print the result for a program")
    load.set_defaults(run=run_import)
    give = verbs.add_parser("export", help="write a course to an archive")
    give.add_argument("code", help="the code of the course")
    give.add_argument("-o", "--output", type=Path, help="the file to write; else CODE.zip")
    give.add_argument("--draft", action="store_true", help="the draft instead of the published version")
    give.set_defaults(run=run_export)


def run_import(args: argparse.Namespace) -> int:
    """Exit code 2 when the archive has problems; then nothing is changed."""
    from nastavnik.config.cli import boot
    from nastavnik.kernel.errors import InvalidInput

    if not args.file.exists():
        raise InvalidInput(f"There is no file {args.file}.")
    boot.django()
    from nastavnik.content import archive
    from nastavnik.content.actions import imports

    with tempfile.TemporaryDirectory() as place:
        path = args.file
        if path.is_dir():
            path = Path(place) / "course.zip"
            with path.open("wb") as out:
                archive.pack(args.file, out)
        looked = imports.look(path, args.file.name)
        course = None
        if looked.is_loadable and not args.dry_run:
            course = _load(args, path)
    print(json.dumps(_plain(looked, course), ensure_ascii=False) if args.json else _sentences(looked, course))
    return 2 if looked.problems else 0


def _load(args: argparse.Namespace, path: Path) -> "Course":
    from nastavnik.content.actions import files, imports, versions
    from nastavnik.kernel import clock

    course = imports.load(path=path, name=args.file.name, by=None, at=clock.now())
    for file in imports.pending(course):
        files.read_pages(file=file, at=clock.now())
    if args.publish is not None:
        versions.publish(course=course, note=args.publish, by=None, at=clock.now())
    return course


def _plain(looked: "Looked", course: "Course | None") -> dict[str, Any]:
    draft = looked.draft
    return {
        "code": draft.code if draft else None,
        "activities": len(draft.activities) if draft else 0,
        "files": len(looked.media),
        "loaded": course is not None,
        "errors": [{"file": one.file, "line": one.line, "message": one.text} for one in looked.problems],
    }


def _sentences(looked: "Looked", course: "Course | None") -> str:
    told = _plain(looked, course)
    lines = [f"{one['file']}, line {one['line']}: {one['message']}" for one in told["errors"]]
    head = "Loaded" if course else "Nothing was changed"
    return "\n".join([f"{head}: {told['code']}, activities {told['activities']}, files {told['files']}", *lines])


def run_export(args: argparse.Namespace) -> int:
    """Write the archive and print its name."""
    from nastavnik.config.cli import boot
    from nastavnik.kernel.errors import InvalidInput

    boot.django()
    from nastavnik.content import archive, queries
    from nastavnik.content.models import Course

    course = Course.objects.filter(code=args.code).first()
    version = None
    if course is not None:
        version = queries.draft(course) if args.draft else queries.published(course)
    if course is None or version is None:
        raise InvalidInput(f"There is no {'draft' if args.draft else 'published version'} of a course “{args.code}”.")
    target = args.output or Path(f"{args.code}.zip")
    with target.open("wb") as out:
        archive.write(course, version, out)
    print(target, file=sys.stderr)
    return 0
