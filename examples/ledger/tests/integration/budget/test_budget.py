import pytest
from fastapi.testclient import TestClient


def open_account(client: TestClient, name: str, kind: str = "checking", currency: str = "EUR") -> int:
    account = {"name": name, "kind": kind, "currency": currency}
    return client.post("/api/accounts", json=account).json()["id"]


def add_category(client: TestClient, name: str = "Food", group: str = "Home") -> int:
    return client.post("/api/categories", json={"name": name, "group": group}).json()["id"]


def book(client: TestClient, **transaction):
    return client.post("/api/transactions", json=transaction)


def assign(client: TestClient, month: str, category: int, budgeted_minor: int):
    return client.put(f"/api/budget/{month}/{category}", json={"budgetedMinor": budgeted_minor})


def month(client: TestClient, text: str = "2026-03"):
    return client.get(f"/api/budget/{text}").json()


def available(budget) -> dict[str, int]:
    return {one["name"]: one["availableMinor"] for group in budget["groups"] for one in group["categories"]}


def test_begins_with_nothing(client):
    nothing = {"month": "2026-03", "currency": None, "readyToAssignMinor": 0, "groups": []}
    assert month(client) == nothing


def test_adds_a_category_and_its_group(client):
    response = client.post("/api/categories", json={"name": " Food ", "group": " Home "})
    category = {"name": "Food", "budgetedMinor": 0, "activityMinor": 0, "availableMinor": 0}
    assert response.status_code == 201
    assert response.json() == {"id": response.json()["id"]} | category
    add_category(client, "Rent", "HOME")
    add_category(client, "Cinema", "Fun")
    groups = [(group["name"], [one["name"] for one in group["categories"]]) for group in month(client)["groups"]]
    assert groups == [("Home", ["Food", "Rent"]), ("Fun", ["Cinema"])]


def test_adds_no_category_twice(client):
    add_category(client)
    response = client.post("/api/categories", json={"name": "FOOD", "group": "home"})
    assert response.status_code == 409
    assert response.json() == {"detail": "a category named Food exists already in this group"}
    assert available(month(client)) == {"Food": 0}


@pytest.mark.parametrize("group", ["Inflow", "card payments"])
def test_keeps_the_budgets_own_groups(client, group):
    assert client.post("/api/categories", json={"name": "Food", "group": group}).status_code == 409


def test_money_comes_in_is_given_and_spent(client):
    account, food = open_account(client, "Giro"), add_category(client)
    book(client, accountId=account, amountMinor=100_000)
    assert month(client)["readyToAssignMinor"] == 100_000

    given = assign(client, "2026-03", food, 30_000)
    assert given.status_code == 200
    assert given.json() == month(client)
    assert (given.json()["currency"], given.json()["readyToAssignMinor"]) == ("EUR", 70_000)

    assert book(client, accountId=account, amountMinor=-12_345, categoryId=food).status_code == 201
    assert month(client)["readyToAssignMinor"] == 70_000
    assert month(client)["groups"][0]["categories"] == [
        {"id": food, "name": "Food", "budgetedMinor": 30_000, "activityMinor": -12_345, "availableMinor": 17_655}
    ]
    # What is left carries over, into months that nobody has touched, too.
    assert available(month(client, "2026-04")) == available(month(client, "2027-01")) == {"Food": 17_655}
    assert available(month(client, "2026-02")) == {"Food": 0}


def test_gives_another_sum_instead_of_the_first(client):
    food = add_category(client)
    for budgeted in [500, 700, 0, 0]:
        budget = assign(client, "2026-03", food, budgeted).json()
        assert (budget["readyToAssignMinor"], available(budget)) == (-budgeted, {"Food": budgeted})


def test_takes_what_was_overspent_from_the_next_month(client):
    account, food = open_account(client, "Giro"), add_category(client)
    book(client, accountId=account, amountMinor=1_000)
    book(client, accountId=account, amountMinor=-300, categoryId=food)
    assert (month(client)["readyToAssignMinor"], available(month(client))) == (1_000, {"Food": -300})
    april = month(client, "2026-04")
    assert (april["readyToAssignMinor"], available(april)) == (700, {"Food": 0})


def test_sets_aside_what_is_spent_with_a_card(client):
    open_account(client, "Giro")
    card, food = open_account(client, "Visa", "credit"), add_category(client)
    assign(client, "2026-03", food, 500)
    book(client, accountId=card, amountMinor=-200, categoryId=food)
    assert available(month(client)) == {"Visa": 200, "Food": 300}


def test_has_no_category_to_pay_a_card_that_it_does_not_count(client):
    open_account(client, "Giro")
    open_account(client, "Visa", "credit", "USD")
    assert month(client)["groups"] == []


def test_counts_no_loan(client):
    food, loan = add_category(client), open_account(client, "House", "loan")
    book(client, accountId=loan, amountMinor=-100_000)
    assert month(client)["readyToAssignMinor"] == 0
    response = book(client, accountId=loan, amountMinor=-1, categoryId=food)
    assert response.status_code == 409
    assert response.json() == {"detail": "the budget does not count House: what is booked there has no category"}
    assert client.get("/api/accounts").json()[0]["balanceMinor"] == -100_000


def test_books_nothing_for_a_category_that_is_not_there(client):
    account = open_account(client, "Giro")
    response = book(client, accountId=account, amountMinor=-1, categoryId=99)
    assert (response.status_code, response.json()) == (404, {"detail": "there is no category 99"})
    assert client.get(f"/api/accounts/{account}/transactions").json() == []


@pytest.mark.parametrize("category", [1, 99])
def test_gives_nothing_to_ready_to_assign_or_to_nobody(client, category):
    response = assign(client, "2026-03", category, 5)
    assert response.status_code == 404
    assert response.json() == {"detail": f"there is no category {category} to give money to"}


@pytest.mark.parametrize("text", ["2026", "2026-3", "2026-13", "2026-00", "0026-03", "2200-01", "2026-03-01", "now"])
def test_knows_no_other_months(client, text):
    assert client.get(f"/api/budget/{text}").status_code == 422


@pytest.mark.parametrize("budgeted", [1.5, "5", None, 10**12 + 1])
def test_refuses_what_is_no_amount(client, budgeted):
    assert assign(client, "2026-03", add_category(client), budgeted).status_code == 422
