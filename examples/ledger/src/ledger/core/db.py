"""The database: one DuckDB file, one connection, one writer."""

import logging
import re
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

import duckdb

PACKAGE = __package__.partition(".")[0]
MIGRATIONS = f"src/{PACKAGE}/sql/migrations"

_logger = logging.getLogger(__name__)


class DatabaseNotReady(Exception):
    """The service cannot run on this database; the message says what to do."""


class Database:
    """The service's one connection. Whoever uses it has it alone, for one transaction."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self._connection = connection
        self._lock = threading.Lock()

    @contextmanager
    def transaction(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """All that happens inside is kept, or nothing where it raises."""
        with self._lock:
            self._connection.begin()
            try:
                yield self._connection
            except BaseException:
                self._connection.rollback()
                raise
            self._connection.commit()

    def close(self) -> None:
        """Waits for the transaction that runs, then writes a checkpoint and gives up the file."""
        with self._lock:
            self._connection.close()


@dataclass(frozen=True)
class Levels:
    """The migrations that the package brings against those that the database has."""

    missing: tuple[str, ...]
    unknown: tuple[str, ...]

    @classmethod
    def compare(cls, packaged: Iterable[str], applied: Iterable[str]) -> "Levels":
        """Both in the order of their numbers."""
        ours, theirs = set(packaged), set(applied)
        return cls(tuple(sorted(ours - theirs)), tuple(sorted(theirs - ours)))


def packaged_migrations() -> list[str]:
    """The ids of the migrations that this version was built with: the names of their files."""
    folder = files(PACKAGE) / "sql" / "migrations"
    names = (entry.name for entry in folder.iterdir())
    return sorted(name.removesuffix(".sql") for name in names if re.match(r"\d+_.*\.sql$", name))


def open_database(path: Path) -> Database:
    """
    Opens the database that `dojo migrate` made. Every migration of this package must be applied in it: the check comes
    first and only reads, so a database that this version cannot run on is left as it was found.

    Raises DatabaseNotReady.
    """
    _check_levels(path, _read_applied(path))
    return Database(_connect(path, read_only=False))


def _check_levels(path: Path, applied: Iterable[str]) -> None:
    levels = Levels.compare(packaged_migrations(), applied)
    if levels.missing:
        raise DatabaseNotReady(
            f"the database {path} is behind this version: {', '.join(levels.missing)} "
            f"{'is' if len(levels.missing) == 1 else 'are'} not applied. {_how_to_migrate(path)}"
        )
    if levels.unknown:
        _logger.warning(
            "the database %s is ahead of this version, which does not know %s",
            path,
            ", ".join(levels.unknown),
        )


def _read_applied(path: Path) -> list[str]:
    if not path.is_file():
        raise DatabaseNotReady(f"there is no database {path}. {_how_to_migrate(path)}")
    connection = _connect(path, read_only=True)
    try:
        return [id_ for (id_,) in connection.execute("SELECT id FROM applied_migrations").fetchall()]
    except duckdb.CatalogException as error:
        raise DatabaseNotReady(f"no migration is recorded in the database {path}. {_how_to_migrate(path)}") from error
    finally:
        connection.close()


def _connect(path: Path, *, read_only: bool) -> duckdb.DuckDBPyConnection:
    try:
        return duckdb.connect(str(path), read_only=read_only)
    except duckdb.Error as error:
        reason = str(error).splitlines()[0]
        raise DatabaseNotReady(f"the database {path} cannot be opened: {reason}") from error


def _how_to_migrate(path: Path) -> str:
    return f"Run: dojo migrate --database {path} --migrations {MIGRATIONS}"
