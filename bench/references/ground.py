"""The database that references work on: PyTake's schema, an organization, and people who wrote before."""

import asyncio
import re
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from uuid import UUID

import asyncpg

from bench.alternate import Measure
from bench.children import answer_of
from bench.desk import Tenant, make_tenant
from bench.figures import Figures
from bench.references.batch import Order
from bench.stand import Stand
from bench.talk import PEOPLE

SQL = Path(__file__).parent / "sql"
CLIENTS = 8
THREADS = 2

_PEOPLE = """
WITH people AS (
    INSERT INTO contacts (organization_id, whatsapp_id, whatsapp_name, phone)
    SELECT $1, '55118' || lpad(n::text, 8, '0'), 'Maria', '+55118' || lpad(n::text, 8, '0')
    FROM generate_series(1, $3::int) n RETURNING id
)
INSERT INTO conversations (organization_id, contact_id, whatsapp_number_id) SELECT $1, id, $2 FROM people
"""


ONE, ONE_FULL = "one", "one, PyTake's rows"
BATCH, BATCH_FULL = "batch", "batch, PyTake's rows"


@dataclass(frozen=True, slots=True)
class Ground:
    stand: Stand
    url: str
    tenant: Tenant
    bot: UUID
    flow: UUID
    version: UUID

    def contenders(self) -> dict[str, Measure]:
        """A transaction for each message and its reply, and set statements of a hundred; lean and in full."""
        return {
            ONE: partial(self.pgbench, "one"),
            ONE_FULL: partial(self.pgbench, "one_full"),
            BATCH: partial(self.batch, full=False),
            BATCH_FULL: partial(self.batch, full=True),
        }

    async def pgbench(self, script: str) -> Figures:
        """Messages a second of a script in `sql/`, one transaction each. Raises RuntimeError if one fails."""
        seconds = max(1, round(self.stand.options.seconds))
        process = await asyncio.create_subprocess_exec(
            *self._command(script, seconds),
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
        )
        try:
            async with asyncio.timeout(seconds + 30):
                said, complaint = await process.communicate()
        finally:
            if process.returncode is None:
                process.kill()
                await process.wait()
        rate = re.search(rb"tps = ([\d.]+)", said)
        if process.returncode != 0 or rate is None or b"failed transactions: 0 " not in said:
            raise RuntimeError(f"pgbench {script}: {said.decode()}{complaint.decode()}")
        return {"msg/s": float(rate[1])}

    async def batch(self, *, full: bool) -> Figures:
        """Messages a second of `batch`, in a process of its own."""
        seconds = self.stand.options.seconds
        order = Order(
            url=self.url,
            organization_id=str(self.tenant.organization_id),
            number_id=str(self.tenant.number_id),
            bot=str(self.bot),
            flow=str(self.flow),
            version=str(self.version),
            people=PEOPLE,
            seconds=seconds,
            full=full,
        )
        said = await answer_of("-m", "bench.references.batch", within=seconds + 60, told=order.written())
        return {"msg/s": float(said)}

    def _command(self, script: str, seconds: int) -> list[str]:
        given = {
            "org": self.tenant.organization_id,
            "number": self.tenant.number_id,
            "people": PEOPLE,
            "bot": self.bot,
            "flow": self.flow,
            "version": self.version,
        }
        named = [part for name, value in given.items() for part in ("-D", f"{name}={value}")]
        program = self.stand.program("pgbench")
        how = ["-n", "-M", "prepared", "-c", str(CLIENTS), "-j", str(THREADS), "-T", str(seconds)]
        return [str(program), *how, *named, "-f", str(SQL / f"{script}.sql"), self.url]


async def lay(stand: Stand) -> Ground:
    """With fresh statistics: nobody shall say that the reference had bad plans."""
    url = await stand.make_database("reference")
    async with stand.pytake(url, processes={}) as setting_up:
        tenant = await make_tenant(setting_up)
    owner = await asyncpg.connect(url)
    try:
        await owner.execute(_PEOPLE, tenant.organization_id, tenant.number_id, PEOPLE)
        await owner.execute("VACUUM ANALYZE")
        version = await owner.fetchrow(
            "SELECT v.id, v.flow_id, f.chatbot_id FROM flow_versions v JOIN flows f ON f.id = v.flow_id"
        )
    finally:
        await owner.close()
    return Ground(stand, url, tenant, version["chatbot_id"], version["flow_id"], version["id"])
