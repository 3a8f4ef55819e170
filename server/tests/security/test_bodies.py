"""No route reads more than it says it needs; `tests/http` shows that what is not announced is counted."""

from uuid import uuid4

import pytest
from httpx import AsyncClient

from pytake.http.bodies import BODY_LIMIT
from tests.security.operations import Operation, operations

OWN = {
    "PUT /api/v1/profile/avatar": 4 * 65_536,
    "POST /api/v1/media": 100 * 1_048_576,
    "PUT /api/v1/whatsapp-numbers/{number_id}/profile/picture": 1_048_576,
    "POST /api/v1/templates/header-samples": 100 * 1_048_576,
}
"""What takes more than the rest, and how much."""

WRITES = [operation for operation in operations() if operation.writes]


def _path(operation: Operation) -> str:
    names = [parameter["name"] for parameter in operation.parameters if parameter["in"] == "path"]
    return operation.path.format_map(dict.fromkeys(names, uuid4()))


@pytest.mark.parametrize("operation", WRITES, ids=lambda operation: operation.name)
async def test_what_announces_more_than_the_route_takes_is_refused_unread(
    client: AsyncClient, operation: Operation
) -> None:
    limit = OWN.get(operation.name, BODY_LIMIT)

    fits, refused = [
        await client.request(operation.method, _path(operation), content=b" " * size)
        for size in (limit, limit + 1)
    ]

    assert fits.status_code != 413
    assert refused.status_code == 413
    assert refused.json()["error"] == {
        "code": "too_large",
        "message": f"The body may have up to {limit} bytes",
        "details": {"limit": limit},
    }
