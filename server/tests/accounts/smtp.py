"""A mail server of a test's own: it speaks enough SMTP (RFC 5321) to take a letter or to refuse it."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from email import message_from_string
from email.message import Message

_YES = {"DATA": "354 go on", "QUIT": "221 bye"}


@dataclass(slots=True)
class MailServer:
    port: int = 0
    answers: dict[str, str] = field(default_factory=dict)
    """What it says to a command instead of yes."""
    letters: list[Message] = field(default_factory=list)
    heard: list[str] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.port}"

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"220 test\r\n")
        while line := (await reader.readline()).decode().strip():
            self.heard.append(line)
            command = line.split(" ")[0].split(":")[0].upper()
            answer = self.answers.get(command, _YES.get(command, "250 ok"))
            writer.write(f"{answer}\r\n".encode())
            if command == "DATA" and answer.startswith("354"):
                text = (await reader.readuntil(b"\r\n.\r\n")).decode()
                self.letters.append(message_from_string(text.removesuffix(".\r\n").replace("\r\n", "\n")))
                writer.write(b"250 taken\r\n")
            if command == "QUIT":
                break
        writer.close()


@asynccontextmanager
async def a_mail_server(**answers: str) -> AsyncIterator[MailServer]:
    mail = MailServer(answers=answers)
    server = await asyncio.start_server(mail.serve, "127.0.0.1", 0)
    mail.port = server.sockets[0].getsockname()[1]
    async with server:
        yield mail
