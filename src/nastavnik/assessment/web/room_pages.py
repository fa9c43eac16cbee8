"""The pages of an exam room as strings: what their skeletons hold, what fills the holes. No queries."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext

from nastavnik.assessment.queries.papers import Seat
from nastavnik.assessment.queries.rooms import Standing
from nastavnik.assessment.web import paper, skeletons
from nastavnik.assessment.web.skeletons import hole
from nastavnik.assessment.web.tickets import Ticket


@dataclass(frozen=True)
class Look:
    """A taker looks at the room: with which ticket and theme, at what, when."""

    ticket: Ticket
    theme: str
    taken: Seat
    stands: Standing
    now: datetime


_DONE = format_html(' class="{}"', "done")


def page_url(taken: Seat, page: int) -> str:
    """Where a page of questions is; after the last one, the last look."""
    if page > taken.pages:
        return reverse("assessment:attempt-check", args=[taken.public_id])
    return reverse("assessment:attempt-page", args=[taken.public_id, page])


def questions(look: Look, number: int) -> str:
    """One page of questions with the answers given so far."""
    taken, values, had = look.taken, _frame(look), []
    for place in taken.places(number):
        asked, order, position = taken.question(place)
        answer = look.stands.answers.get(position)
        values[f"question_{place}"] = paper.question(asked, order, answer, f"q{place}")
        values[f"saved_{place}"] = gettext("saved") if answer is not None else ""
        if answer is not None:
            had.append(str(place))
    values |= {"had": ",".join(had), "sequence": look.stands.sequence + 1}
    shape = (taken.size, taken.page_size, number)
    return skeletons.page("assessment/room.html", look.ticket.language, shape, _questions_skeleton, values)


def last_look(look: Look) -> str:
    """What has no answer, and the button that ends the attempt."""
    taken, values = look.taken, _frame(look)
    empty = [place for place in range(1, taken.size + 1) if not values[f"done_{place}"]]
    said = ngettext("%(n)s question has no answer yet.", "%(n)s questions have no answer yet.", len(empty))
    values |= {"said": said % {"n": len(empty)}, "links": _links(taken, empty)}
    shape = (taken.size, taken.page_size, bool(empty))
    return skeletons.page("assessment/room_check.html", look.ticket.language, shape, _check_skeleton, values)


def _frame(look: Look) -> dict[str, object]:
    """What fills the holes every page of the room has: title, time, dots."""
    taken, stands = look.taken, look.stands
    marks = {
        place: _DONE if stands.answers.get(laid["p"]) is not None else ""
        for place, laid in enumerate(taken.layout, start=1)
    }
    left = stands.seconds_left(look.now)
    minutes = -(-left // 60)
    done = sum(map(bool, marks.values()))
    return {f"done_{place}": mark for place, mark in marks.items()} | {
        "title": taken.exam_title, "public_id": taken.public_id, "theme": look.theme, "left": left,
        "key": look.ticket.key,
        "done": gettext("%(n)s of %(total)s answered") % {"n": done, "total": taken.size},
        "minutes": ngettext("%(n)s minute", "%(n)s minutes", minutes) % {"n": minutes},
        "until": gettext("until %(t)s") % {"t": f"{timezone.localtime(stands.deadline_at):%H:%M}"},
    }  # fmt: skip


def _links(taken: Seat, empty: list[int]) -> SafeString:
    """To the pages of the questions without an answer."""
    rows = (
        (page_url(taken, -(-place // taken.page_size)), gettext("Question %(n)s") % {"n": place}) for place in empty
    )
    return format_html_join(" ", '<a class="button small" href="{}">{}</a>', rows)


def _addresses() -> dict[str, str]:
    """Where the pages of a room lead, but for the attempt."""
    args = [hole("public_id")]
    return {
        "room_url": reverse("assessment:attempt-room", args=args),
        "save_url": reverse("assessment:attempt-save", args=args),
        "submit_url": reverse("assessment:attempt-submit", args=args),
        "check_url": reverse("assessment:attempt-check", args=args),
    }


def _frame_skeleton(size: int, page_size: int) -> dict[str, Any]:
    attempt = hole("public_id")
    pages = [
        {
            "number": str(number),
            "url": reverse("assessment:attempt-page", args=[attempt, number]),
            "dots": [
                {"place": str(place), "done": hole(f"done_{place}")}
                for place in range((number - 1) * page_size + 1, min(number * page_size, size) + 1)
            ],
        }
        for number in range(1, -(-size // page_size) + 1)
    ]
    names = ("title", "public_id", "theme", "left", "done", "minutes", "until", "key")
    return {name: hole(name) for name in names} | {"size": str(size), "pages": pages} | _addresses()


def _questions_skeleton(shape: skeletons.Shape) -> dict[str, Any]:
    """The context of a page of questions with its holes. Shape: questions, questions a page, page."""
    size, page_size, number = shape
    frame = _frame_skeleton(size, page_size)
    pages = frame["pages"]
    questions = [
        {"place": dot["place"], "html": hole(f"question_{dot['place']}"), "saved": hole(f"saved_{dot['place']}")}
        for dot in pages[number - 1]["dots"]
    ]
    return frame | {
        "questions": questions, "page": str(number), "had": hole("had"), "sequence": hole("sequence"),
        "is_first": number == 1, "is_last": number == len(pages),
        "next_url": pages[number]["url"] if number < len(pages) else frame["check_url"],
        "back_url": pages[number - 2]["url"] if number > 1 else "",
    }  # fmt: skip


def _check_skeleton(shape: skeletons.Shape) -> dict[str, Any]:
    """The context of the last look. Shape: questions, questions a page, whether one has no answer."""
    size, page_size, is_empty = shape
    frame = _frame_skeleton(size, page_size)
    return frame | {
        "is_empty": is_empty, "said": hole("said"), "links": hole("links"), "back_url": frame["pages"][-1]["url"],
    }  # fmt: skip
