"""Accounts and their transactions, as somebody uses them."""

from playwright.sync_api import Page, expect

from ledger.core.settings import TITLE

from .steps import expect_said, fill_in_account, fill_in_transaction, post


def test_the_first_accounts_are_opened(page: Page):
    page.goto("/")
    expect(page.get_by_role("heading", name="No accounts yet")).to_be_visible()
    fill_in_account(page, "Giro")
    expect_said(page, "Account Giro added.")
    expect(page.get_by_role("link", name="Giro")).to_contain_text("€0.00")
    expect(page.get_by_role("button", name="Add account")).to_be_focused()

    page.keyboard.press("Enter")
    expect(page.get_by_label("Name")).to_be_focused()
    fill_in_account(page, "Yen", "cash", "jpy")
    expect(page.get_by_role("button", name="Add account")).to_be_focused()
    expect(page.get_by_role("listitem").filter(has_text="Total in JPY")).to_contain_text("JP¥0")


def test_a_form_says_what_is_wrong_with_it(page: Page):
    page.goto("/")
    fill_in_account(page, "", currency="E")
    form = page.get_by_role("form", name="Add account")
    expect(form.get_by_label("Name")).to_be_focused()
    expect(form.get_by_label("Name")).to_have_accessible_description("Give the account a name.")
    expect(form.get_by_label("Currency")).to_have_accessible_description("Three letters, as in EUR.")

    post(page, "/api/accounts", {"name": "Giro", "kind": "cash"})
    fill_in_account(page, "GIRO")
    expect(form.get_by_role("alert")).to_have_text("an account named Giro exists already")
    expect(form.get_by_label("Name")).to_have_value("GIRO")


def test_transactions_are_booked_one_after_another(page: Page):
    post(page, "/api/accounts", {"name": "Giro", "kind": "checking"})
    page.goto("/")
    page.get_by_role("link", name="Giro").click()
    expect(page).to_have_title(f"Giro · {TITLE}")
    expect(page.get_by_text("Nothing was booked here yet.")).to_be_visible()

    fill_in_transaction(page, "1,234.56", "Employer", received=True)
    expect_said(page, "Booked €1,234.56, Employer.")
    expect(page.get_by_label("Amount")).to_be_focused()
    fill_in_transaction(page, "12,5", "Bakery")
    expect_said(page, "Booked -€12.50, Bakery.")

    rows = page.get_by_role("table", name="Transactions").get_by_role("row")
    expect(rows.nth(1)).to_contain_text("Bakery")
    expect(rows.nth(1)).to_contain_text("-€12.50")
    expect(rows.nth(2)).to_contain_text("+€1,234.56")
    balance = page.get_by_role("paragraph").filter(has_text="Balance")
    expect(balance).to_contain_text("€1,222.06")

    page.reload()
    expect(balance).to_contain_text("€1,222.06")
    page.get_by_role("link", name="Accounts").first.click()
    expect(page.get_by_role("link", name="Giro")).to_contain_text("€1,222.06")


def test_a_word_is_no_amount(page: Page):
    account = post(page, "/api/accounts", {"name": "Giro", "kind": "checking"})["id"]
    page.goto(f"/accounts/{account}")
    fill_in_transaction(page, "twelve")
    expect(page.get_by_label("Amount")).to_be_focused()
    expect(page.get_by_label("Amount")).to_have_accessible_description("Enter an amount in EUR, as in 12.50.")
    assert page.request.get(f"/api/accounts/{account}/transactions").json() == []


def test_older_transactions_come_when_asked_for(page: Page):
    account = post(page, "/api/accounts", {"name": "Giro", "kind": "checking"})["id"]
    for number in range(103):
        post(page, "/api/transactions", {"accountId": account, "amountMinor": number + 1})
    page.goto(f"/accounts/{account}")
    rows = page.locator("tbody").get_by_role("row")
    expect(rows).to_have_count(100)
    page.get_by_role("button", name="Show older").click()
    expect(rows).to_have_count(103)
    expect(page.get_by_role("button", name="Show older")).to_have_count(0)


def test_what_is_not_there_is_said(page: Page):
    page.goto("/accounts/99")
    expect(page.get_by_role("heading", name="There is no account 99")).to_be_visible()


def test_a_service_that_does_not_answer_is_asked_again(page: Page):
    page.route("**/api/accounts", lambda route: route.fulfill(status=503, body="{}"))
    page.goto("/")
    expect(page.get_by_role("alert")).to_contain_text("Accounts could not be loaded. The service failed (status 503).")
    page.unroute("**/api/accounts")
    page.get_by_role("button", name="Try again").click()
    expect(page.get_by_role("heading", name="No accounts yet")).to_be_visible()
