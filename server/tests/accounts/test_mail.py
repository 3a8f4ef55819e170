"""Letters leave, are tried again, or stay to be read; a thief of the database finds nothing in them."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

import asyncpg
import pytest
from fastapi import FastAPI

from pytake.accounts import jobs, marks, tasks, wording
from pytake.accounts.repository import mails
from pytake.accounts.service import letters
from pytake.accounts.types import Locale, Template
from pytake.adapters.mail.smtp import SmtpMailer
from pytake.entrypoints.api import create_app
from pytake.entrypoints.bootstrap import BuiltRuntime, build_runtime, close_runtime
from pytake.kit.ids import new_id
from pytake.ports.mail import Letter, MailAway, MailRefused
from pytake.settings import Settings
from tests.accounts.people import a_browser, code_of, mail, token_in
from tests.accounts.smtp import a_certificate, a_mail_server
from tests.factories import Somebody, somebody
from tests.runtimes import NoJobs

LETTER = Letter(uuid4(), "ana@padaria.example", "Crie uma nova senha", "Olá, Ana!\n\nSó isto.\n")


@asynccontextmanager
async def sending(settings: Settings, url: str) -> AsyncIterator[BuiltRuntime]:
    told = {"smtp_url": url, "mail_from": "Padaria <nao-responda@padaria.example>"}
    runtime = await build_runtime(Settings.model_validate(settings.model_dump() | told), "tests", NoJobs())
    yield runtime
    await close_runtime(runtime)


async def _ask(runtime: BuiltRuntime, settings: Settings) -> Somebody:
    user = await somebody(runtime)
    async with a_browser(create_app(runtime, settings)) as browser:
        assert (await browser.post("/auth/password/forgot", {"email": user.email})).status_code == 202
    assert isinstance(runtime.jobs, NoJobs)
    assert jobs.answer_resets() in runtime.jobs.pushed
    return user


async def _row(owner: asyncpg.Connection) -> Any:
    return await owner.fetchrow(
        "SELECT status, attempts, last_error, next_attempt_at > now() AS waits FROM mails"
    )


async def test_a_letter_leaves_by_smtp(settings: Settings, owner: asyncpg.Connection) -> None:
    async with a_mail_server() as server, sending(settings, server.url) as runtime:
        user = await _ask(runtime, settings)
        await tasks.answer_resets(runtime)
        assert await tasks.unanswered(runtime) == [jobs.send_mails(user.organization_id)]
        await tasks.send_mails(runtime, user.organization_id)

        (letter,) = server.letters
        assert (letter["To"], letter["From"]) == (user.email, "Padaria <nao-responda@padaria.example>")
        text = letter.get_payload(decode=True)
        assert isinstance(text, bytes)
        assert "http://pytake.test/reset-password#" in text.decode()
        assert tuple(await _row(owner))[:2] == ("sent", 1)
        assert await tasks.unanswered(runtime) == []


@pytest.mark.parametrize(
    ("answers", "status", "error"),
    [
        ({"RCPT": "451 busy"}, "pending", "SMTP 451"),
        ({"MAIL": "421 later"}, "pending", "SMTP 421"),
        ({"DATA": "452 full"}, "pending", "SMTP 452"),
        ({"MAIL": "550 not from you"}, "pending", "SMTP 550"),
        ({"RCPT": "550 no such person"}, "failed", "SMTP 550"),
        ({"DATA": "554 spam"}, "failed", "SMTP 554"),
    ],
)
async def test_a_refusal_is_final_or_for_now(
    settings: Settings, owner: asyncpg.Connection, answers: dict[str, str], status: str, error: str
) -> None:
    async with a_mail_server(**answers) as server, sending(settings, server.url) as runtime:
        user = await _ask(runtime, settings)
        await tasks.answer_resets(runtime)
        await tasks.send_mails(runtime, user.organization_id)

        assert tuple(await _row(owner)) == (status, 1, error, True)
        if status == "pending":
            server.answers.clear()
            await owner.execute("UPDATE mails SET next_attempt_at = now()")
            await tasks.send_mails(runtime, user.organization_id)
            assert len(server.letters) == 1
            assert tuple(await _row(owner))[:2] == ("sent", 2)


async def test_a_wrong_password_of_ours_loses_no_letter(
    settings: Settings, owner: asyncpg.Connection, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """535 is final for the password, not for whom the letter is to."""
    certificate = a_certificate(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    said = {"EHLO": "250-test\r\n250 AUTH PLAIN", "AUTH": "535 5.7.8 wrong"}
    async with a_mail_server(certificate, **said) as server:
        url = server.url.replace("://", "://padaria:errada@")
        async with sending(settings, url) as runtime:
            user = await _ask(runtime, settings)
            await tasks.answer_resets(runtime)
            await tasks.send_mails(runtime, user.organization_id)
            assert tuple(await _row(owner)) == ("pending", 1, "SMTP 535", True)

            server.answers["AUTH"] = "235 right"
            await owner.execute("UPDATE mails SET next_attempt_at = now()")
            await tasks.send_mails(runtime, user.organization_id)
            assert len(server.letters) == 1
    assert tuple(await _row(owner))[:2] == ("sent", 2)


async def test_a_server_that_is_away_is_not_asked_for_each_letter(
    settings: Settings, owner: asyncpg.Connection
) -> None:
    async with a_mail_server(MAIL="421 later") as server, sending(settings, server.url) as runtime:
        user = await somebody(runtime)
        async with runtime.work(user.organization_id) as work:
            for _ in range(3):
                said = {"name": "Ana", "organization": "Padaria"}
                await mails.insert(work, user.email, Template.PASSWORD_CHANGED, Locale.PT_BR, said)
        await tasks.send_mails(runtime, user.organization_id)

        assert sum(line.upper().startswith("MAIL") for line in server.heard) == 1
        rows = await owner.fetch("SELECT attempts, next_attempt_at > now() AS waits FROM mails ORDER BY 1")
        assert [tuple(row) for row in rows] == [(0, True), (0, True), (1, True)]
        server.answers.clear()
        await owner.execute("UPDATE mails SET next_attempt_at = now()")
        await tasks.send_mails(runtime, user.organization_id)
        assert len(server.letters) == 3


async def test_a_server_that_is_away_is_asked_again_and_in_the_end_no_more(
    settings: Settings, owner: asyncpg.Connection
) -> None:
    async with sending(settings, "smtp://127.0.0.1:1") as runtime:
        user = await _ask(runtime, settings)
        await tasks.answer_resets(runtime)
        for attempt in range(1, letters.ATTEMPTS + 1):
            await owner.execute("UPDATE mails SET next_attempt_at = now()")
            await tasks.send_mails(runtime, user.organization_id)
            row = await _row(owner)
            assert (row["attempts"], row["last_error"]) == (attempt, "ConnectionRefusedError")
        assert (await _row(owner))["status"] == "failed"
        assert await tasks.unanswered(runtime) == []


async def test_a_letter_whose_sender_died_is_taken_up_later(
    settings: Settings, owner: asyncpg.Connection
) -> None:
    async with a_mail_server() as server, sending(settings, server.url) as runtime:
        user = await _ask(runtime, settings)
        await tasks.answer_resets(runtime)
        async with runtime.work(user.organization_id) as work:
            assert len(await mails.claim(work, 10, letters.PATIENCE)) == 1
        await tasks.send_mails(runtime, user.organization_id)
        assert server.letters == [], "somebody seems to be at it"

        await owner.execute("UPDATE mails SET next_attempt_at = now()")
        await tasks.send_mails(runtime, user.organization_id)
        assert len(server.letters) == 1


async def test_a_password_goes_over_tls_only() -> None:
    async with a_mail_server() as server:
        mailer = SmtpMailer(f"smtp://ana:secret@127.0.0.1:{server.port}", "a@b.example", "https://p.example")
        with pytest.raises(MailAway, match="no TLS"):
            await mailer.deliver(LETTER)
        assert not any("secret" in line or "AUTH" in line for line in server.heard)


async def test_a_name_cannot_write_headers() -> None:
    async with a_mail_server() as server:
        mailer = SmtpMailer(server.url, "a@b.example", "https://p.example")
        said = {"name": "Ana", "organization": "Bolos\r\nBcc: all@evil.example", "inviter": "{link}\n\nx"}
        subject, text = wording.write(Template.INVITATION, Locale.PT_BR, said, "https://p.example", "t")
        await mailer.deliver(Letter(new_id(), "ana@padaria.example", subject, text))
        (letter,) = server.letters
        assert "Bcc" not in letter
        assert "{link} x convidou" in text
        with pytest.raises((MailRefused, ValueError)):
            await mailer.deliver(Letter(new_id(), "ana@padaria.example\nBcc: x@y.example", subject, text))


TELLING = {
    Template.PASSWORD_CHANGED,
    Template.EMAIL_CHANGE_ASKED,
    Template.EMAIL_CHANGED,
    Template.NUMBER_ALERT,
}
"""Letters that tell of something, and open nothing."""


@pytest.mark.parametrize("locale", list(Locale))
@pytest.mark.parametrize("template", list(Template))
def test_every_letter_is_written_in_every_language(template: Template, locale: Locale) -> None:
    said = {"name": "Ana", "organization": "Padaria", "inviter": "Bia", "email": "ana@nova.example"}
    said |= {"number": "+55 11 3000-0100", "matter": "expirou"}
    token = None if template in TELLING else "the-token"
    subject, text = wording.write(template, locale, said, "https://p.example", token)

    assert subject
    assert "Ana" in text
    assert ("https://p.example/" in text and "#the-token" in text) is (token is not None)


async def test_the_outbox_is_for_who_sits_at_the_machine_of_a_development_installation(
    runtime: BuiltRuntime, settings: Settings
) -> None:
    user = await somebody(runtime)
    development = settings.model_copy(update={"environment": "development"})
    for told, address, host, status in (
        (development, "127.0.0.1", "localhost:8000", 200),
        (development, "::1", "[::1]:8000", 200),
        (development, "127.0.0.1", "evil.example", 404),
        (development, "192.0.2.1", "localhost:8000", 404),
        (settings, "127.0.0.1", "localhost:8000", 404),
    ):
        async with a_browser(create_app(runtime, told), address) as browser:
            await browser.post("/auth/password/forgot", {"email": user.email})
            await mail(runtime, user.organization_id)
            answer = await browser.get("/outbox", host=host)
            assert answer.status_code == status, (address, host)
            if status == 200:
                letter = answer.json()["items"][0]
                assert (letter["recipient"], letter["status"]) == (user.email, "kept")
                assert "http://pytake.test/reset-password#" in letter["text"]
            else:
                assert code_of(answer) == (404, "not_found")


async def test_the_database_holds_no_token(
    app: FastAPI, runtime: BuiltRuntime, owner: asyncpg.Connection
) -> None:
    user = await somebody(runtime)
    async with a_browser(app) as browser:
        await browser.post("/auth/password/forgot", {"email": user.email})
        token = token_in((await mail(runtime, user.organization_id))[0])
    dump = [
        str(await owner.fetch(f"SELECT t::text FROM {table} t"))  # noqa: S608 - the names in the loop beside it
        for table in ("mails", "one_time_links", "reset_requests", "sign_in_attempts", "audit_logs")
    ]
    assert marks.read_link_token(runtime.ports.digests, token) is not None
    for part in (token, token[24:], token[:40]):
        assert part not in " ".join(dump)
    assert user.email not in dump[3], "what was guessed at is not written down"
