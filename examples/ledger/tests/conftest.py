import os
import random
import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import duckdb
import pytest
from fastapi.testclient import TestClient
from hypothesis import settings

from ledger.core.app import create_app
from ledger.core.settings import Settings

from .support import fixed_clock, migrate

# Nothing but the seed decides what a property is tried with: no examples of runs before, no time limit.
settings.register_profile("seeded", database=None, deadline=None, max_examples=30, print_blob=False)
settings.load_profile("seeded")


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    """Has Hypothesis take HYPOTHESIS_SEED, else a new seed, unless --hypothesis-seed says another."""
    if config.getoption("--hypothesis-seed") is None:
        chosen = os.environ.get("HYPOTHESIS_SEED") or str(random.SystemRandom().getrandbits(32))
        if not chosen.isdecimal():
            raise pytest.UsageError(f"HYPOTHESIS_SEED is {chosen!r}, and must be a whole number")
        config.option.hypothesis_seed = chosen


def pytest_report_header(config: pytest.Config) -> str:
    return f"HYPOTHESIS_SEED={config.getoption('--hypothesis-seed')}"


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database at this version's level. Nobody writes to it: the others are copies."""
    path = tmp_path_factory.mktemp("migrated") / "migrated.duckdb"
    migrate(path)
    return path


@pytest.fixture
def client(migrated: Path, tmp_path: Path) -> Iterator[TestClient]:
    """A client of the service, on an empty database of its own."""
    path = tmp_path / "client.duckdb"
    shutil.copy(migrated, path)
    with TestClient(create_app(Settings(path, "test"), clock=fixed_clock)) as client:
        yield client


Scratch = Callable[[], AbstractContextManager[duckdb.DuckDBPyConnection]]


@pytest.fixture(scope="session")
def scratch(migrated: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scratch]:
    """Opens transactions of which nothing stays, one for each example of a property."""
    path = tmp_path_factory.mktemp("scratch") / "scratch.duckdb"
    shutil.copy(migrated, path)
    with duckdb.connect(str(path)) as connection:
        # The books are small: a second thread takes longer to start than it saves.
        connection.execute("SET threads = 1")

        @contextmanager
        def transaction() -> Iterator[duckdb.DuckDBPyConnection]:
            connection.begin()
            try:
                yield connection
            finally:
                connection.rollback()

        yield transaction
