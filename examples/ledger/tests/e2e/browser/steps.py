"""What the journeys do more than once: by the labels that a person reads, never by the names of classes."""

from playwright.sync_api import APIResponse, Locator, Page, expect


def fill_in_account(page: Page, name: str, kind: str = "checking", currency: str = "EUR") -> None:
    form = page.get_by_role("form", name="Add account")
    form.get_by_label("Name").fill(name)
    form.get_by_label("Kind").select_option(kind)
    form.get_by_label("Currency").fill(currency)
    form.get_by_role("button", name="Add account").click()


def fill_in_transaction(
    page: Page, amount: str, payee: str = "", *, received: bool = False, category: str = ""
) -> None:
    form = page.get_by_role("form", name="Add transaction")
    form.get_by_role("radio", name="Received" if received else "Spent").check()
    form.get_by_label("Amount").fill(amount)
    form.get_by_label("Payee").fill(payee)
    if category:
        form.get_by_label("Category").select_option(category)
    form.get_by_role("button", name="Add transaction").click()


def expect_said(page: Page, sentence: str) -> None:
    """What a screen reader says of it."""
    expect(page.get_by_role("status").filter(has_text=sentence)).to_have_text(sentence)


def category_row(page: Page, name: str) -> Locator:
    return page.get_by_role("row").filter(has=page.get_by_role("rowheader", name=name, exact=True))


def post(page: Page, path: str, body: dict) -> dict:
    """What was done before the journey begins."""
    response: APIResponse = page.request.post(path, data=body)
    assert response.ok, response.text()
    return response.json()


def furnish(page: Page) -> dict[str, int]:
    """A household: the ids of its accounts and categories by their names."""
    ids = {
        name: post(page, "/api/accounts", {"name": name, "kind": kind})["id"]
        for name, kind in [("Giro", "checking"), ("Visa", "credit"), ("House", "loan")]
    }
    for name, group in [("Rent", "Home"), ("Food", "Home"), ("Cinema", "Fun")]:
        ids[name] = post(page, "/api/categories", {"name": name, "group": group})["id"]
    bookings = [
        {"accountId": ids["Giro"], "amountMinor": 320_000, "payee": "Employer", "bookedOn": "2026-03-01"},
        {"accountId": ids["Giro"], "amountMinor": -95_000, "payee": "Landlord", "categoryId": ids["Rent"]},
        {"accountId": ids["Visa"], "amountMinor": -4_550, "memo": "Week 11", "categoryId": ids["Food"]},
        {"accountId": ids["Giro"], "amountMinor": -1_800, "payee": "Lichtspiele", "categoryId": ids["Cinema"]},
        {"accountId": ids["House"], "amountMinor": -18_000_000, "memo": "What is owed"},
    ]
    for booking in bookings:
        post(page, "/api/transactions", {"bookedOn": "2026-03-10"} | booking)
    for name, budgeted in [("Rent", 95_000), ("Food", 40_000)]:
        response = page.request.put(f"/api/budget/2026-03/{ids[name]}", data={"budgetedMinor": budgeted})
        assert response.ok, response.text()
    return ids
