"""Letters: put down in the transaction of their reason, written when they leave, sent until they went."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any, Final
from uuid import UUID

import structlog

from pytake.accounts import alert_wording, jobs, marks, wording
from pytake.accounts.repository import links, mails, people
from pytake.accounts.types import LinkPurpose, Locale, MailStatus, Template
from pytake.identity.types import Role
from pytake.kit.work import Work
from pytake.ports.mail import Letter, MailAway, MailRefused
from pytake.runtime import Runtime

log = structlog.get_logger(__name__)

MOST: Final = 20
PATIENCE: Final = timedelta(minutes=10)
"""Until a letter whose sender died is taken up by another; longer than a batch of them can take."""
FIRST_PAUSE, LONGEST_PAUSE = timedelta(seconds=30), timedelta(hours=2)
ATTEMPTS: Final = 12
"""About half a day; the links in letters live no longer than some days."""


async def write_with_link(
    work: Work,
    purpose: LinkPurpose,
    template: Template,
    email: str,
    locale: Locale,
    *,
    user_id: UUID | None = None,
    full_name: str,
    role: Role | None = None,
    context: dict[str, Any] | None = None,
) -> UUID:
    link_id = await links.insert(work, purpose, email, user_id=user_id, full_name=full_name, role=role)
    said = {"name": full_name, "organization": await people.organization_name(work), **(context or {})}
    await mails.insert(work, email, template, locale, said, link_id)
    work.enqueue(jobs.send_mails(work.organization_id))
    return link_id


async def language_for(work: Work, user_id: UUID | None, browser: Locale) -> Locale:
    """Of letters to somebody who may not be the one at the browser: theirs, or else the organization's."""
    chosen = await people.language_of(work, user_id)
    return Locale(chosen) if chosen in {locale.value for locale in Locale} else browser


async def tell(
    work: Work, user_id: UUID, recipient: str, template: Template, locale: Locale, **context: Any
) -> None:
    """Whoever did not do it themselves has to hear of it."""
    known = await people.find_credentials(work, user_id)
    if known is not None:
        said = {"name": known["full_name"], "organization": known["organization_name"], **context}
        await mails.insert(work, recipient, template, locale, said)
        work.enqueue(jobs.send_mails(work.organization_id))


async def tell_administrators_of_number(work: Work, kind: str, number: str) -> None:
    """What somebody has to look after about a WhatsApp number, to each in their language."""
    for person in await people.administrators(work):
        known = {locale.value: locale for locale in Locale}
        locale = known.get(person["language"], Locale.PT_BR)
        said = {
            "name": person["full_name"],
            "organization": person["organization_name"],
            "number": number,
            "matter": alert_wording.matter(kind, locale),
        }
        await mails.insert(work, person["email"], Template.NUMBER_ALERT, locale, said)
        work.enqueue(jobs.send_mails(work.organization_id))


async def send_due(runtime: Runtime, organization_id: UUID) -> None:
    """Claim, call, record. A letter may arrive twice when a sender dies in between, and never not at all."""
    while True:
        async with runtime.work(organization_id) as work:
            claimed = await mails.claim(work, MOST, PATIENCE)
        for place, row in enumerate(claimed, start=1):
            if not await _send(runtime, organization_id, row):
                await _give_back(runtime, organization_id, claimed[place:])
                return
        if len(claimed) < MOST:
            return


async def _give_back(runtime: Runtime, organization_id: UUID, rows: Sequence[Any]) -> None:
    """A server that takes nothing now would cost each of them a try, and us its patience each time."""
    async with runtime.work(organization_id) as work:
        await mails.give_back(work, [row["id"] for row in rows], FIRST_PAUSE)


async def _send(runtime: Runtime, organization_id: UUID, row: Any) -> bool:
    """False when the server is away."""
    mailer = runtime.ports.mailer
    try:
        await mailer.deliver(written(runtime, row))
    except MailAway as error:
        await _try_later(runtime, organization_id, row, str(error))
        return False
    except MailRefused as error:
        log.warning("mail_refused", mail_id=str(row["id"]), error=str(error))
        outcome: tuple[MailStatus, str | None] = (MailStatus.FAILED, str(error))
    else:
        outcome = (MailStatus.KEPT if mailer.is_local else MailStatus.SENT, None)
    async with runtime.work(organization_id) as work:
        await mails.settle(work, row["id"], *outcome)
    return True


async def _try_later(runtime: Runtime, organization_id: UUID, row: Any, error: str) -> None:
    async with runtime.work(organization_id) as work:
        if row["attempts"] >= ATTEMPTS:
            log.warning("mail_given_up", mail_id=str(row["id"]), error=error)
            await mails.settle(work, row["id"], MailStatus.FAILED, error)
        else:
            pause = min(FIRST_PAUSE * 2 ** (row["attempts"] - 1), LONGEST_PAUSE)
            await mails.postpone(work, row["id"], pause, error)


def written(runtime: Runtime, row: Any) -> Letter:
    token = marks.link_token(runtime.ports.digests, row["link_id"]) if row["link_id"] else None
    template, locale = Template(row["template"]), Locale(row["locale"])
    subject, text = wording.write(template, locale, row["context"], runtime.ports.mailer.web_url, token)
    return Letter(row["id"], row["recipient"], subject, text)
