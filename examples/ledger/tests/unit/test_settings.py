from pathlib import Path

from ledger.core.settings import Settings


def test_takes_what_the_image_has_where_nothing_is_set():
    assert Settings.from_environment({}) == Settings(Path("/data/ledger.duckdb"), "production")


def test_takes_what_is_set():
    variables = {
        "LEDGER_DB_PATH": "/srv/a.duckdb",
        "LEDGER_ENV": "dev",
    }
    assert Settings.from_environment(variables) == Settings(Path("/srv/a.duckdb"), "dev")


def test_takes_an_empty_value_for_none():
    assert Settings.from_environment({"LEDGER_DB_PATH": ""}) == Settings()
