"""Puts the demo into the database and into the simulator. Every step can be repeated."""

from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import UUID

import aiohttp

from pytake.chatbots.service import publish as flows
from pytake.engine.flow_file import read_flow_file
from pytake.entrypoints.bootstrap import BuiltRuntime
from pytake.entrypoints.demo import account as demo
from pytake.entrypoints.demo.account import Account
from pytake.entrypoints.desk import opened
from pytake.identity import service as identity
from pytake.identity.passwords import Passwords
from pytake.identity.types import Role
from pytake.kit.ids import new_id
from pytake.kit.problem import Problem
from pytake.kit.work import COMMAND, Work
from pytake.settings import Settings
from pytake.whatsapp import service as whatsapp

FLOW = Path(__file__).with_name("menu.flow.json")
NOTICE = 15
"""Seconds for the simulator, which first asks us whether the webhook is ours."""


async def seed(settings: Settings) -> None:
    account = demo.kept(settings.data_dir)
    if account is None or account.webhook_path is None:
        async with opened() as runtime:
            account = await _settle(runtime, settings, account)
    await _tell_simulator(settings, account)


async def _settle(runtime: BuiltRuntime, settings: Settings, kept: Account | None) -> Account:
    """The secrets are written down before they are used: a run that is cut off can be taken up again."""
    organization_id = await identity.find_organization(runtime, demo.SLUG)
    if organization_id and kept is None:
        raise Problem(
            f"This database has an organization {demo.SLUG} already, begun from another data folder.",
            "Start without the demo: `pytake up --no-demo`.",
        )
    account = kept or demo.new_account()
    account.save(settings.data_dir)
    if organization_id:
        async with runtime.work(organization_id, COMMAND) as work:
            channel = await _channel(work, runtime, account)
            work.audit("channel.opened", channel[0], after={"name": "demo"})
    else:
        channel = await _create(runtime, account)
    settled = replace(account, webhook_path=f"/webhooks/whatsapp/{channel[1]}")
    settled.save(settings.data_dir)
    return settled


async def _create(runtime: BuiltRuntime, account: Account) -> tuple[UUID, str]:
    """Everything in one transaction."""
    hashed = await Passwords().hash(account.password, email=demo.EMAIL)
    organization_id = new_id()
    async with runtime.work(organization_id, COMMAND) as work:
        await identity.create_organization(work, name=demo.ORGANIZATION, slug=demo.SLUG)
        await identity.create_user(
            work, full_name=demo.FULL_NAME, email=demo.EMAIL, password_hash=hashed, role=Role.ORG_ADMIN
        )
        bot_id = await flows.create_bot(work, "Aurora")
        flow_id = await flows.import_flow(work, bot_id, read_flow_file(FLOW.read_bytes()))
        await flows.publish(work, flow_id)
        channel = await _channel(work, runtime, account)
        await _connect(work, runtime, account, channel[0])
        work.audit(
            "organization.created", organization_id, after={"name": demo.ORGANIZATION, "slug": demo.SLUG}
        )
    return channel


async def _channel(work: Work, runtime: BuiltRuntime, account: Account) -> tuple[UUID, str]:
    return await whatsapp.open_channel(
        work,
        runtime.ports.secrets,
        name="demo",
        app_secret=account.app_secret,
        verify_token=account.verify_token,
        meta_app_id=demo.APP_ID,
    )


async def _connect(work: Work, runtime: BuiltRuntime, account: Account, channel_id: UUID) -> None:
    await whatsapp.connect_number(
        work,
        runtime.ports.secrets,
        channel_id=channel_id,
        phone_number_id=demo.PHONE_NUMBER_ID,
        phone_number=demo.PHONE,
        display_name=demo.ORGANIZATION,
        business_account_id=demo.WABA_ID,
        access_token=account.access_token,
    )


async def _tell_simulator(settings: Settings, account: Account) -> None:
    graph = settings.meta_graph_url.rpartition("/")[0]
    try:
        async with (
            aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=NOTICE)) as session,
            session.put(f"{graph}/_simulator/setup", json=_world(settings, account)) as answer,
        ):
            if not answer.ok:
                raise Problem(f"The simulator refuses the demo: {await answer.text()}.", f"Is it at {graph}?")
    except (aiohttp.ClientError, TimeoutError) as error:
        raise Problem(f"No simulator answers at {graph}.", "`pytake up` starts one.") from error


def _world(settings: Settings, account: Account) -> dict[str, Any]:
    host = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(settings.host, settings.host)  # noqa: S104 - listening everywhere
    app = {
        "app_id": demo.APP_ID,
        "name": demo.ORGANIZATION,
        "app_secret": account.app_secret,
        "verify_token": account.verify_token,
        "callback_url": f"http://{host}:{settings.port}{account.webhook_path}",
    }
    number = {
        "phone_number_id": demo.PHONE_NUMBER_ID,
        "waba_id": demo.WABA_ID,
        "display_phone_number": demo.PHONE,
        "verified_name": demo.ORGANIZATION,
        "access_token": account.access_token,
        "app_id": demo.APP_ID,
    }
    return {
        "apps": [app],
        "wabas": [{"waba_id": demo.WABA_ID, "name": demo.ORGANIZATION}],
        "numbers": [number],
        "customers": list(demo.CUSTOMERS),
    }
