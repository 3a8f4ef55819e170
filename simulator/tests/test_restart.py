import asyncio
import contextlib
import json
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from simulator.config import Config, ConfigError, load_config, read_config
from simulator.graph import messages
from simulator.testing import PHONE_NUMBER_ID, RunningSimulator, fast_config
from tests.business import MARIA, Business, Graph


async def test_another_life_knows_everything(
    business: Business, session: aiohttp.ClientSession, tmp_path: Path
) -> None:
    config = fast_config(data=tmp_path)
    async with RunningSimulator(config) as first:
        await first.register(callback_url=business.url)
        maria = first.customer(MARIA, "Maria Andrade", username="maria")
        await maria.says("oi")
        wamid = await Graph(session, first.graph_url).says("olá")
        await first.wait_for_status(wamid, "delivered")
        before = first.simulator.world.chats.get(PHONE_NUMBER_ID, MARIA).messages

    async with RunningSimulator(config) as second:
        world = second.simulator.world
        assert world.people.by_wa_id[MARIA] == maria.person
        assert list(world.chats.get(PHONE_NUMBER_ID, MARIA).messages) == list(before)
        assert world.journal.last > 3
        await second.customer(MARIA).says("de novo")
        await second.wait_for_status(await Graph(session, second.graph_url).says("sim"), "delivered")
    assert len({message["id"] for message in business.messages}) == 2


async def test_who_has_another_number_has_it_in_the_next_life(business: Business, tmp_path: Path) -> None:
    config = fast_config(data=tmp_path)
    async with RunningSimulator(config) as first:
        await first.register(callback_url=business.url)
        maria = first.customer(MARIA, "Maria Andrade")
        await maria.says("oi")
        await first.simulator.world.storage.write()
        await maria.changes_number("5511900000077")
        await maria.stops_marketing()

    async with RunningSimulator(config) as second:
        world = second.simulator.world
        assert list(world.people.by_wa_id.values()) == [maria.person]
        assert [chat.wa_id for chat in world.chats.all()] == ["5511900000077"]


async def test_a_deleted_chat_stays_deleted(business: Business, tmp_path: Path) -> None:
    config = fast_config(data=tmp_path)
    async with RunningSimulator(config) as first:
        await first.register(callback_url=business.url)
        await first.customer(MARIA).says("oi")
        await first.simulator.world.storage.write()
        first.simulator.world.clear(first.simulator.world.chats.get(PHONE_NUMBER_ID, MARIA))
    async with RunningSimulator(config) as second:
        assert not second.simulator.world.chats.get(PHONE_NUMBER_ID, MARIA).messages


async def test_a_webhook_nobody_took_is_repeated_in_the_next_life(business: Business, tmp_path: Path) -> None:
    business.answer = lambda _attempt: 500
    config = fast_config(data=tmp_path)
    async with RunningSimulator(config) as first:
        await first.register(callback_url=business.url)
        wamid = await first.customer(MARIA).says("oi")
        await first.wait_for_kind("webhook.failed")
    business.answer = lambda _attempt: 200
    async with RunningSimulator(config) as second:
        await second.wait_for_kind("webhook.delivered", updates=[{"message": wamid, "type": "text"}])
        message = second.simulator.world.chats.find_message(wamid)
        assert message is not None
        assert message.status == "delivered"
    async with RunningSimulator(config) as third:
        assert third.simulator.world.postman.pending == 0


async def test_a_message_on_its_way_arrives_in_the_next_life(
    business: Business, session: aiohttp.ClientSession, tmp_path: Path
) -> None:
    slow = fast_config(data=tmp_path)
    slow.statuses.sent = slow.statuses.delivered = 60.0
    async with RunningSimulator(slow) as first:
        await first.register(callback_url=business.url)
        await first.customer(MARIA).says("oi")
        wamid = await Graph(session, first.graph_url).says("olá")
    async with RunningSimulator(fast_config(data=tmp_path)) as second:
        await second.wait_for_status(wamid, "delivered")


async def test_the_log_survives_a_kill_and_the_process_says_where_it_is(
    session: aiohttp.ClientSession, tmp_path: Path
) -> None:
    process = await _start("--data", str(tmp_path))
    base = await _base(process)
    async with session.put(base + "/_simulator/setup", json=_world()) as response:
        assert response.status == 200
    accepted = []
    for _ in range(20):
        wamid = await Graph(session, base + "/v25.0", "token").says("oi")
        accepted.append(wamid)
    process.send_signal(signal.SIGKILL)
    await process.wait()

    records = [json.loads(line) for line in (tmp_path / "log.jsonl").read_text().splitlines()]
    assert [record["wamid"] for record in records if record["kind"] == "graph.accepted"] == accepted


