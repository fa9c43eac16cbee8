"""The newcomers' journey as issue 3 tells it, played in a real browser on a site whose clock the test sets.

Five join; a list enrols them; the distance part; one is stopped at the gate; four want three seats; attendance on a
phone; certificates; a year later the shorter way, with all history where it was.
"""

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.support import academy_story as story
from tests.support.browser import watch
from tests.support.cast import Cast
from tests.support.processes import Site, nastavnik
from tests.support.time_travel import SiteClock

pytestmark = pytest.mark.slow
THURSDAY = datetime(2027, 2, 4, 9, 0, tzinfo=UTC)
"""When the live session begins: noon in Moscow, three days after the newcomers joined."""
AFTER_EXPIRY = datetime(2028, 2, 7, 6, 30, tzinfo=UTC)
"""A Monday three days after certificates of twelve months have ended."""
EXPIRED = "from nastavnik.learning.jobs import follow_certificates; follow_certificates()"


def test_newcomers_go_from_the_intake_to_a_certificate_and_renew_it_a_year_later(
    cast: Cast, places: dict[str, str], clock: SiteClock, academy: Site, tmp_path: Path
) -> None:
    enrol_the_intake(cast, places, tmp_path)
    for login in ("n1", "n2", "n3", "n4"):
        learn_the_distance_part(cast, login)
        sit_the_test(cast, login, right=True)
    learn_the_distance_part(cast, "n5")
    sit_the_test(cast, "n5", right=False)
    session = plan_a_session_of_three_seats(cast)
    stopped_at_the_gate(cast, "n5", session)
    the_head_sees_who_stands_where(cast, places)
    four_want_three_seats(cast, session)
    clock.set(THURSDAY)
    attendance_on_a_phone(cast, session)
    number = the_certificate_is_checked_by_anybody(cast, "n1", tmp_path)
    before = what_the_first_cycle_shows(cast, "n1")
    clock.set(AFTER_EXPIRY)
    ended = nastavnik(academy.home, "manage", "shell", "--verbosity", "0", "-c", EXPIRED, **clock.env)
    assert ended.returncode == 0, ended.stderr
    cast.pages.clear()  # whoever logged in a year ago logs in again
    the_shorter_way(cast, "n1", number)
    assert what_the_first_cycle_shows(cast, "n1") == before


# -- day one -----------------------------------------------------------------------------------------------------------


def enrol_the_intake(cast: Cast, places: dict[str, str], folder: Path) -> None:
    """A file of five is checked, then enrolled; the cohort board shows all of them before the first gate."""
    page, file = cast.page("head"), folder / "newcomers.csv"
    file.write_text("code;name\n" + "".join(f"{code};{name}\n" for code, name in story.NEWCOMERS))
    page.goto(places["programme"])
    page.get_by_role("link", name="Enrol people").click()
    page.get_by_label("or a file").set_input_files(file)
    page.get_by_label("Intake").select_option(label="Февраль 2027")
    page.get_by_role("button", name="Check the list").click()
    expect(page.get_by_role("heading", name="5 people can be enrolled")).to_be_visible()
    page.get_by_role("button", name="Enrol 5 people").click()
    expect(page.locator("#toasts")).to_contain_text("5 people enrolled.")
    for _code, name in story.NEWCOMERS:
        expect(page.locator("main")).to_contain_text(name)


def learn_the_distance_part(cast: Cast, login: str) -> None:
    """From the plan into the course: read, leaf through, watch to the end; each tick stands before the next opens."""
    page = cast.page(login)
    reload_until(page, "/learning/plan/", page.get_by_role("link", name="Возвраты", exact=True))
    page.get_by_role("link", name="Возвраты", exact=True).click()
    page.get_by_role("button", name="Begin the course").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Закон о сроках")
    page.get_by_role("button", name="I have read it").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Сроки на слайдах")
    for number in (2, 3):
        page.get_by_role("link", name="Next page").click()
        expect(page.locator("#slides")).to_contain_text(f"Page {number} of 3")
    expect(page.locator("#rule")).to_contain_text("Seen 3 of 3 pages.")
    page.get_by_role("link", name="Go to the next activity").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Разбор звонка")
    watch_to_the_end(page)
    page.reload()
    page.get_by_role("link", name="Go to the next activity").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Проверьте себя")


