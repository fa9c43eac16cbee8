"""The manifest of a course archive: course.yaml, read with the line of every fault, and written so that the same course
always gives the same bytes. Pure.

    format: nastavnik-course/1
    code: refunds
    title: Refunds
    activities:
      - key: law
        kind: article
        title: The law
        minutes: 5
        text_file: activities/law.md      # a long text stands in a file of its own

YAML is read node by node with the plain resolver of the safe loader: no tags, no objects, no aliases.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import yaml

from nastavnik.content.enums import ActivityKind
from nastavnik.content.logic.activities import Content, read, to_settings
from nastavnik.content.logic.messages import Said, gettext_noop, said

FORMAT = "nastavnik-course/1"
NAME = "course.yaml"
MEDIA = "media/"
TEXTS = "activities/"
MOST_ACTIVITIES = 300
LONGEST_TITLE = 200
LONGEST_CODE = 60
LONGEST_MINUTES = 24 * 60
# Settings that stand in a Markdown file beside the manifest, under `<name>_file`.
APART = ("text", "transcript")


@dataclass(frozen=True)
class Problem:
    """What is wrong, where: the file inside the archive and its line (0: the whole file)."""

    file: str
    line: int
    said: Said

    @property
    def text(self) -> str:
        return self.said.text


@dataclass(frozen=True)
class ActivityDraft:
    """An activity as the archive tells it."""

    key: str
    kind: ActivityKind
    title: str
    minutes: int
    content: Content
    is_required: bool = True
    line: int = 0


@dataclass(frozen=True)
class CourseDraft:
    """A course as the archive tells it. `owner` is a personnel code."""

    code: str
    title: str
    summary: str = ""
    is_open: bool = False
    in_order: bool = False
    owner: str = ""
    review_date: date | None = None
    activities: tuple[ActivityDraft, ...] = ()


@dataclass
class Reading:
    """What was read, and every problem met on the way; the draft is None when nothing could be made of it."""

    draft: CourseDraft | None = None
    problems: list[Problem] = field(default_factory=list)


BROKEN = gettext_noop("This is not valid YAML: {problem}.")
NO_MAPPING = gettext_noop("A mapping of names and values belongs here.")
ALIAS = gettext_noop("Anchors and aliases (& and *) are not read.")
OTHER_FORMAT = gettext_noop("The format is “{format}”, and {wanted} is read.")
MISSING = gettext_noop("“{field}” is missing.")
UNKNOWN = gettext_noop("“{field}” means nothing here.")
TWICE = gettext_noop("“{field}” stands here twice.")
WRONG = gettext_noop("“{field}” must be {wanted}.")
SAME_KEY = gettext_noop("The key “{key}” is used twice.")
NO_KIND = gettext_noop("“{kind}” is no kind of activity: {kinds}.")
NO_FILE = gettext_noop("The file “{name}” is not in the archive.")
NOT_UTF8 = gettext_noop("The file is not UTF-8 text.")
TOO_MANY = gettext_noop("There are more than {limit} activities.")
A_TEXT, A_NUMBER = gettext_noop("a text"), gettext_noop("a whole number from 1 to 1440")
A_SWITCH, A_DAY = gettext_noop("true or false"), gettext_noop("a day such as 2027-01-31")
A_CODE = gettext_noop("small Latin letters, digits and hyphens")
A_LIST = gettext_noop("a list")


class _Faulty(Exception):
    def __init__(self, line: int, told: Said) -> None:
        super().__init__(told.text)
        self.line, self.told = line, told


@dataclass(frozen=True)
class _Value:
    """A plain value and the line it stands in."""

    value: Any
    line: int


def _plain(node: yaml.Node, loader: yaml.SafeLoader) -> Any:
    """The node as values with their lines: mappings as {name: _Value}, sequences as [_Value]."""
    line = node.start_mark.line + 1
    if isinstance(node, yaml.MappingNode):
        found: dict[str, _Value] = {}
        for key_node, value_node in node.value:
            name, at = str(key_node.value), key_node.start_mark.line + 1
            if name in found:
                raise _Faulty(at, said(TWICE, field=name))
            found[name] = _Value(_plain(value_node, loader), at)
        return found
    if isinstance(node, yaml.SequenceNode):
        return [_Value(_plain(one, loader), one.start_mark.line + 1) for one in node.value]
    try:
        return loader.construct_object(node)
    except (yaml.YAMLError, ValueError) as error:
        raise _Faulty(line, said(BROKEN, problem=str(error).split("\n", maxsplit=1)[0])) from error


def _bare(value: Any) -> Any:
    """Without the lines."""
    if isinstance(value, _Value):
        return _bare(value.value)
    if isinstance(value, dict):
        return {name: _bare(one) for name, one in value.items()}
    return [_bare(one) for one in value] if isinstance(value, list) else value


def _tree(text: str) -> dict[str, _Value]:
    loader = yaml.SafeLoader(text)
    try:
        for token in yaml.scan(text, Loader=yaml.SafeLoader):
            if isinstance(token, yaml.AliasToken | yaml.AnchorToken):
                raise _Faulty(token.start_mark.line + 1, said(ALIAS))
        node = loader.get_single_node()
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise _Faulty(line, said(BROKEN, problem=error.problem or "")) from error
    except yaml.YAMLError as error:
        raise _Faulty(1, said(BROKEN, problem=str(error).split("\n", maxsplit=1)[0])) from error
    except RecursionError as error:
        raise _Faulty(1, said(BROKEN, problem="nesting")) from error
    found = _plain(node, loader) if node is not None else None
    if not isinstance(found, dict):
        raise _Faulty(1, said(NO_MAPPING))
    return found


COURSE_FIELDS = ("format", "code", "title", "summary", "open", "in_order", "owner", "review_date", "activities")
OWN_FIELDS = ("key", "kind", "title", "minutes", "required")


class _Reader:
    """Reads one manifest; problems gather, so that an author sees all of them at once."""

    def __init__(self, files: Mapping[str, bytes]) -> None:
        self.files, self.problems = files, list[Problem]()

    def fault(self, line: int, told: Said, file: str = NAME) -> None:
        self.problems.append(Problem(file, line, told))

    def take(
        self, tree: Mapping[str, _Value], name: str, kind: type, wanted: str, *, otherwise: Any = None, at: int = 1
    ) -> Any:
        """A value of the right kind; `otherwise` when it is absent, a problem when it is another kind or needed."""
        if name not in tree or tree[name].value is None:
            if otherwise is None:
                self.fault(at, said(MISSING, field=name))
            return otherwise
        value = tree[name].value
        if kind is str and isinstance(value, int | float) and not isinstance(value, bool):
            value = str(value)
        if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
            self.fault(tree[name].line, said(WRONG, field=name, wanted=wanted))
            return otherwise
        return value

    def course(self, tree: Mapping[str, _Value]) -> CourseDraft | None:
        told_format = _bare(tree["format"]) if "format" in tree else ""
        if told_format != FORMAT:
            line = tree["format"].line if "format" in tree else 1
            self.fault(line, said(OTHER_FORMAT, format=told_format, wanted=FORMAT))
            return None
        for name in tree.keys() - set(COURSE_FIELDS):
            self.fault(tree[name].line, said(UNKNOWN, field=name))
        rows = self.take(tree, "activities", list, A_LIST, otherwise=[])
        if len(rows) > MOST_ACTIVITIES:
            self.fault(tree["activities"].line, said(TOO_MANY, limit=MOST_ACTIVITIES))
            rows = []
        day = tree["review_date"].value if "review_date" in tree else None
        if day is not None and type(day) is not date:
            self.fault(tree["review_date"].line, said(WRONG, field="review_date", wanted=A_DAY))
            day = None
        return CourseDraft(
            code=self.slug(tree, "code", 1, LONGEST_CODE),
            title=self.title(tree, 1),
            summary=self.take(tree, "summary", str, A_TEXT, otherwise=""),
            is_open=self.take(tree, "open", bool, A_SWITCH, otherwise=False),
            in_order=self.take(tree, "in_order", bool, A_SWITCH, otherwise=False),
            owner=self.take(tree, "owner", str, A_TEXT, otherwise=""),
            review_date=day,
            activities=self.activities(rows),
        )

    def slug(self, tree: Mapping[str, _Value], name: str, at: int, longest: int) -> str:
        value = str(self.take(tree, name, str, A_CODE, at=at) or "")
        fits = value and value.isascii() and value.replace("-", "").isalnum() and value == value.lower()
        if value and not (fits and not value.startswith("-") and len(value) <= longest):
            self.fault(tree[name].line, said(WRONG, field=name, wanted=A_CODE))
        return value

    def title(self, tree: Mapping[str, _Value], at: int) -> str:
        value = str(self.take(tree, "title", str, A_TEXT, at=at) or "").strip()
        if len(value) > LONGEST_TITLE:
            self.fault(tree["title"].line, said(WRONG, field="title", wanted=A_TEXT))
        return value[:LONGEST_TITLE]

    def activities(self, rows: Sequence[_Value]) -> tuple[ActivityDraft, ...]:
        found: list[ActivityDraft] = []
        for row in rows:
            if not isinstance(row.value, dict):
                self.fault(row.line, said(NO_MAPPING))
                continue
            made = self.activity(row.value, row.line)
            if made is None:
                continue
            if any(one.key == made.key for one in found):
                self.fault(row.value["key"].line, said(SAME_KEY, key=made.key))
            found.append(made)
        return tuple(found)

    def activity(self, tree: dict[str, _Value], line: int) -> ActivityDraft | None:
        told_kind = str(self.take(tree, "kind", str, A_TEXT, at=line) or "")
        if told_kind not in ActivityKind.values:
            if told_kind:
                self.fault(tree["kind"].line, said(NO_KIND, kind=told_kind[:40], kinds=", ".join(ActivityKind.values)))
            return None
        kind = ActivityKind(told_kind)
        minutes = self.take(tree, "minutes", int, A_NUMBER, at=line)
        if minutes is not None and not 1 <= minutes <= LONGEST_MINUTES:
            self.fault(tree["minutes"].line, said(WRONG, field="minutes", wanted=A_NUMBER))
        reading = read(kind, self.settings(tree))
        for fault in reading.faults:
            at = tree[fault.field].line if fault.field in tree else line
            self.fault(at, fault.said)
        return ActivityDraft(
            key=self.slug(tree, "key", line, 40),
            kind=kind,
            title=self.title(tree, line),
            minutes=minutes or 1,
            content=reading.content,
            is_required=self.take(tree, "required", bool, A_SWITCH, otherwise=True, at=line),
            line=line,
        )

    def settings(self, tree: dict[str, _Value]) -> dict[str, Any]:
        """The settings of the kind, with texts fetched from their files."""
        raw: dict[str, Any] = {}
        for name, one in tree.items():
            if name in OWN_FIELDS:
                continue
            base = name.removesuffix("_file")
            if base != name and base in APART:
                raw[base] = self.text_of(str(_bare(one)), one.line)
            else:
                raw[name] = _bare(one)
        return raw

    def text_of(self, name: str, line: int) -> str:
        data = self.files.get(name)
        if data is None:
            self.fault(line, said(NO_FILE, name=name[:120]))
            return ""
        try:
            return data.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            self.fault(data[: error.start].count(b"\n") + 1, said(NOT_UTF8), name)
            return ""


def parse(text: bytes, files: Mapping[str, bytes]) -> Reading:
    """Read a manifest; `files`: the other texts of the archive by name."""
    reader = _Reader(files)
    try:
        draft = reader.course(_tree(text.decode("utf-8-sig")))
    except UnicodeDecodeError as error:
        return Reading(None, [Problem(NAME, text[: error.start].count(b"\n") + 1, said(NOT_UTF8))])
    except _Faulty as error:
        return Reading(None, [*reader.problems, Problem(NAME, error.line, error.told)])
    return Reading(draft, sorted(reader.problems, key=lambda one: (one.file, one.line)))


# Writing --------------------------------------------------------------------------------------------------------------


def compose(draft: CourseDraft) -> dict[str, bytes]:
    """The manifest and the texts of a course by their names in the archive."""
    files: dict[str, bytes] = {}
    rows = [_row(one, files) for one in draft.activities]
    head: dict[str, Any] = {"format": FORMAT, "code": draft.code, "title": draft.title}
    said_more = {
        "summary": draft.summary, "open": draft.is_open, "in_order": draft.in_order,
        "owner": draft.owner, "review_date": draft.review_date,
    }  # fmt: skip
    head |= {name: value for name, value in said_more.items() if value}
    text = yaml.safe_dump(head | {"activities": rows}, allow_unicode=True, sort_keys=False, width=1_000_000)
    return {NAME: text.encode(), **files}


def _row(one: ActivityDraft, files: dict[str, bytes]) -> dict[str, Any]:
    row: dict[str, Any] = {"key": one.key, "kind": one.kind.value, "title": one.title, "minutes": one.minutes}
    if not one.is_required:
        row["required"] = False
    for name, value in to_settings(one.content).items():
        if name in APART:
            path = f"{TEXTS}{one.key}{'' if name == 'text' else '.' + name}.md"
            files[path] = value.encode()
            row[f"{name}_file"] = path
        else:
            row[name] = value
    return row
