import logging
from pathlib import Path

import duckdb
import pytest
from fastapi.testclient import TestClient

from ledger.core.app import create_app
from ledger.core.settings import Settings

from ...support import migrate, sql_files


def refusal_of(path: Path) -> str:
    with pytest.raises(SystemExit) as stopped:
        create_app(Settings(path, "test"))
    # Python ends a process that stops with a text with status 1.
    assert isinstance(stopped.value.code, str)
    return stopped.value.code


def test_stops_where_the_database_is_behind(tmp_path):
    path = tmp_path / "behind.duckdb"
    migrate(path, leave_out=1)
    before = path.read_bytes()
    last = sql_files("migrations")[-1][0].removesuffix(".sql")

    refusal = refusal_of(path)

    assert f"is behind this version: {last} is not applied." in refusal
    assert f"dojo migrate --database {path} --migrations src/" in refusal
    assert path.read_bytes() == before


def test_stops_where_there_is_no_database_and_makes_none(tmp_path):
    path = tmp_path / "none.duckdb"
    assert f"there is no database {path}." in refusal_of(path)
    assert not path.exists()


def test_stops_where_nothing_was_ever_migrated(tmp_path):
    path = tmp_path / "empty.duckdb"
    duckdb.connect(str(path)).close()
    assert "no migration is recorded" in refusal_of(path)


def test_stops_where_the_file_is_no_database(tmp_path):
    path = tmp_path / "text.duckdb"
    path.write_text("a letter")
    assert "cannot be opened" in refusal_of(path)


def test_stops_where_the_path_is_a_folder(tmp_path):
    assert f"there is no database {tmp_path}." in refusal_of(tmp_path)


def test_runs_on_a_database_that_is_ahead_and_says_so(tmp_path, caplog):
    path = tmp_path / "ahead.duckdb"
    migrate(path)
    with duckdb.connect(str(path)) as connection:
        connection.execute("INSERT INTO applied_migrations VALUES ('9999_later', now())")

    with caplog.at_level(logging.WARNING), TestClient(create_app(Settings(path, "test"))) as client:
        assert client.get("/readyz").status_code == 200
    assert "does not know 9999_later" in caplog.text


def test_gives_the_database_up_when_it_ends(tmp_path):
    path = tmp_path / "ledger.duckdb"
    migrate(path)
    with TestClient(create_app(Settings(path, "test"))) as client:
        client.post("/api/accounts", json={"name": "Cash", "kind": "cash"})
    # What was written is in the file, and not in a log beside it.
    assert list(tmp_path.iterdir()) == [path]
    with duckdb.connect(str(path), read_only=True) as connection:
        assert connection.execute("SELECT name FROM accounts").fetchall() == [("Cash",)]
