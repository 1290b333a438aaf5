import pytest
from duckdb import CatalogException
from fastapi import FastAPI
from fastapi.testclient import TestClient

from ledger.core.app import create_app
from ledger.core.pages import add_pages
from ledger.core.settings import Settings


@pytest.mark.parametrize(("path", "text"), [("/healthz", "ok\n"), ("/readyz", "ready\n")])
def test_answers_the_probes(client, path, text):
    response = client.get(path)
    assert (response.status_code, response.text) == (200, text)
    assert response.headers["content-type"].startswith("text/plain")


def test_keeps_nothing_of_a_transaction_that_fails(client):
    database = client.app.state.database

    def book_half() -> None:
        with database.transaction() as connection:
            connection.execute("INSERT INTO payees VALUES (1, 'Shop')")
            raise RuntimeError("half way")

    with pytest.raises(RuntimeError, match="half way"):
        book_half()
    with database.transaction() as connection:
        assert connection.execute("SELECT count(*) FROM payees").fetchone() == (0,)


def test_goes_on_after_sql_that_fails(client):
    database = client.app.state.database
    with pytest.raises(CatalogException), database.transaction() as connection:
        connection.execute("SELECT * FROM nowhere")
    assert client.get("/readyz").status_code == 200


def test_serves_a_frontend_that_was_built_into_the_package(tmp_path):
    (tmp_path / "assets").mkdir()
    (tmp_path / "assets" / "app-1.js").write_text("1")
    (tmp_path / "index.html").write_text("<p>built")
    app = FastAPI()
    add_pages(app, tmp_path)
    client = TestClient(app)
    assert client.get("/").text == "<p>built"
    assert client.get("/").headers["cache-control"] == "no-cache"
    assert client.get("/assets/app-1.js").text == "1"


def test_shows_the_accounts_where_no_frontend_was_built(client, tmp_path):
    client.post("/api/accounts", json={"name": "Cash & coins", "kind": "cash"})
    app = FastAPI()
    app.state.database = client.app.state.database
    add_pages(app, tmp_path)
    assert "Cash &amp; coins" in TestClient(app).get("/").text


@pytest.mark.parametrize(("environment", "status"), [("production", 404), ("dev", 200)])
def test_has_no_page_of_third_party_scripts_in_production(migrated, environment, status):
    with TestClient(create_app(Settings(migrated, environment))) as client:
        assert client.get("/docs").status_code == status