def watch_to_the_end(page: Page) -> None:
    """Twice as fast; the share watched comes back from the server."""
    page.get_by_label("Speed").select_option("2")
    page.locator("video").evaluate("video => { video.muted = true; return video.play(); }")
    expect(page.locator("#rule [data-part=tick]")).to_be_visible()
    expect(page.locator("#rule")).to_contain_text("Watched ")


def sit_the_test(cast: Cast, login: str, *, right: bool) -> None:
    """From the course into the room: every question on screen is answered, then submitted."""
    page = cast.page(login)
    page.get_by_role("link", name="To the exam").click()
    page.get_by_role("button", name="Begin the exam").click()
    answer_and_submit(page, right=right)
    expect(page.locator("[data-anchor=result]")).to_contain_text("Passed" if right else "Not passed")


def answer_and_submit(page: Page, *, right: bool) -> None:
    while page.locator("[data-part=room-page]").count():
        answer_this_page(page, right=right)
        at = page.url
        page.get_by_role("button", name=re.compile("Save and (go on|check)")).click()
        page.wait_for_url(lambda url, at=at: url != at)
    expect(page.get_by_text("Every question has an answer.")).to_be_visible()
    page.get_by_role("button", name="Submit the exam").click()


def answer_this_page(page: Page, *, right: bool) -> None:
    for question in page.locator("li.question").all():
        text = story.RIGHT if right else "Через месяц"
        question.get_by_label(text).check()
        expect(question.locator("[data-part=saved]")).to_contain_text("saved ")


def reload_until(page: Page, path: str, wanted: Locator, seconds: int = 20) -> None:
    """The worker follows events a moment later: look again until it has."""
    for _try in range(seconds * 2):
        page.goto(path)
        if wanted.count():
            return
        page.wait_for_timeout(500)
    expect(wanted).to_be_visible()


# -- the gate and the seats --------------------------------------------------------------------------------------------


def plan_a_session_of_three_seats(cast: Cast) -> str:
    page = cast.page("trainer", width=390)
    page.goto("/learning/sessions/desk/")
    page.get_by_role("link", name="Plan a session").click()
    page.get_by_role("link", name="A calm talk").click()
    page.get_by_label("Starts").fill("2027-02-04T12:00")
    page.get_by_label("Room").select_option(label="Большая аудитория")
    page.get_by_label("Seats", exact=True).fill("3")
    page.get_by_role("button", name="Plan the session").click()
    expect(page.locator("main")).to_contain_text("3 of 3 left")
    return page.url


def stopped_at_the_gate(cast: Cast, login: str, session: str) -> None:
    """Who failed sees why in the plan, what is to be done about it, and gets no seat in the costly part."""
    page = cast.page(login)
    reload_until(page, "/learning/plan/", page.get_by_role("link", name="Сроки: коротко"))
    plan = page.locator("main")
    expect(plan).to_contain_text("0% on “Сроки возврата” in the test “Тест о возвратах”")
    expect(plan).to_contain_text("the test “Тест о возвратах” again, in another form: 0% were not enough")
    expect(plan).to_contain_text("0% in the test “Тест о возвратах”, 80% are needed")
    expect(plan).to_contain_text("opens after the gate of “Дистанционная часть”")
    page.get_by_role("link", name="Тест о возвратах", exact=True).click()
    expect(page.get_by_role("button", name="Begin the exam")).to_be_visible()
    page.goto(session)
    expect(page.locator("main")).to_contain_text("For you this session opens after the gate of “Дистанционная часть”.")
    expect(page.locator("main")).to_contain_text("0% in the test “Тест о возвратах”, 80% are needed")
    expect(page.get_by_role("button", name="Take a seat")).to_have_count(0)


def the_head_sees_who_stands_where(cast: Cast, places: dict[str, str]) -> None:
    page = cast.page("head")
    page.goto(places["programme"] + "board/")
    expect(page.locator("main")).to_contain_text("0% in the test “Тест о возвратах”, 80% are needed")


def four_want_three_seats(cast: Cast, session: str) -> None:
    """The fourth waits; the first gives the seat back, and the fourth has it and is told."""
    for login in ("n1", "n2", "n3"):
        page = cast.page(login)
        reload_until(page, session, page.get_by_role("button", name="Take a seat"))
        page.get_by_role("button", name="Take a seat").click()
        expect(page.get_by_text("You have a seat.")).to_be_visible()
    waits = cast.page("n4")
    reload_until(waits, session, waits.get_by_role("button", name="Join the wait-list"))
    expect(waits.locator("main")).to_contain_text("All seats are taken.")
    waits.get_by_role("button", name="Join the wait-list").click()
    expect(waits.get_by_text("You are number 1 on the wait-list.")).to_be_visible()
    gives = cast.page("n3")
    gives.get_by_role("button", name="Give the seat back").click()
    expect(gives.locator("#toasts")).to_contain_text("the seat goes to whoever waited longest")
    waits.reload()
    expect(waits.get_by_text("You have a seat.")).to_be_visible()
    waits.goto("/learning/notices/")
    expect(waits.locator("main")).to_contain_text("You have a seat in the session")


