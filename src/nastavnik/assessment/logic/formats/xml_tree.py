"""XML as a small tree with line numbers, read by expat. A document type is refused: no entities, nothing to expand.

Limits on depth and on the number of elements keep a hostile file cheap.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.parsers import expat

from nastavnik.assessment.logic.messages import gettext_noop

DEPTH = 40
ELEMENTS = 500_000
MESSAGES_OF_EXPAT = gettext_noop("The file is not well-formed XML: {problem}.")
DOCTYPE = gettext_noop("The file declares a document type. Question files need none, and it is refused.")
TOO_DEEP = gettext_noop("The elements are nested more than {limit} deep.")
TOO_MANY = gettext_noop("The file has more than {limit} elements.")
MESSAGES = (MESSAGES_OF_EXPAT, DOCTYPE, TOO_DEEP, TOO_MANY)


class BadXml(Exception):
    """The file cannot be read further than `line`; the message is an English sentence."""

    def __init__(self, line: int, message: str, **params: object) -> None:
        super().__init__(message)
        self.line, self.message, self.params = line, message, tuple(params.items())


@dataclass
class Node:
    """An element with its own text (that of its children apart)."""

    tag: str
    attributes: dict[str, str]
    line: int
    text: str = ""
    children: list["Node"] = field(default_factory=list)

    def all(self, tag: str) -> Iterator["Node"]:
        return (child for child in self.children if child.tag == tag)

    def one(self, tag: str) -> "Node | None":
        return next(self.all(tag), None)

    def value(self, tag: str, default: str = "") -> str:
        """The text of a child, or of the <text> in it."""
        child = self.one(tag)
        if child is None:
            return default
        inner = child.one("text")
        return (inner if inner is not None else child).text


def parse(data: bytes) -> Node:
    """The root of the document. Raises BadXml."""
    parser = expat.ParserCreate()
    parser.buffer_text = True
    root = Node("", {}, 0)
    stack, count = [root], [0]

    def start(tag: str, attributes: dict[str, str]) -> None:
        count[0] += 1
        if len(stack) > DEPTH:
            raise BadXml(parser.CurrentLineNumber, TOO_DEEP, limit=DEPTH)
        if count[0] > ELEMENTS:
            raise BadXml(parser.CurrentLineNumber, TOO_MANY, limit=ELEMENTS)
        node = Node(tag, attributes, parser.CurrentLineNumber)
        stack[-1].children.append(node)
        stack.append(node)

    def text(given: str) -> None:
        stack[-1].text += given

    def refuse(*_: object) -> None:
        raise BadXml(parser.CurrentLineNumber, DOCTYPE)

    parser.StartElementHandler = start
    parser.EndElementHandler = lambda _tag: stack.pop() and None
    parser.CharacterDataHandler = text
    parser.StartDoctypeDeclHandler = refuse
    parser.EntityDeclHandler = refuse
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        raise BadXml(error.lineno, MESSAGES_OF_EXPAT, problem=expat.ErrorString(error.code)) from error
    except (ValueError, LookupError) as error:  # an encoding nobody knows
        raise BadXml(parser.CurrentLineNumber, MESSAGES_OF_EXPAT, problem=str(error)) from error
    return root.children[0]
