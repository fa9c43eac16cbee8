"""A day at the crisis desk in a real browser: what people do goes through the pages that they have.

Each test has a crew of its own (see tests/support/desk_centre.py), so that none sees what another did.
"""

import re
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from tests.support import desk_centre
from tests.support.browser import watch
from tests.support.desk_centre import CERTIFICATE_TITLE, OFFER, TRAINING, Desk
from tests.support.processes import Site

pytestmark = pytest.mark.slow
REFUSES, INSISTS = "Не тратьте ни своё, ни моё время. Возврат.", "Я же сказала: нет. Верните деньги."
KEEP = ("Можем поставить занятия на паузу до месяца.", "Подберём другого преподавателя?", "А два урока в подарок?")
SOFT = "a soft attempt to keep the customer"
PATIENCE = 60  # seconds for what the worker does; a page looked at again until it says so


class People:
    """Pages of people who work at once, each with a browser context of their own."""

    def __init__(self, browser: Browser, site: Site, desk: Desk, problems: list[str]) -> None:
        self.browser, self.site, self.desk, self.problems = browser, site, desk, problems
        self.contexts: list[BrowserContext] = []

    def page(self, code: str = "", width: int = 1440) -> Page:
        """A page of the person with the code; of a stranger without one."""
        context = self.browser.new_context(base_url=self.site.url, viewport={"width": width, "height": 900})
        context.set_default_timeout(20_000)
        self.contexts.append(context)
        context.add_cookies([{"name": "django_language", "value": "en", "url": self.site.url}])
        if code:
            context.add_cookies([{"name": "sessionid", "value": self.desk.sessions[code], "url": self.site.url}])
        opened = context.new_page()
        watch(opened, self.site, self.problems)
        return opened

    def chat(self, crew: str, text: str = "", *, talk: str = "1", kind: str = "refund", **more: Any) -> int:
        """The chat system tells what the customer said; answers the number of the case."""
        url, secret = self.desk.chats[crew]
        now = datetime.now(UTC).isoformat()
        said = [{"id": f"{talk}-{now}", "at": now, "side": "customer", "text": text}] if text else []
        body = {
            "conversation_id": f"{crew}-{talk}", "customer": {"id": f"K-{crew}"}, "kind": kind,
            "contract_id": f"D-{crew}", "subject": "Чат", "messages": said, **more,
        }  # fmt: skip
        answer = self.contexts[0].request.post(
            self.site.url + url, data=body, headers={"Authorization": f"Bearer {secret}"}
        )
        assert answer.status == 200, answer.text()
        return int(answer.json()["case"] or 0)


@pytest.fixture
def people(browser: Browser, site: Site, desk: Desk, problems: list[str]) -> Iterator[People]:
    """People at the desk; what a page did wrong fails the test."""
    made = People(browser, site, desk, problems)
    yield made
    for context in made.contexts:
        context.close()
    assert problems == []


def panel(page: Page) -> Locator:
    """The line that says where the refusal stands."""
    return page.locator("#case-refusal")


def part(page: Page, title: str) -> Locator:
    """A panel at the side of the case, loaded."""
    found = page.locator(".slot-panel", has=page.get_by_role("heading", name=title, exact=True))
    expect(found).not_to_have_attribute("aria-busy", "true")
    return found


def find(page: Page, number: int) -> None:
    """Open a case from the queue by its number."""
    page.goto(f"/crisis/cases/?q={number}")
    page.get_by_role("link", name=str(number), exact=True).click()
    expect(page.locator("h1")).to_contain_text(f"№ {number}")


def answer(page: Page, text: str, *, soft: bool = False) -> None:
    page.get_by_label("Answer to the customer").fill(text)
    if soft:
        page.get_by_label(SOFT).check()
    page.get_by_role("button", name="Send the answer").click()
    expect(page.locator(".case-message.side-agent").last).to_contain_text(text)