# -- the live part, on a phone -----------------------------------------------------------------------------------------


def attendance_on_a_phone(cast: Cast, session: str) -> None:
    """At 390 px: from the desk to the list, three are there, the session is finished."""
    page = cast.page("trainer", width=390)
    page.goto("/learning/sessions/desk/")
    page.get_by_role("link", name="Mark attendance").click()
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    for name in ("Арбузова", "Берёзкин", "Грушин"):
        row = page.locator(".attendance-row", has_text=name)
        row.get_by_role("button", name="Present").click()
        expect(row.get_by_role("button", name="Present")).to_have_attribute("aria-pressed", "true")
    expect(page.locator(".attendance-row")).to_have_count(3)
    page.get_by_role("button", name="Finish the session").click()
    page.locator("#finish").get_by_role("button", name="Finish the session").click()
    expect(page.locator(".page-head")).to_contain_text("held")


# -- the certificate ---------------------------------------------------------------------------------------------------


def the_certificate_is_checked_by_anybody(cast: Cast, login: str, folder: Path) -> str:
    """It comes by itself; the paper is a PDF; its number is checked without logging in. Returns the number."""
    page = cast.page(login)
    row = page.get_by_role("row").filter(has_text="Refunds").get_by_role("link")
    reload_until(page, "/learning/certificates/", row)
    row.click()
    expect(page.locator("main")).to_contain_text("Valid through")
    paper = page.request.get(page.get_by_role("link", name="Print in English").get_attribute("href") or "")
    assert (paper.status, paper.headers["content-type"], paper.body()[:5]) == (200, "application/pdf", b"%PDF-")
    address = page.get_by_role("link", name="The page where anybody may check it").get_attribute("href") or ""
    stranger = cast.context().new_page()
    watch(stranger, cast.site, cast.problems)
    stranger.goto(address)
    expect(stranger.locator("main")).to_contain_text("Саша А.")
    expect(stranger.locator("main")).to_contain_text("valid")
    number = address.rstrip("/").rsplit("/", 1)[-1]
    expect(stranger.locator("main")).to_contain_text(number)
    stranger.context.close()
    return number


def what_the_first_cycle_shows(cast: Cast, login: str) -> dict[str, str]:
    """What a person reads of the first cycle: what was done and when, the attempt, the days of the certificate."""
    page = cast.page(login)
    page.goto("/learning/plan/")
    page.get_by_role("region", name="Gone through").locator("li").last.get_by_role("link").click()
    expect(page.locator("main")).to_contain_text("Cycle 1, version 1")
    enrolment = "\n".join(page.locator("main .panel", has_text=part).last.inner_text() for part in ("Plan", "History"))
    page.goto("/assessment/mine/")
    attempt = page.locator("#my-exams tbody tr").last.inner_text()
    page.goto("/learning/certificates/")
    page.get_by_role("row").filter(has_text="4 Feb 2027").get_by_role("link").click()
    days = page.locator("dl.facts").inner_text()
    return {"enrolment": enrolment, "attempt": attempt, "certificate": days}


# -- a year later ------------------------------------------------------------------------------------------------------


def the_shorter_way(cast: Cast, login: str, number: str) -> None:
    """The certificate has ended: a second cycle asks for the test alone; passed, it gives a new certificate."""
    page = cast.page(login)
    reload_until(page, "/learning/plan/", page.get_by_text("cycle 2"))
    expect(page.locator("main")).to_contain_text("Ввод новичков: the certificate ends on 4 Feb 2028")
    expect(page.locator(".plan-line")).to_have_count(1)
    page.locator(".plan-line").get_by_role("link", name="Тест о возвратах").click()
    page.get_by_role("button", name="Begin the exam").click()
    answer_and_submit(page, right=True)
    expect(page.locator("[data-anchor=result]")).to_contain_text("Passed")
    reload_until(page, "/learning/certificates/", page.get_by_role("row").filter(has_text="7 Feb 2028"))
    expect(page.get_by_role("row").filter(has_text=number)).to_have_count(1)
