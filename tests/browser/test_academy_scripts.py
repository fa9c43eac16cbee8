"""The scripts of the exam room and of the video player, on a real line that breaks."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.support.academy_rooms import FILM_SECONDS
from tests.support.cast import Cast

pytestmark = pytest.mark.slow
NO_LINE = "ERR_INTERNET_DISCONNECTED"


def entered(page: Page, address: str) -> None:
    """Into the room of the attempt, from its page with the rules."""
    page.goto(address)
    page.get_by_role("button", name=re.compile("Begin the exam|Go on with the exam")).click()
    expect(page.locator("[data-part=room-page]")).to_be_visible()


def choose(question: Locator, place: int) -> str:
    """Tick an option, as a person does on its label; its text."""
    label = question.locator("label.check").nth(place)
    label.click()
    return label.inner_text()


def saved(page: Page, place: int) -> Locator:
    return page.locator(f'[data-place="{place}"] [data-part=saved]')


def chosen(page: Page) -> list[str]:
    """Texts of the ticked options, in the order of the page."""
    ticked = page.locator("li.question label.check", has=page.locator("input:checked"))
    return [text.strip() for text in ticked.all_inner_texts()]


def broken_line_only(problems: list[str]) -> None:
    """The browser complains of each request without a line, and of nothing else."""
    assert [one for one in problems if NO_LINE not in one] == []
    assert problems  # the line really was broken
    problems.clear()


def test_answers_given_without_a_line_are_visibly_not_saved_and_go_out_when_it_is_back(
    cast: Cast, rooms: dict[str, str], problems: list[str]
) -> None:
    page = cast.page("t3")
    entered(page, rooms["attempt-t3"])
    questions = page.locator("li.question")
    given = [choose(questions.nth(0), 0)]
    expect(saved(page, 1)).to_contain_text(re.compile(r"saved \d\d:\d\d:\d\d"))
    page.context.set_offline(True)
    given += [choose(questions.nth(1), 1), choose(questions.nth(2), 0)]
    for place in (2, 3):
        expect(saved(page, place)).to_have_text("not saved yet")
        expect(page.locator(f'[data-dot="{place}"]')).to_have_class(re.compile("waiting"))
    expect(page.get_by_role("alert")).to_contain_text("No connection. Go on answering")
    page.context.set_offline(False)
    for place in (2, 3):
        expect(saved(page, place)).to_contain_text(re.compile(r"saved \d\d:\d\d:\d\d"))
    expect(page.get_by_role("alert")).to_be_hidden()
    expect(page.locator("[data-part=room-done]")).to_have_text("3 of 6 answered")
    broken_line_only(problems)

    other = cast.another_device("t3")
    entered(other, rooms["attempt-t3"])
    other.get_by_role("link", name="Page 1", exact=True).click()
    expect(other.locator("[data-part=room-done]")).to_have_text("3 of 6 answered")
    assert chosen(other)[:3] == [text.strip() for text in given]


def test_an_answer_outlives_the_tab_it_was_given_in_without_a_line(
    cast: Cast, rooms: dict[str, str], problems: list[str]
) -> None:
    page = cast.page("t4")
    entered(page, rooms["attempt-t4"])
    room = page.url
    page.context.set_offline(True)
    given = choose(page.locator("li.question").nth(0), 1)
    expect(saved(page, 1)).to_have_text("not saved yet")
    expect(page.get_by_role("alert")).to_be_visible()
    context = page.context
    page.close()  # without asking: as a phone that ran out of power
    context.set_offline(False)
    broken_line_only(problems)
    again = context.new_page()
    again.goto(room)
    expect(saved(again, 1)).to_contain_text(re.compile(r"saved \d\d:\d\d:\d\d"))
    assert chosen(again)[0] == given.strip()
    again.reload()
    assert chosen(again)[0] == given.strip()  # now from the server: the queue is empty
    assert again.evaluate("Object.entries(localStorage).filter(([, kept]) => kept !== '[]').length") == 0


def test_nothing_is_submitted_while_an_answer_waits_on_the_device(
    cast: Cast, rooms: dict[str, str], problems: list[str]
) -> None:
    page = cast.page("t1")
    page.on("dialog", lambda question: question.accept())  # «leave the page?», as the page asks while something waits
    entered(page, rooms["attempt-t1"])
    page.get_by_role("link", name="Page 2", exact=True).click()
    expect(page.locator("li.question")).to_have_count(1)
    page.route("**/save/", lambda route: route.abort())
    choose(page.locator("li.question").first, 0)
    expect(saved(page, 6)).to_have_text("not saved yet")
    check = re.sub(r"\d+/$", "check/", page.url)
    page.goto(check)
    expect(page.locator("[data-part=room-page]")).to_be_visible()  # back to the questions, not to the button
    page.unroute("**/save/")
    page.get_by_role("link", name="Page 2", exact=True).click()
    expect(saved(page, 6)).to_contain_text("saved")
    assert [one for one in problems if "ERR_FAILED" not in one] == []
    problems.clear()
    page.goto(check)
    expect(page.get_by_role("main")).to_contain_text("5 questions have no answer yet.")
    expect(page.get_by_role("button", name="Submit the exam")).to_be_visible()


# -- the film ----------------------------------------------------------------------------------------------------------

_PLAY_TO = """(video, end) => new Promise((done) => {
  video.muted = true;
  const look = () => { if (video.currentTime >= end) { video.pause(); done(video.currentTime); } };
  video.addEventListener("timeupdate", look);
  video.play();
})"""


def test_a_film_tells_what_was_watched_resumes_there_and_cannot_be_skipped(cast: Cast, rooms: dict[str, str]) -> None:
    page = cast.page("t1")
    page.goto(rooms["film"])
    page.get_by_role("button", name="Begin the course").click()
    film = page.locator("video")
    expect(page.locator("#rule")).to_contain_text("skipping ahead is off")
    with page.expect_response("**/watch/") as told:
        stopped = film.evaluate(_PLAY_TO, 2.5)
    furthest = told.value.json()["furthest"]
    assert 2 <= furthest <= stopped + 0.1
    expect(page.locator("#rule [data-part=evidence]")).to_contain_text(re.compile(r"Watched \d\d%: \d of \d s\."))

    film.evaluate(f"video => {{ video.currentTime = {FILM_SECONDS - 1}; }}")
    page.wait_for_function("document.querySelector('video').currentTime < 4")

    page.reload()
    page.wait_for_function(f"Math.abs(document.querySelector('video').currentTime - {stopped}) < 0.6")
    expect(page.locator("#rule [data-part=tick]")).to_be_hidden()
    with page.expect_response("**/watch/"):
        film.evaluate("video => { video.muted = true; video.playbackRate = 2; return video.play(); }")
    expect(page.locator("#rule [data-part=tick]")).to_be_visible()
    page.reload()
    expect(page.get_by_text("Skipping ahead is off until")).to_have_count(0)  # seen once, it may be leafed through
    film.evaluate("video => { video.currentTime = 6; }")
    page.wait_for_function("document.querySelector('video').currentTime > 5.9")
