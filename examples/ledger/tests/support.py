"""What the tests share: a database at this version's level, and the day on which every test runs."""

import re
from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path

import duckdb

PACKAGE = "ledger"
NOW = datetime(2026, 3, 14, 9, 26, 53, tzinfo=UTC)


def fixed_clock() -> datetime:
    return NOW


def sql_files(folder: str) -> list[tuple[str, str]]:
    """Name and text of the SQL in a folder of the package, in the order in which it runs."""
    found = (files(PACKAGE) / "sql" / folder).iterdir()
    return sorted((file.name, file.read_text("utf-8")) for file in found if file.name.endswith(".sql"))


def migrate(path: Path, leave_out: int = 0) -> None:
    """
    Makes a database as the dojo command would, without its safeguards: every migration but the last few, and the record
    of each. scripts/run-migrations-check tests the migrations with the command itself.
    """
    migrations = sql_files("migrations")
    with duckdb.connect(str(path)) as connection:
        connection.execute("CREATE TABLE applied_migrations (id VARCHAR PRIMARY KEY, applied_at TIMESTAMP)")
        for name, sql in migrations[: len(migrations) - leave_out]:
            connection.execute(sql)
            connection.execute(
                "INSERT INTO applied_migrations VALUES (?, ?)",
                [re.sub(r"\.sql$", "", name), NOW.replace(tzinfo=None)],
            )


def rebuild_caches(connection: duckdb.DuckDBPyConnection) -> None:
    """Derives every cache table again."""
    for _, sql in sql_files("migrations/caches"):
        connection.execute(sql)
