"""What a request can get wrong, and how that is answered: `{"detail": ...}` with the status."""

import json

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError


class NotFound(Exception):
    """There is no such thing: 404."""


class Conflict(Exception):
    """It does not go together with what is there: 409."""


def add_problems(app: FastAPI) -> None:
    """Has the application answer them."""

    @app.exception_handler(NotFound)
    async def not_found(_: Request, problem: NotFound) -> Response:
        return _answer(404, str(problem))

    @app.exception_handler(Conflict)
    async def conflict(_: Request, problem: Conflict) -> Response:
        return _answer(409, str(problem))

    @app.exception_handler(RequestValidationError)
    async def invalid(_: Request, problem: RequestValidationError) -> Response:
        # Where and what, but not the value: FastAPI's own answer repeats it, and fails where it is no Unicode.
        return _answer(422, [{key: error[key] for key in ("type", "loc", "msg")} for error in problem.errors()])


def _answer(status: int, detail: object) -> Response:
    # In ASCII, which can say whatever the request said.
    return Response(json.dumps({"detail": detail}), status, media_type="application/json")
