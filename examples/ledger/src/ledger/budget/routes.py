"""`/api/budget` and `/api/categories`."""

from typing import Annotated

from fastapi import APIRouter, Path
from pydantic import StringConstraints

from ..core.api import AmountMinor, ApiModel, Id, Name, TheDatabase
from .categories import add_category
from .domain import Budget, Category, to_month
from .queries import assign, get_budget

router = APIRouter(prefix="/api", tags=["budget"])

# The years in which anything can be booked (core/api.py).
Month = Annotated[str, StringConstraints(pattern=r"^(19|2[01])[0-9]{2}-(0[1-9]|1[0-2])$"), Path()]


class CategoryOut(ApiModel):
    """A category in a month."""

    id: int
    name: str
    budgeted_minor: int
    activity_minor: int
    available_minor: int


class GroupOut(ApiModel):
    """Categories under one heading."""

    name: str
    categories: list[CategoryOut]


class BudgetOut(ApiModel):
    """The budget of a month; without a currency while no account counts."""

    month: str
    currency: str | None
    ready_to_assign_minor: int
    groups: list[GroupOut]


class Assignment(ApiModel):
    """What a category is given in a month."""

    budgeted_minor: AmountMinor


class NewCategory(ApiModel):
    """A category to spend from."""

    name: Name
    group: Name


@router.get("/budget/{month}", response_model=BudgetOut)
def get_month(month: Month, database: TheDatabase) -> Budget:
    """The budget of a month."""
    with database.transaction() as connection:
        return get_budget(connection, to_month(month))


@router.put("/budget/{month}/{category_id}", response_model=BudgetOut)
def put_assignment(month: Month, category_id: Annotated[Id, Path()], new: Assignment, database: TheDatabase) -> Budget:
    """Gives a category money, and answers with the month as it is then."""
    with database.transaction() as connection:
        assign(connection, to_month(month), category_id, new.budgeted_minor)
        return get_budget(connection, to_month(month))


@router.post("/categories", response_model=CategoryOut, status_code=201)
def post_category(new: NewCategory, database: TheDatabase) -> Category:
    """Adds a category, and its group where there is none of that name."""
    with database.transaction() as connection:
        return add_category(connection, new.name, new.group)
