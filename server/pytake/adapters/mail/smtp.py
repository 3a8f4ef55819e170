"""SMTP in a thread: `smtp://`, with STARTTLS wherever the server offers it, or `smtps://`."""

import asyncio
import smtplib
import ssl
from email.message import EmailMessage
from email.utils import formatdate
from typing import Final
from urllib.parse import SplitResult, unquote, urlsplit

from pytake.ports.mail import Letter, MailAway, MailRefused

SECONDS: Final = 20
_PORTS: Final = {"smtp": 587, "smtps": 465}
_PERMANENT: Final = 500


class SmtpMailer:
    is_local = False

    def __init__(self, url: str, sender: str, web_url: str) -> None:
        """`url` may hold a user and a password: a login is only ever sent over TLS."""
        self._server = urlsplit(url)
        self._sender = sender
        self.web_url = web_url

    async def deliver(self, letter: Letter) -> None:
        await asyncio.to_thread(self._deliver, self._written(letter))

    def _deliver(self, message: EmailMessage) -> None:
        try:
            with _connect(self._server) as line:
                if self._server.username:
                    line.login(unquote(self._server.username), unquote(self._server.password or ""))
                line.send_message(message)
        except smtplib.SMTPRecipientsRefused as error:
            _raise(error, max(code for code, _ in error.recipients.values()))
        except smtplib.SMTPDataError as error:
            _raise(error, error.smtp_code)
        except smtplib.SMTPResponseException as error:  # of us: our password, our sender, our greeting
            raise MailAway(f"SMTP {error.smtp_code}") from error
        except (smtplib.SMTPException, OSError) as error:
            raise MailAway(type(error).__name__) from error

    def _written(self, letter: Letter) -> EmailMessage:
        message = EmailMessage()
        message["From"], message["To"] = self._sender, letter.recipient
        message["Subject"] = letter.subject
        message["Date"] = formatdate(localtime=False)
        message["Message-ID"] = f"<{letter.id}@{urlsplit(self.web_url).hostname}>"
        message["Auto-Submitted"] = "auto-generated"
        message.set_content(letter.text)
        return message


def _connect(server: SplitResult) -> smtplib.SMTP:
    host, port = server.hostname or "localhost", server.port or _PORTS[server.scheme]
    if server.scheme == "smtps":
        return smtplib.SMTP_SSL(host, port, timeout=SECONDS, context=ssl.create_default_context())
    line = smtplib.SMTP(host, port, timeout=SECONDS)
    line.ehlo()
    if line.has_extn("starttls"):
        line.starttls(context=ssl.create_default_context())
        line.ehlo()
    elif server.username:
        line.close()
        raise MailAway("the server offers no TLS, and a password is not sent without")
    return line


def _raise(error: Exception, code: int) -> None:
    """The server's own words may repeat the address; its code says enough."""
    kind = MailRefused if code >= _PERMANENT else MailAway
    raise kind(f"SMTP {code}") from error