@pytest.mark.parametrize("action", [None, "lost", "slow"])
async def test_what_is_answered_is_in_the_file_already(
    business: Business,
    session: aiohttp.ClientSession,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    action: str | None,
) -> None:
    log = tmp_path / "log.jsonl"
    recorded: list[bool] = []
    for name in ("json_response", "_cut"):
        leave = getattr(messages, name)

        def look(told: Any, leave: Callable[[Any], Any] = leave) -> Any:
            recorded.append('"graph.accepted"' in log.read_text())
            return leave(told)

        monkeypatch.setattr(messages, name, look)
    async with RunningSimulator(fast_config(data=tmp_path)) as sim:
        await sim.register(callback_url=business.url)
        await sim.customer(MARIA).says("oi")
        if action:
            sim.fault("graph", action, times=1)
        with contextlib.suppress(aiohttp.ClientError):
            await Graph(session, sim.graph_url).says("olá")
    assert recorded == [True]


async def test_it_ends_politely_and_reads_its_config(
    session: aiohttp.ClientSession, business: Business, tmp_path: Path
) -> None:
    config = tmp_path / "config.json"
    app = {"app_id": "7", "app_secret": "s", "verify_token": "pytake-verify", "callback_url": business.url}
    config.write_text(json.dumps({**_world(), "apps": [app], "retries": {"first": 1}}))
    process = await _start("--config", str(config), "--seed", "5")
    base = await _base(process)
    async with session.get(base + "/_simulator/log?wait=20") as response:
        records = (await response.json())["records"]
    assert records[0]["kind"] == "app.registered"
    process.terminate()
    assert await process.wait() == 0


async def test_a_callback_that_comes_up_later_is_verified_then(business: Business, tmp_path: Path) -> None:
    app = {"app_id": "7", "app_secret": "s", "verify_token": "pytake-verify", "callback_url": business.url}
    async with RunningSimulator(fast_config(apps=[app], **_world())) as sim:
        await sim.wait_for_kind("app.registered", app="7")
        await sim.customer(MARIA).says("oi")
        await sim.wait_for_kind("webhook.delivered")


@pytest.mark.parametrize(
    ("raw", "complaint"),
    [
        ({"colour": 1}, "unknown keys: colour"),
        ({"statuses": {"colour": 1}}, "statuses has unknown keys"),
        ({"statuses": 1}, "statuses must be an object"),
        ({"reads": "sometimes"}, "reads must be one of"),
        ({"port": "8001"}, "port must be int"),
        ([], "must be an object"),
    ],
)
def test_a_config_nobody_can_follow_is_refused(raw: object, complaint: str) -> None:
    with pytest.raises(ConfigError, match=complaint):
        read_config(raw)


def test_a_config_is_read(tmp_path: Path) -> None:
    path = tmp_path / "config.json"
    path.write_text('{"port": 1, "data": "x", "statuses": {"sent": 1}, "limits": {"pair_burst": 2}}')
    config = load_config(path)
    assert (config.port, config.data, config.statuses.sent, config.limits.pair_burst) == (
        1,
        Path("x"),
        1.0,
        2,
    )
    path.write_text("{")
    with pytest.raises(ConfigError, match="is not JSON"):
        load_config(path)
    assert read_config({}) == Config()


async def test_a_bad_config_ends_the_process_with_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "config.json").write_text("{}}")
    process = await _start("--config", str(tmp_path / "config.json"), stderr=asyncio.subprocess.PIPE)
    _, complaint = await process.communicate()
    assert process.returncode == 2
    assert b"is not JSON" in complaint


def _world() -> dict[str, object]:
    number = {
        "phone_number_id": PHONE_NUMBER_ID,
        "waba_id": "1",
        "display_phone_number": "551130000100",
        "access_token": "token",
    }
    return {"numbers": [number], "customers": [{"wa_id": MARIA}]}


async def _start(*arguments: str, stderr: int | None = None) -> asyncio.subprocess.Process:
    return await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "simulator", "--port", "0", *arguments),
        stdout=asyncio.subprocess.PIPE,
        stderr=stderr,
    )


async def _base(process: asyncio.subprocess.Process) -> str:
    assert process.stdout is not None
    line = (await process.stdout.readline()).decode()
    return line.split(" ")[2]
