"""Over HTTP, against the running service."""

import json
import urllib.request


def call(service: str, path: str, body: object = None):
    request = urllib.request.Request(service + path)  # noqa: S310 - our own address
    if body is not None:
        request.data = json.dumps(body).encode()
        request.add_header("Content-Type", "application/json")
    with urllib.request.urlopen(request, timeout=10) as response:  # noqa: S310
        text = response.read().decode()
    return json.loads(text) if path.startswith("/api") else text


def test_an_account_is_opened_used_and_seen(service):
    account = call(service, "/api/accounts", {"name": "Travel <fund>", "kind": "savings"})
    call(service, "/api/transactions", {"accountId": account["id"], "amountMinor": 120_000})
    call(service, "/api/transactions", {"accountId": account["id"], "amountMinor": -4_550})

    assert call(service, "/api/accounts")[0]["balanceMinor"] == 115_450
    transactions = call(service, f"/api/accounts/{account['id']}/transactions")
    assert [found["amountMinor"] for found in transactions] == [-4_550, 120_000]
