"""What Meta keeps of message templates, and what it can be asked to do with them."""

from dataclasses import field
from typing import Any, Protocol

from pytake.kit.frozen import frozen

Json = dict[str, Any]


@frozen
class RemoteTemplate:
    """One template in one language, as Meta has it. Words stand as Meta writes them; any may be missing."""

    id: str
    name: str
    language: str
    status: str | None = None
    category: str | None = None
    components: list[Json] = field(default_factory=list, hash=False)
    parameter_format: str | None = None
    quality_score: Json = field(default_factory=dict, hash=False)
    rejected_reason: str | None = None
    previous_category: str | None = None
    correct_category: str | None = None


@frozen
class TemplatePage:
    items: tuple[RemoteTemplate, ...]
    after: str | None
    """Where the next page begins; None: this was the last."""


@frozen
class CreatedTemplate:
    id: str
    status: str | None
    category: str | None
    """Meta may have chosen another one than it was asked for."""


class WhatsAppTemplates(Protocol):
    """Each raises WhatsAppRefused, WhatsAppUnreachable when nothing left, WhatsAppLost when nobody knows."""

    async def list_templates(
        self, waba_id: str, access_token: str, *, after: str | None = None, name: str | None = None
    ) -> TemplatePage: ...

    async def get_template(self, template_id: str, access_token: str) -> RemoteTemplate: ...

    async def create_template(self, waba_id: str, access_token: str, template: Json) -> CreatedTemplate:
        """Meta answers at once and decides within a day."""
        ...

    async def edit_template(self, template_id: str, access_token: str, changes: Json) -> None:
        """Replaces all components; the template goes back to review."""
        ...

    async def delete_template(
        self, waba_id: str, access_token: str, *, name: str, template_id: str | None
    ) -> None:
        """One language by its id, or all of them by name."""
        ...
