import pytest


def test_opens_an_account_and_lists_it(client):
    response = client.post("/api/accounts", json={"name": " Cash ", "kind": "cash"})
    account = {"id": 1, "name": "Cash", "kind": "cash", "currency": "EUR", "balanceMinor": 0}
    assert (response.status_code, response.json()) == (201, account)
    assert client.get("/api/accounts").json() == [account]


def test_lists_accounts_by_name(client):
    for name in ["b", "C", "a"]:
        client.post("/api/accounts", json={"name": name, "kind": "cash"})
    assert [account["name"] for account in client.get("/api/accounts").json()] == ["a", "b", "C"]


def test_opens_no_second_account_of_a_name(client):
    client.post("/api/accounts", json={"name": "Cash", "kind": "cash"})
    response = client.post("/api/accounts", json={"name": "CASH", "kind": "savings"})
    assert response.status_code == 409
    assert response.json() == {"detail": "an account named Cash exists already"}
    assert len(client.get("/api/accounts").json()) == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": ""},
        {"name": "   "},
        {"name": "x" * 201},
        {"kind": "piggy bank"},
        {"currency": "eur"},
        {"currency": "EUR\n"},
        {"balanceMinor": 5},
    ],
)
def test_refuses_what_is_no_account(client, wrong):
    response = client.post("/api/accounts", json={"name": "Cash", "kind": "cash"} | wrong)
    assert response.status_code == 422
    assert client.get("/api/accounts").json() == []


@pytest.mark.parametrize("field", ["name", "\\ud800"])
def test_refuses_text_that_is_no_unicode(client, field):
    half_a_character = f'{{"{field}": "\\ud800", "kind": "cash"}}'
    response = client.post("/api/accounts", content=half_a_character, headers={"content-type": "application/json"})
    assert response.status_code == 422
