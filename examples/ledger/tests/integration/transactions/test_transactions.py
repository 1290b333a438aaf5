import pytest
from fastapi.testclient import TestClient


@pytest.fixture
def cash(client: TestClient) -> int:
    return client.post("/api/accounts", json={"name": "Cash", "kind": "cash"}).json()["id"]


def book(client: TestClient, **transaction):
    return client.post("/api/transactions", json=transaction)


def listed(client: TestClient, account: int, **query):
    return client.get(f"/api/accounts/{account}/transactions", params=query).json()


def test_books_a_transaction_today_and_moves_the_balance(client, cash):
    response = book(client, accountId=cash, amountMinor=-250, payee=" Bakery ", memo="rolls")
    transaction = {
        "id": 1,
        "bookedOn": "2026-03-14",
        "amountMinor": -250,
        "payee": "Bakery",
        "memo": "rolls",
    }
    assert (response.status_code, response.json()) == (201, transaction)
    assert listed(client, cash) == [transaction]
    assert client.get("/api/accounts").json()[0]["balanceMinor"] == -250


def test_lists_the_newest_first_and_the_later_booked_of_one_day(client, cash):
    for day, amount in [("2026-01-02", 1), ("2026-01-03", 2), ("2026-01-02", 3)]:
        book(client, accountId=cash, bookedOn=day, amountMinor=amount)
    assert [found["amountMinor"] for found in listed(client, cash)] == [2, 3, 1]
    page = listed(client, cash, limit=1, offset=1)
    assert [found["amountMinor"] for found in page] == [3]


def test_keeps_the_first_spelling_of_a_payee(client, cash):
    for payee in ["Bakery", "BAKERY", "bakery "]:
        book(client, accountId=cash, amountMinor=-1, payee=payee)
    assert {found["payee"] for found in listed(client, cash)} == {"Bakery"}


def test_lists_what_is_the_accounts_own(client, cash):
    other = client.post("/api/accounts", json={"name": "Other", "kind": "cash"}).json()["id"]
    book(client, accountId=other, amountMinor=7)
    assert listed(client, cash) == []


def test_knows_no_other_accounts(client):
    assert client.get("/api/accounts/5/transactions").status_code == 404
    response = book(client, accountId=5, amountMinor=1, payee="Bakery")
    assert (response.status_code, response.json()) == (404, {"detail": "there is no account 5"})


@pytest.mark.parametrize(
    "wrong",
    [
        {"amountMinor": 1.5},
        {"amountMinor": "1"},
        {"amountMinor": True},
        {"amountMinor": 10**12 + 1},
        {"bookedOn": "2026-02-30"},
        {"bookedOn": "yesterday"},
        {"bookedOn": "0026-03-14"},
        {"accountId": 2**63},
        {"payee": ""},
        {"memo": "x" * 1001},
        {"colour": "red"},
    ],
)
def test_refuses_what_is_no_transaction(client, cash, wrong):
    assert book(client, **({"accountId": cash, "amountMinor": 1} | wrong)).status_code == 422
    assert listed(client, cash) == []
