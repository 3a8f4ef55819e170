"""Row 10: a page of the inbox over HTTP, against the same question put to PostgreSQL directly."""

import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from http import HTTPStatus
from typing import Any
from uuid import UUID

import orjson

from bench import usage
from bench.accounts import sign_in
from bench.alternate import alternate
from bench.desk import Tenant, make_tenant
from bench.figures import Figures, percentile
from bench.history import write_history
from bench.processes import PyTake
from bench.row import Goal, Record, Row
from bench.stand import Stand
from bench.wire import Pool
from pytake.conversations import reading
from pytake.kit.work import Work

CONVERSATIONS, QUICK_CONVERSATIONS = 50_000, 5_000
PAGE = 50
FAR, QUICK_FAR = 100, 20
WARM_UP = 20

FIRST = (datetime(9999, 1, 1, tzinfo=UTC), UUID(int=2**128 - 1))

_BARE_PAGE = """
WITH page AS MATERIALIZED (
    SELECT * FROM conversations
    WHERE organization_id = $1 AND status NOT IN ('resolved', 'closed') AND (last_message_at, id) < ($2, $3)
    ORDER BY last_message_at DESC, id DESC LIMIT 50
)
SELECT c.id, c.status, c.is_bot_active, c.last_message_at, c.message_count,
       c.twenty_four_hour_window_expires_at, k.id AS contact_id, k.name, k.whatsapp_name, k.phone,
       k.whatsapp_username, n.id AS number_id, n.display_name, n.phone_number, last.*
FROM page c
JOIN contacts k ON k.id = c.contact_id
JOIN whatsapp_numbers n ON n.id = c.whatsapp_number_id
CROSS JOIN LATERAL (
    SELECT m.id AS message_id, m.direction, m.sender_type, m.type, m.status, m.created_at,
           m.content ->> 'text' AS preview
    FROM messages m
    WHERE m.conversation_id = c.id AND m.created_at >= c.last_message_at - interval '1 hour'
      AND m.created_at <= c.last_message_at + interval '1 hour'
    ORDER BY m.created_at DESC LIMIT 1
) AS last
ORDER BY c.last_message_at DESC, c.id DESC
"""
_BARE_COUNTS = "SELECT status, count(*) FROM conversations WHERE organization_id = $1 GROUP BY status"


async def run(stand: Stand, record: Record) -> None:
    database = await stand.make_database("bench_inbox")
    async with stand.pytake(database, {"api": 1}) as pytake:
        tenant = await make_tenant(pytake, flow=None)
        await write_history(pytake, tenant, stand.options.scaled(CONVERSATIONS, QUICK_CONVERSATIONS))
        token = await sign_in(pytake, tenant.organization_id, "ana")
        inbox = Inbox(pytake, Pool(pytake.addresses, 1), token)
        far = await inbox.cursor_of(stand.options.scaled(FAR, QUICK_FAR))
        record.must_be_zero({"wrong pages": await _wrong_pages(inbox, tenant)})
        async with pytake.runtime.work(tenant.organization_id) as work:
            await alternate(stand, record, _contenders(stand, inbox, tenant, far, work))
    _state(record, stand.options.scaled(FAR, QUICK_FAR))


def _contenders(
    stand: Stand, inbox: "Inbox", tenant: Tenant, far: str, work: Work
) -> dict[str, Callable[[], Awaitable[Figures]]]:
    owner, seconds = inbox.pytake.owner, stand.options.seconds / 2
    asked: dict[str, Callable[[], Awaitable[Any]]] = {
        "PyTake, page 1": inbox.page,
        "PyTake, far page": lambda: inbox.page(far),
        "PyTake, counts": inbox.counts,
        "PyTake, counts' SQL": lambda: reading.counts(work),
        "bare SQL": lambda: owner.fetch(_BARE_PAGE, tenant.organization_id, *FIRST),
        "bare counts": lambda: owner.fetch(_BARE_COUNTS, tenant.organization_id),
    }
    return {name: _timed(inbox.pytake, ask, seconds) for name, ask in asked.items()}


def _state(record: Record, far: int) -> None:
    pages = ("PyTake, page 1", "PyTake, far page", "bare SQL")
    record.compare(
        f"page of {PAGE}, p50, to bare SQL", pages[0], pages[2], "p50 ms", Goal(3.0, 2.0, at_most=True)
    )
    record.compare(f"page {far} to page 1, p50", pages[1], pages[0], "p50 ms", Goal(1.2, 1.1, at_most=True))
    for name in pages:
        for figure in ("p50 ms", "p99 ms"):
            record.state(f"{name}: {figure.split()[0]}", record.median(name, figure), "ms")
    record.state("PyTake, page 1: processor of the API", record.median(pages[0], "CPU ms api"), "ms")
    record.state("counts over HTTP: p50", record.median("PyTake, counts", "p50 ms"), "ms")
    record.state("counts in bare SQL, to the last one: p50", record.median("bare counts", "p50 ms"), "ms")
    record.state(
        "counts, the SQL alone: p50",
        record.median("PyTake, counts' SQL", "p50 ms"),
        "ms",
        Goal(None, 1.0, at_most=True),
    )


def _timed(
    pytake: PyTake, ask: Callable[[], Awaitable[Any]], seconds: float
) -> Callable[[], Awaitable[Figures]]:
    """One behind the other, for so long."""

    async def measure() -> Figures:
        for _ in range(WARM_UP):
            await ask()
        spent: list[float] = []
        before, end = pytake.cpu(), time.perf_counter() + seconds
        while (began := time.perf_counter()) < end:
            await ask()
            spent.append(time.perf_counter() - began)
        used = usage.since(before, pytake.cpu())
        return {
            "p50 ms": percentile(spent, 0.50) * 1000,
            "p99 ms": percentile(spent, 0.99) * 1000,
            "CPU ms api": used["api"] * 1000 / len(spent),
            "CPU ms postgres": used["postgres"] * 1000 / len(spent),
        }

    return measure


@dataclass(frozen=True, slots=True)
class Inbox:
    """Somebody's, over HTTP on one kept connection."""

    pytake: PyTake
    pool: Pool
    token: str

    async def page(self, cursor: str | None = None) -> bytes:
        return await self._ask(f"?limit={PAGE}" + (f"&cursor={cursor}" if cursor else ""))

    async def counts(self) -> bytes:
        return await self._ask("/counts")

    async def _ask(self, what: str) -> bytes:
        answer = await self.pool.ask(
            f"GET /api/v1/conversations{what} HTTP/1.1\r\nhost: 127.0.0.1\r\n"
            f"authorization: Bearer {self.token}\r\n\r\n".encode()
        )
        if answer.status != HTTPStatus.OK:
            raise RuntimeError(f"no answer: {answer}")
        return answer.body

    async def cursor_of(self, page: int) -> str:
        """Where that page begins: by reading every page before it."""
        cursor: str | None = None
        for _ in range(page - 1):
            cursor = orjson.loads(await self.page(cursor))["next"]
        if cursor is None:
            raise RuntimeError(f"there is no page {page}")
        return cursor


async def _wrong_pages(inbox: Inbox, tenant: Tenant) -> int:
    items = orjson.loads(await inbox.page())["items"]
    rows = await inbox.pytake.owner.fetch(_BARE_PAGE, tenant.organization_id, *FIRST)
    shown = [(item["id"], item["contact"]["phone"], item["last_message"]["preview"]) for item in items]
    return int(shown != [(str(row["id"]), row["phone"], row["preview"]) for row in rows] or len(rows) != PAGE)


ROW = Row(10, "A page of the inbox", run)
