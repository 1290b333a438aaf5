"""The application: `uvicorn ledger.core.app:create_app --factory`."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI
from fastapi.responses import PlainTextResponse

from ..accounts.routes import router as accounts
from ..budget.routes import router as budget
from ..transactions.routes import router as transactions
from .api import TheDatabase
from .clock import Clock, now
from .db import DatabaseNotReady, open_database
from .pages import add_pages
from .problems import add_problems
from .settings import TITLE, Settings


def create_app(settings: Settings | None = None, clock: Clock = now) -> FastAPI:
    """
    Makes the service on the database of the settings, by default those of the environment.

    Ends the process with status 1 and one sentence where it cannot run on that database.
    """
    settings = settings or Settings.from_environment()
    try:
        database = open_database(settings.db_path)
    except DatabaseNotReady as error:
        raise SystemExit(f"{TITLE} cannot start: {error}") from error

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        yield
        database.close()

    app = FastAPI(
        title=TITLE,
        lifespan=lifespan,
        # The page with the documentation of the API loads scripts of a third party.
        docs_url=None if settings.environment == "production" else "/docs",
        redoc_url=None,
    )
    app.state.database = database
    app.state.clock = clock
    add_problems(app)
    app.include_router(accounts)
    app.include_router(budget)
    app.include_router(transactions)
    _add_probes(app)
    add_pages(app)
    return app


def _add_probes(app: FastAPI) -> None:
    @app.get("/healthz", response_class=PlainTextResponse, include_in_schema=False)
    async def healthz() -> str:
        """The process answers. It looks at nothing else: a restart mends no database."""
        return "ok\n"

    @app.get("/readyz", response_class=PlainTextResponse, include_in_schema=False)
    def readyz(database: TheDatabase) -> str:
        """The database answers, too."""
        with database.transaction() as connection:
            connection.execute("SELECT 1").fetchone()
        return "ready\n"
