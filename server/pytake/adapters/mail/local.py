"""Mail for installations without a mail server: every letter stays where it was written."""

from pytake.ports.mail import Letter


class LocalMailer:
    is_local = True

    def __init__(self, web_url: str) -> None:
        self.web_url = web_url

    async def deliver(self, letter: Letter) -> None:
        """Nothing to do: the outbox shows the letter from its row."""
