"""The verification GET that Meta makes when a callback URL is registered."""

import aiohttp
from yarl import URL

from simulator.identifiers import numeric_id

_PATIENCE = 5.0


class HandshakeError(Exception):
    """The callback URL was not verified; the message says why."""


async def verify(session: aiohttp.ClientSession, url: str, verify_token: str) -> None:
    challenge = numeric_id(10)
    query = {"hub.mode": "subscribe", "hub.challenge": challenge, "hub.verify_token": verify_token}
    try:
        address = URL(url).update_query(query)
        async with session.get(
            address, allow_redirects=False, timeout=aiohttp.ClientTimeout(total=_PATIENCE)
        ) as response:
            body = await response.content.read(4096)
    except (aiohttp.ClientError, TimeoutError, ValueError) as error:
        raise HandshakeError(f"{url} could not be reached: {str(error) or type(error).__name__}") from error
    if response.status != 200:  # noqa: PLR2004  # HTTP
        raise HandshakeError(f"{url} answered {response.status} to the verification; 200 is needed.")
    if body != challenge.encode():
        raise HandshakeError(f"{url} answered {body[:80]!r} instead of the challenge {challenge}.")
