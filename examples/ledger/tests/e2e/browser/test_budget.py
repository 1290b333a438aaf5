"""The budget of a month, as somebody uses it."""

from playwright.sync_api import Page, expect

from .steps import category_row, expect_said, fill_in_transaction, furnish, post


def test_money_is_given_spent_and_carried_over(page: Page):
    post(page, "/api/accounts", {"name": "Giro", "kind": "checking"})
    page.goto("/")
    page.get_by_role("link", name="Giro").click()
    fill_in_transaction(page, "1000", "Employer", received=True)
    expect_said(page, "Booked €1,000.00, Employer.")

    page.get_by_role("link", name="Budget").click()
    expect(page.get_by_role("heading", name="Budget of March 2026")).to_be_visible()
    ready = page.get_by_role("region", name="Ready to assign")
    expect(ready).to_contain_text("€1,000.00")
    page.get_by_label("Name").fill("Food")
    page.get_by_label("Group").fill("Home")
    page.get_by_role("button", name="Add category").click()
    expect_said(page, "Category Food added to Home.")
    expect(page.get_by_label("Name")).to_be_focused()

    page.get_by_label("Assigned to Food").fill("250")
    page.get_by_label("Assigned to Food").press("Enter")
    expect_said(page, "Food has €250.00 assigned.")
    expect(ready).to_contain_text("€750.00")

    page.go_back()
    fill_in_transaction(page, "99.90", "Market", category="Food")
    expect_said(page, "Booked -€99.90, Market.")
    page.get_by_role("link", name="Budget").click()
    food = category_row(page, "Food")
    expect(food).to_contain_text("-€99.90")
    expect(food).to_contain_text("€150.10")
    expect(ready).to_contain_text("€750.00")

    page.get_by_role("link", name="Later: April 2026").click()
    expect(page).to_have_url("/budget/2026-04")
    expect(page.get_by_role("heading", name="Budget of April 2026")).to_be_visible()
    expect(page.get_by_label("Assigned to Food")).to_have_value("0.00")
    expect(food).to_contain_text("€150.10")
    page.get_by_role("link", name="This month").click()
    expect(page.get_by_label("Assigned to Food")).to_have_value("250.00")


def test_money_is_given_down_the_column_by_keyboard(page: Page):
    ids = furnish(page)
    page.goto("/budget/2026-03")
    page.get_by_label("Assigned to Rent").focus()
    for typed in ["900", "300,5", "1 0"]:
        page.keyboard.type(typed)
        page.keyboard.press("Enter")
    expect(page.get_by_label("Assigned to Cinema")).to_have_value("10.00")
    expect(page.get_by_role("region", name="Ready to assign")).to_contain_text("€1,989.50")
    expect_said(page, "Cinema has €10.00 assigned.")
    groups = page.request.get("/api/budget/2026-03").json()["groups"]
    budgeted = {one["id"]: one["budgetedMinor"] for group in groups for one in group["categories"]}
    assert [budgeted[ids[name]] for name in ["Rent", "Food", "Cinema"]] == [90_000, 30_050, 1_000]

    # Escape takes back what was typed.
    page.get_by_label("Assigned to Food").fill("7")
    page.keyboard.press("Escape")
    expect(page.get_by_label("Assigned to Food")).to_have_value("300.50")


def test_what_is_refused_is_taken_back(page: Page):
    furnish(page)
    page.goto("/budget/2026-03")
    ready = page.get_by_role("region", name="Ready to assign")
    expect(ready).to_contain_text("€1,850.00")
    page.route("**/api/budget/2026-03/*", lambda route: route.fulfill(status=409, json={"detail": "Not now."}))
    page.get_by_label("Assigned to Food").fill("500")
    page.get_by_label("Assigned to Food").press("Enter")
    expect(page.get_by_label("Assigned to Food")).to_have_accessible_description("Not saved. Not now.")
    expect(page.get_by_label("Assigned to Food")).to_have_value("400.00")
    expect(ready).to_contain_text("€1,850.00")


def test_a_category_without_money_is_overspent(page: Page):
    furnish(page)
    page.goto("/budget/2026-03")
    expect(category_row(page, "Cinema")).to_contain_text("Overspent")
    page.get_by_label("Assigned to Cinema").fill("18")
    page.get_by_label("Assigned to Cinema").press("Tab")
    expect(category_row(page, "Cinema")).not_to_contain_text("Overspent")


def test_an_account_that_is_no_money_to_spend_has_no_categories(page: Page):
    ids = furnish(page)
    page.goto(f"/accounts/{ids['Giro']}")
    expect(page.get_by_label("Category")).to_be_visible()
    page.goto(f"/accounts/{ids['House']}")
    expect(page.get_by_label("Amount")).to_be_visible()
    expect(page.get_by_label("Category")).to_have_count(0)


def test_another_month_is_this_one(page: Page):
    page.goto("/budget/nonsense")
    expect(page).to_have_url("/budget/2026-03")
