"""A hand on the simulator, which is a process of its own: people, faults, registration, by its admin API."""

from types import TracebackType
from typing import Any, Self

import aiohttp

Json = dict[str, Any]


class Meta:
    def __init__(self, base_url: str) -> None:
        self.base_url = base_url
        self._session: aiohttp.ClientSession

    async def __aenter__(self) -> Self:
        self._session = aiohttp.ClientSession(self.base_url)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._session.close()

    @property
    def graph_url(self) -> str:
        return f"{self.base_url}/v25.0"

    async def says(self, wa_id: str, text: str, phone_number_id: str) -> str:
        """A customer writes; the wamid. The webhook is on its way."""
        body = {"do": "text", "text": text, "phone_number_id": phone_number_id}
        wamid: str = (await self.call("POST", f"customers/{wa_id}/messages", body))["wamid"]
        return wamid

    async def customer(self, wa_id: str, name: str) -> None:
        await self.call("POST", "customers", {"wa_id": wa_id, "name": name})

    async def fault(self, side: str, action: str, **how: Any) -> str:
        """See docs/reference/simulator.md; answers the rule's id."""
        rule: str = (await self.call("POST", "faults", {"side": side, "action": action, **how}))["id"]
        return rule

    async def clear_faults(self, rule: str | None = None) -> None:
        await self.call("DELETE", f"faults/{rule}" if rule else "faults")

    async def still_to_tell(self) -> int:
        """Webhooks under way, waiting for their turn or for another try, and statuses that are yet to be."""
        async with self._session.get("/health") as answer:
            health: dict[str, int] = await answer.json()
            return health["pending_webhooks"] + health["statuses_to_come"]

    async def setup(self, **everything: Any) -> None:
        """`apps`, `wabas`, `numbers`, `customers`; the callback URLs must answer the handshake now."""
        await self.call("PUT", "setup", everything)

    async def call(self, method: str, path: str, body: Json | None = None) -> Json:
        async with self._session.request(method, f"/_simulator/{path}", json=body) as answer:
            told: Json = await answer.json()
            assert answer.ok, f"{method} {path}: {answer.status} {told}"
            return told
