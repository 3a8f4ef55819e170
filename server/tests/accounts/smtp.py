"""A mail server of a test's own: it speaks enough SMTP (RFC 5321) to take a letter or to refuse it."""

import asyncio
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email import message_from_string
from email.message import Message
from ipaddress import IPv4Address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

_YES = {"DATA": "354 go on", "QUIT": "221 bye"}


@dataclass(slots=True)
class MailServer:
    port: int = 0
    answers: dict[str, str] = field(default_factory=dict)
    """What it says to a command instead of yes."""
    letters: list[Message] = field(default_factory=list)
    heard: list[str] = field(default_factory=list)
    authority: Path | None = None
    """The certificate it shows, when it speaks over TLS only."""

    @property
    def url(self) -> str:
        return f"{'smtps' if self.authority else 'smtp'}://127.0.0.1:{self.port}"

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
async def a_mail_server(certificate: Path | None = None, /, **answers: str) -> AsyncIterator[MailServer]:
    """`certificate`: of 127.0.0.1, with its key; the server then speaks over TLS only."""
    mail = MailServer(answers=answers, authority=certificate)
    server = await asyncio.start_server(mail.serve, "127.0.0.1", 0, ssl=_over_tls(certificate))
    mail.port = server.sockets[0].getsockname()[1]
    async with server:
        yield mail


def _over_tls(certificate: Path | None) -> ssl.SSLContext | None:
    if certificate is None:
        return None
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    return context


def a_certificate(folder: Path) -> Path:
    """Signed by itself, for 127.0.0.1; with its key in the same file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    address = x509.SubjectAlternativeName([x509.IPAddress(IPv4Address("127.0.0.1"))])
    signed = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(datetime(2026, 1, 1, tzinfo=UTC))
        .not_valid_after(datetime(2126, 1, 1, tzinfo=UTC))
        .add_extension(address, critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    written = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path = folder / "mail.pem"
    path.write_bytes(written + signed.public_bytes(serialization.Encoding.PEM))
    return path