def do(page: Page, opener: str, **fields: str) -> None:
    """Press what opens a window, fill it in and send it."""
    page.get_by_role("button", name=opener, exact=True).first.click()
    window = page.get_by_role("dialog")
    for label, text in fields.items():
        window.get_by_label(label.replace("_", " ")).fill(text)
    window.locator("button[type=submit]").click()


def until(page: Page, found: Callable[[], Locator], text: str) -> None:
    """Look again until the page says so: the worker is at it."""
    deadline = time.monotonic() + PATIENCE
    while text not in (found().text_content() or ""):
        assert time.monotonic() < deadline, found().text_content()
        page.reload()


def letter_to(site: Site, address: str) -> str:
    """The text of the letter the product sent to the address."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        for path in sorted((site.home / "letters").glob("*.log")):
            letter = message_from_bytes(path.read_bytes(), policy=policy.default)
            if letter["To"] == address:
                return str(letter.get_content())
        time.sleep(0.2)
    raise AssertionError(f"no letter to {address}")


def choose(page: Page | Locator, label: str, text: str) -> None:
    """Choose the option that contains the text."""
    box = page.get_by_label(label, exact=True)
    box.select_option(box.locator("option", has_text=text).first.get_attribute("value"))


# The day ------------------------------------------------------------------------------------------------------------


def test_a_refusal_ends_in_a_refund_a_rating_figures_and_a_finding_about_a_colleague(
    people: People, site: Site
) -> None:
    anna = people.page("main-1")
    number = people.chat("main", REFUSES, talk="refund")
    refund_at_once(people, anna, number)
    complaint = compensation_without_a_certificate(anna)
    award(people.page("journey-head"), "Смирнова main")
    compensation_with_it(people, anna, complaint)
    double_payment(anna)
    rating(people, site)
    figures(people, anna)
    third_attempt(people, site)


def refund_at_once(people: People, anna: Page, number: int) -> None:
    """Two attempts, one is used, the customer insists, one button; the outcome follows from the log."""
    anna.goto("/crisis/")
    anna.get_by_role("button", name="I am at the desk").click()
    expect(anna.locator("main")).to_contain_text("1 free case waits in the queue.")
    expect(anna.locator("main")).not_to_contain_text("CSAT")
    anna.get_by_role("button", name="Take the next case").click()
    expect(anna.locator("h1")).to_contain_text(f"№ {number}")
    expect(panel(anna)).to_contain_text("Categorical refusal: 2 soft attempts left")
    answer(anna, KEEP[0], soft=True)
    expect(panel(anna)).to_contain_text("Categorical refusal: 1 soft attempt left")
    people.chat("main", INSISTS, talk="refund")
    anna.reload()
    expect(panel(anna)).to_contain_text("The refund is due: start it now")
    panel(anna).get_by_role("button", name="Start the refund").click()
    expect(panel(anna)).to_contain_text("The refund is started")
    part(anna, "Refund").get_by_role("button", name="Pay it back").click()
    expect(part(anna, "Refund")).to_contain_text(re.compile(r"money returned .*RUB\s20,000\.00"))
    do(anna, "Close the case")
    expect(anna.locator("main header").first).to_contain_text("refunded")


def compensation_without_a_certificate(anna: Page) -> str:
    """A complaint opened by hand: the offer is closed to her, and it is said which training opens it."""
    anna.goto("/crisis/cases/new/")
    anna.get_by_label("Number of the customer").fill("K-main")
    choose(anna, "What the customer comes with", "complaint")
    anna.get_by_label("What the customer said").fill("Преподаватель не пришёл второй раз.")
    anna.get_by_label("Number of the contract").fill("D-main")
    choose(anna, "To the queue of (optional)", "Стол «main»")
    anna.get_by_role("button", name="Open the case").click()
    anna.get_by_role("button", name="Take the case").click()
    offers = part(anna, "What I may offer")
    expect(offers).to_contain_text(f"You need the certificate “{CERTIFICATE_TITLE}”. It is gained by: {TRAINING}.")
    expect(offers.get_by_role("button", name="Make the offer")).to_have_count(0)
    offers.get_by_role("button", name="Ask for the training").click()
    expect(part(anna, "What I may offer")).to_contain_text("Your request for the training is recorded")
    return anna.url


def award(head: Page, person: str) -> None:
    head.goto("/learning/certificates/award/")
    choose(head, "Certificate kind", CERTIFICATE_TITLE)
    choose(head, "Person", person)
    head.get_by_label("Why", exact=True).fill("Обучение пройдено")
    head.get_by_role("button", name="Award the certificate").click()
    expect(head.locator(".toast")).to_contain_text("The certificate is awarded.")


def compensation_with_it(people: People, anna: Page, complaint: str) -> None:
    """The same offer is open now; above a sum a second person agrees before the customer hears of it."""
    anna.goto(complaint)
    offers = part(anna, "What I may offer")
    choose(offers, "Offer", OFFER)
    offers.get_by_label("Sum").fill("1200")
    offers.get_by_role("button", name="Make the offer").click()
    expect(part(anna, "What I may offer")).to_contain_text("waits for approval")
    lead = people.page("main-lead")
    lead.goto("/crisis/money/approvals/")
    lead.locator("section.panel", has_text="Смирнова main").get_by_role("button", name="Approve", exact=True).click()
    expect(lead.locator(".toast")).to_contain_text("Decided: approved")
    anna.reload()
    part(anna, "What I may offer").get_by_role("button", name="Present it to the customer").click()
    part(anna, "What I may offer").get_by_label("The customer's own words").fill("Да, зачислите.")
    part(anna, "What I may offer").get_by_role("button", name="The customer agreed").click()
    expect(part(anna, "What I may offer")).to_contain_text("«Да, зачислите.»")
    anna.reload()
    expect(part(anna, "Customer's account")).to_contain_text("1,200")


def double_payment(anna: Page) -> None:
    """A pair the rule proposes is confirmed; the customer has it on the account, then on the card."""
    anna.goto("/crisis/money/double/")
    anna.locator("tr", has_text="7main").get_by_role("button", name="Paid twice").click()
    to_the_account(anna, "Пусть останется у вас на счёте.")
    anna.get_by_role("link", name="Customer's account").click()
    expect(anna.locator("aside")).to_contain_text("3,190")
    anna.get_by_label("Pay out to the card").fill("1990")
    anna.get_by_role("button", name="Pay out to the card").click()
    expect(anna.locator("#statement-table")).to_contain_text("1,990")
    expect(anna.locator("aside")).to_contain_text("1,200")


def to_the_account(page: Page, words: str) -> None:
    """What the customer chose for a payment that waits to be cleared."""
    page.get_by_label("I offered the way back to the card").check()
    page.get_by_label("to the account with us").check()
    page.get_by_label("The customer's own words").fill(words)
    page.get_by_role("button", name="Move the money").click()
    expect(page.locator(".toast")).to_contain_text("The money went where the customer chose.")


def rating(people: People, site: Site) -> None:
    """The closed case ended the conversation: the customer is asked by letter, and answers once."""
    found = re.search(r"/crisis/rate/\S+", letter_to(site, "main@example.org"))
    assert found is not None
    customer = people.page(width=390)
    customer.goto(found[0])
    customer.get_by_label("4: good").check()
    customer.get_by_label("What should we know?").fill("Вернули быстро")
    customer.get_by_role("button", name="Send the rating").click()
    expect(customer.locator("main")).to_contain_text("Your rating is stored.")
    customer.goto(found[0])
    expect(customer.locator("main")).to_contain_text("Your rating is stored.")


def figures(people: People, anna: Page) -> None:
    """The day shows what she did; the lead sees it on the board."""
    anna.goto("/crisis/")
    for figure in ("CSAT", "Retention", "Technical refunds"):
        until(anna, lambda: anna.locator("main"), figure)
    lead = people.page("main-lead")
    lead.goto("/crisis/team/")
    expect(lead.get_by_role("row", name="Смирнова main")).to_contain_text("yes")
    lead.goto("/crisis/wallboard/")
    expect(lead.locator("#wall .panel", has_text="Closed today")).to_contain_text("1")


def third_attempt(people: People, site: Site) -> None:
    """A colleague persuades a third time. Nothing stops her; the audit of the night finds it, she contests."""
    vera = people.page("main-2")
    number = people.chat("main", REFUSES, talk="third")
    find(vera, number)
    vera.get_by_role("button", name="Take the case").click()
    for left, text in zip(("1 soft attempt left", "0 soft attempts left", "0 soft attempts left"), KEEP, strict=True):
        answer(vera, text, soft=True)
        expect(panel(vera)).to_contain_text(left)
        people.chat("main", "Не знаю.", talk="third")
        vera.reload()
    desk_centre.run(site, "audit")
    reviewer = people.page("journey-reviewer")
    reviewer.goto(f"/crisis/compliance/?q={number}")
    reviewer.locator("tr", has_text="attempt beyond the allowed number").locator("a.row-link").click()
    expect(reviewer.locator("mark")).to_have_text(KEEP[2])
    expect(reviewer.locator("main")).to_contain_text("Котова main")
    vera.goto(reviewer.url)
    vera.get_by_label("What speaks against it").fill("Клиент сам спросил про подарок по телефону.")
    vera.get_by_role("button", name="Contest the finding").click()
    expect(vera.locator(".toast")).to_contain_text("Contested: a reviewer will look at it.")
    reviewer.reload()
    expect(reviewer.locator("main")).to_contain_text("Клиент сам спросил про подарок по телефону.")
    reviewer.get_by_label("Why", exact=True).fill("Записи разговора нет.")
    reviewer.get_by_role("button", name="Uphold").click()
    expect(reviewer.locator(".toast")).to_contain_text("The verdict is recorded.")
    vera.reload()
    expect(vera.locator("main")).to_contain_text("Записи разговора нет.")
    reviewer.goto("/crisis/compliance/report/")
    expect(reviewer.locator("main")).to_contain_text("attempt beyond the allowed number")


def test_two_people_on_one_case_never_overwrite_each_other(people: People, problems: list[str]) -> None:
    people.page()
    number = people.chat("pair", REFUSES)
    anna, vera, lead = people.page("pair-1"), people.page("pair-2"), people.page("pair-lead")
    for page in (anna, vera, lead):
        page.route("**/live/**", lambda route: route.fulfill(status=204))  # what they saw stays what they saw
        find(page, number)
    anna.get_by_role("button", name="Take the case").click()
    expect(anna.locator(".toast")).to_contain_text("The case is yours.")
    vera.get_by_role("button", name="Take the case").click()
    expect(vera.locator(".toast")).to_contain_text(f"№ {number} is taken already: Смирнова pair works on it.")
    lead.reload()
    do(lead, "Leave a note", Note_for_colleagues="Клиент звонил утром.")
    expect(lead.locator(".toast")).to_contain_text("The note is kept.")
    anna.get_by_label("Answer to the customer").fill(KEEP[0])
    anna.get_by_role("button", name="Send the answer").click()
    expect(anna.locator("#composer")).to_contain_text("Лидова pair")
    expect(anna.get_by_label("Answer to the customer")).to_have_value(KEEP[0])
    expect(anna.locator(".case-message.side-agent")).to_have_count(0)
    anna.get_by_role("button", name="Send the answer").click()
    expect(anna.locator(".case-message.side-agent")).to_have_count(1)
    assert ["409" in one for one in problems] == [True]
    problems.clear()


def test_a_case_waits_for_the_customer_goes_on_closes_and_comes_back(people: People) -> None:
    anna = people.page("pair-1")
    number = people.chat("pair", "Меня не переубедить, верните остаток.", talk="2", kind="complaint")
    find(anna, number)
    anna.get_by_role("button", name="Take the case").click()
    head = anna.locator("main header").first
    do(anna, "Wait for the customer", What_we_wait_for_from_the_customer="Чек об оплате")
    expect(head).to_contain_text("waiting for the customer")
    expect(anna.locator("main")).to_contain_text("stands: we wait for the customer")
    people.chat("pair", "Вот чек.", talk="2")
    anna.reload()
    expect(anna.locator(".case-message").last).to_contain_text("Вот чек.")
    expect(head).to_contain_text("in work")
    do(anna, "Close the case")
    expect(head).to_contain_text("closed without refund or consent")
    do(anna, "Reopen the case", Why="Клиент перезвонил")
    expect(head).to_contain_text("in work")
    expect(panel(anna)).to_contain_text("Categorical refusal: 2 soft attempts left")
    expect(anna.get_by_label("Answer to the customer")).to_be_visible()


def test_money_that_came_by_mistake_goes_to_the_account_and_from_there_to_the_card(
    people: People, tmp_path: Path
) -> None:
    receipt = tmp_path / "чек.txt"
    receipt.write_text("Перевод 1 990 ₽")
    customer = people.page(width=390)
    customer.goto("/crisis/write/")
    choose(customer, "What you write about", "I paid by mistake or twice")
    customer.get_by_label("Your name").fill("Степан Ошибкин")
    customer.get_by_label("Your e-mail").fill("stepan@example.org")
    customer.get_by_label("What happened, and what you ask for").fill("Заплатил не туда, верните.")
    customer.get_by_label("Files").set_input_files(receipt)
    customer.get_by_role("button", name="Send").click()
    expect(customer.locator("h1")).to_have_text("Your message is here")
    anna = people.page("money-1")
    anna.goto("/crisis/cases/?which=free&q=Ошибкин")
    anna.locator("#cases-table a.row-link").click()
    expect(anna.locator(".case-message").first).to_contain_text("чек.txt")
    anna.get_by_role("button", name="Take the case").click()
    anna.goto("/crisis/money/payments/?state=waiting&q=R-stray")
    anna.get_by_role("link", name="R-stray", exact=True).click()
    choose(anna, "Case", "Степан Ошибкин")
    to_the_account(anna, "Да, на счёт, потом на карту.")
    anna.get_by_role("link", name="Customer's account").click()
    anna.get_by_label("Pay out to the card").fill("1990")
    anna.get_by_role("button", name="Pay out to the card").click()
    expect(anna.locator("#statement-table tbody tr")).to_have_count(2)
    expect(anna.locator("aside")).to_contain_text("RUB 0.00")


def test_the_whole_way_to_a_refund_needs_no_mouse(people: People) -> None:
    anna = people.page("keys-1")
    people.chat("keys", REFUSES)
    anna.goto("/crisis/")
    anna.keyboard.press("t")
    expect(panel(anna)).to_contain_text("Categorical refusal: 2 soft attempts left")
    anna.keyboard.press("a")
    expect(anna.get_by_label("Answer to the customer")).to_be_focused()
    anna.keyboard.type(KEEP[0])
    anna.keyboard.press("Tab")
    anna.keyboard.press("ArrowDown")
    expect(anna.get_by_label(SOFT)).to_be_checked()
    anna.keyboard.press("Control+Enter")
    expect(panel(anna)).to_contain_text("Categorical refusal: 1 soft attempt left")
    anna.keyboard.press("a")
    anna.keyboard.type("Пишу дальше и")
    people.chat("keys", INSISTS)
    expect(panel(anna)).to_contain_text("The refund is due: start it now", timeout=20_000)
    expect(anna.get_by_label("Answer to the customer")).to_have_value("Пишу дальше и")
    expect(anna.get_by_label("Answer to the customer")).to_be_focused()
    anna.keyboard.press("Escape")
    anna.keyboard.press("r")
    expect(panel(anna)).to_contain_text("The refund is started")
