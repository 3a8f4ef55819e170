"""How a list that is read page by page is asked for and answered."""

from typing import Annotated, Generic, TypeVar

from fastapi import Query
from pydantic import BaseModel

T = TypeVar("T")

Cursor = Annotated[str | None, Query(description="`next` of the page before.", max_length=64)]


class Page(BaseModel, Generic[T]):
    items: list[T]
    next: str | None
    """`cursor` of the page after this one."""
