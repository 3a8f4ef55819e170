"""The same Idempotency-Key asks Meta once, although no transaction is open while Meta is asked."""

import asyncio
from typing import Any
from uuid import uuid4

import pytest

from pytake.http.idempotency import DEAD_AFTER
from simulator.testing import ACCESS_TOKEN, PHONE_NUMBER_ID, WABA_ID
from tests.numbers.conftest import NUMBERS, Bench

CODE = {"method": "SMS", "language": "pt_BR"}
TWINS = 12


@pytest.fixture
async def unproven(bench: Bench) -> str:
    bench.office.sim.simulator.world.accounts.numbers[PHONE_NUMBER_ID].code_status = "NOT_VERIFIED"
    return f"{NUMBERS}/{(await bench.connect())['id']}/code/request"


async def _post(bench: Bench, path: str, key: str, body: Any) -> Any:
    headers = {**bench.boss.headers, "idempotency-key": key}
    return await bench.client.post(path, json=body, headers=headers)


def _asked(bench: Bench, call: str) -> int:
    return len(bench.office.sim.logged("graph.call", call=call))


async def test_a_number_is_connected_once_and_told_twice(bench: Bench) -> None:
    channel = await bench.channel()
    wanted = {
        "channel_id": channel["id"],
        "whatsapp_business_account_id": WABA_ID,
        "phone_number_id": PHONE_NUMBER_ID,
        "access_token": ACCESS_TOKEN,
    }
    key = str(uuid4())

    first = await _post(bench, NUMBERS, key, wanted)
    again = await _post(bench, NUMBERS, key, wanted)
    other = await _post(bench, NUMBERS, key, {**wanted, "display_name": "Balcão"})
    fresh = await _post(bench, NUMBERS, str(uuid4()), wanted)

    assert (first.status_code, again.status_code, again.content) == (201, 201, first.content)
    assert again.headers["idempotent-replayed"] == "true"
    assert (other.status_code, other.json()["error"]["code"]) == (422, "idempotency_key_reused")
    assert (fresh.status_code, fresh.json()["error"]["code"]) == (409, "number_taken")
    assert ACCESS_TOKEN not in first.text


async def test_of_twins_one_asks_meta(bench: Bench, unproven: str) -> None:
    key = str(uuid4())

    answers = await asyncio.gather(*(_post(bench, unproven, key, CODE) for _ in range(TWINS)))

    done = [answer for answer in answers if answer.status_code == 200]
    refused = [answer.json()["error"]["code"] for answer in answers if answer.status_code != 200]
    assert sum("idempotent-replayed" not in answer.headers for answer in done) == 1
    assert refused == ["idempotency_key_in_use"] * len(refused)
    assert _asked(bench, "request_code") == 1
    assert (await _post(bench, unproven, key, CODE)).headers["idempotent-replayed"] == "true"


async def test_what_meta_refused_may_be_asked_again(bench: Bench, unproven: str) -> None:
    key = str(uuid4())
    bench.office.sim.fault("graph", "error", endpoint="request_code", code=80007, times=1)

    refused = await _post(bench, unproven, key, CODE)
    taken = await _post(bench, unproven, key, CODE)

    assert refused.json()["error"]["details"]["meta_code"] == 80007
    assert (taken.status_code, "idempotent-replayed" in taken.headers) == (200, False)


async def test_a_key_whose_process_died_is_good_again_after_a_while(
    bench: Bench, unproven: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = str(uuid4())

    async def dies(*_: Any) -> None:
        raise ConnectionResetError

    bench.client.event_hooks = {}
    with monkeypatch.context() as patched:
        patched.setattr("pytake.http.repeats.keep", dies)
        assert (await _post(bench, unproven, key, CODE)).status_code == 503

    soon = await _post(bench, unproven, key, CODE)
    await bench.office.owner.execute(
        "UPDATE idempotency_keys SET created_at = now() - make_interval(secs => $1)", DEAD_AFTER + 1
    )
    late = await _post(bench, unproven, key, CODE)

    assert (soon.status_code, soon.json()["error"]["code"]) == (409, "idempotency_key_in_use")
    assert (late.status_code, _asked(bench, "request_code")) == (200, 2)
