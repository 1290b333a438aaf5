import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from ...support import PACKAGE
from ..conftest import running_service

ROOT = Path(__file__).parents[3]
AXE = ROOT / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
WIDE = {"width": 1440, "height": 900}

expect.set_options(timeout=30_000)


@pytest.fixture(scope="session")
def empty_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database that the dojo command migrated. Nobody writes to it: each journey has a copy."""
    path = tmp_path_factory.mktemp("journeys") / "empty.duckdb"
    migrations = ROOT / "src" / PACKAGE / "sql" / "migrations"
    _run("scripts/dojo", "migrate", "--database", str(path), "--migrations", str(migrations))
    return path


@pytest.fixture(scope="session")
def _frontend() -> None:
    """The frontend as its sources are now, built into the package."""
    _run("scripts/build-frontend")


@pytest.fixture
def service(empty_database: Path, tmp_path: Path, _frontend: None) -> Iterator[str]:
    """The address of a service that nothing was done with yet."""
    path = tmp_path / "journey.duckdb"
    shutil.copy(empty_database, path)
    with running_service(path) as address:
        yield address


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The browser of CHROMIUM_PATH, else the one that Playwright brought."""
    with sync_playwright() as playwright:
        path = os.environ.get("CHROMIUM_PATH") or None
        # As root, as in a container, Chromium has no sandbox.
        browser = playwright.chromium.launch(executable_path=path, chromium_sandbox=os.getuid() != 0)
        yield browser
        browser.close()


@pytest.fixture
def page(browser: Browser, service: str) -> Iterator[Page]:
    """
    A page of the service, as on 14 March 2026. Whatever it throws, and whatever it asks of anybody but the service,
    fails the journey.
    """
    wrong: list[str] = []
    context = browser.new_context(base_url=service, locale="en-GB", timezone_id="Europe/Berlin", viewport=WIDE)
    context.on("request", lambda request: wrong.append(request.url) if not request.url.startswith(service) else None)
    page = context.new_page()
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.clock.set_fixed_time("2026-03-14T09:26:53Z")
    yield page
    context.close()
    assert wrong == []


def _run(*command: str) -> None:
    ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=300, check=False)
    assert ran.returncode == 0, f"{command[0]} ended with status {ran.returncode}:\n{ran.stdout}{ran.stderr}"
