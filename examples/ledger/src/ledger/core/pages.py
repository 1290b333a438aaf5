"""The page at `/`: the built frontend where the package has one, else a list of the accounts."""

from html import escape
from pathlib import Path

from fastapi import FastAPI
from fastapi.responses import FileResponse, HTMLResponse
from fastapi.staticfiles import StaticFiles

from ..accounts.domain import Account
from ..accounts.queries import list_accounts
from .api import TheDatabase
from .money import format_minor
from .settings import TITLE

STATIC = Path(__file__).parent.parent / "static"


def add_pages(app: FastAPI, static: Path = STATIC) -> None:
    """Adds `/`, and `/assets` of a frontend that was built into `static`."""
    index = static / "index.html"
    if index.is_file():
        app.mount("/assets", StaticFiles(directory=static / "assets"), name="assets")

        @app.get("/", include_in_schema=False)
        # The pages of frontend/src/router.ts, each of which can be opened, reloaded and kept as a bookmark.
        @app.get("/accounts/{_}", include_in_schema=False)
        @app.get("/budget", include_in_schema=False)
        @app.get("/budget/{_}", include_in_schema=False)
        async def frontend() -> FileResponse:
            # Its assets are named by their content: this alone may be old, so it is asked for each time.
            return FileResponse(index, headers={"Cache-Control": "no-cache"})

    else:

        @app.get("/", response_class=HTMLResponse, include_in_schema=False)
        def overview(database: TheDatabase) -> str:
            with database.transaction() as connection:
                return render_overview(list_accounts(connection))


def render_overview(accounts: list[Account]) -> str:
    """The accounts and their balances as a page of HTML. Every text in it is escaped."""
    rows = "\n".join(
        f"<tr><td>{escape(account.name)}</td><td>{account.kind}</td>"
        f"<td class=amount>{escape(format_minor(account.balance_minor, account.currency))}</td></tr>"
        for account in accounts
    )
    table = (
        f"<table>\n<thead><tr><th>Account</th><th>Kind</th><th>Balance</th></tr></thead>\n"
        f"<tbody>\n{rows}\n</tbody>\n</table>"
    )
    return _PAGE.format(title=escape(TITLE), content=table if accounts else "<p>There are no accounts yet.</p>")


_PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>{title}</title>
<style>
body {{ font: 1rem/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 48rem; padding: 0 1rem }}
table {{ border-collapse: collapse; width: 100% }}
th, td {{ border-bottom: 1px solid #ccc; padding: .4rem .6rem; text-align: left }}
.amount, th:last-child {{ font-variant-numeric: tabular-nums; text-align: right }}
</style>
</head>
<body>
<h1>{title}</h1>
{content}
</body>
</html>
"""
