"""What messages cost, for those who see the organization's use."""

from typing import Annotated

from fastapi import APIRouter, Depends
from starlette.responses import Response

from pytake.analytics import charges
from pytake.analytics.schemas import ChargeList
from pytake.http.spreadsheets import REFUSED_AS_JSON, Separator, spreadsheet
from pytake.identity.dependencies import allowed
from pytake.identity.permissions import Permission
from pytake.kit.work import Work

router = APIRouter(prefix="/api/v1/organization", tags=["organization"])

Member = Annotated[Work, Depends(allowed(Permission.ORGANIZATION_READ), scope="function")]

_COLUMNS = ("month", "phone_number", "display_name", "category", "charged", "free")


class CsvFile(Response):
    media_type = "text/csv"


@router.get("/charges")
async def list_charges(work: Member) -> ChargeList:
    """Messages by month, number and category, as Meta prices them; some seconds behind."""
    return ChargeList.model_validate({"items": await charges.report(work)})


@router.get("/charges/export", response_class=CsvFile, responses=REFUSED_AS_JSON)
async def export_charges(work: Member, separator: Separator = "comma") -> CsvFile:
    """The same as a CSV file."""
    rows = [[row[column] for column in _COLUMNS] for row in await charges.report(work)]
    return CsvFile(
        spreadsheet([_COLUMNS, *rows], separator),
        headers={"content-disposition": 'attachment; filename="charges.csv"', "cache-control": "no-store"},
    )
