"""Meta deciding about templates, by rule or by hand, and telling the business by webhook."""

from typing import Any

from simulator.templates import CATEGORIES, STATUSES, Template, verdict
from simulator.timetable import Timetable
from simulator.webhooks.updates import Update
from simulator.world import World

Json = dict[str, Any]

IMPENDING_SECONDS = 86400
_PAUSES = {
    "FIRST_PAUSE": "Your template has been paused for 3 hours because it has low quality.",
    "SECOND_PAUSE": "Your template has been paused for 6 hours because it has low quality.",
}


class TemplateDecisionError(ValueError):
    """A decision that makes no sense."""


class Reviewing:
    def __init__(self, world: World) -> None:
        self._world = world
        self._later = Timetable()

    def stop(self) -> None:
        self._later.clear()

    def begin(self, template: Template) -> None:
        """A template was submitted: decide after a while, unless a person does."""
        template.review += 1
        template.status, template.rejected_reason = "PENDING", "NONE"
        self._world.keep_template(template)
        self._show(template)
        config = self._world.config
        if config.template_review != "by_hand":
            turn = template.review
            self._later.after(config.template_review_seconds, lambda: self._decide(template, turn))

    def _decide(self, template: Template, turn: int) -> None:
        if template.review != turn or template.status != "PENDING":
            return
        approved: tuple[str, str, Json] = ("APPROVED", "NONE", {})
        status, reason, told = (
            approved if self._world.config.template_review == "approve" else verdict(template)
        )
        self.set_status(template, status, reason=reason, info=told)

    def set_status(
        self, template: Template, status: str, *, reason: str = "NONE", info: Json | None = None
    ) -> None:
        if status not in STATUSES:
            raise TemplateDecisionError(f"status must be one of {', '.join(sorted(STATUSES))}.")
        template.status = {"REINSTATED": "APPROVED", "UNARCHIVED": "APPROVED"}.get(status, status)
        template.rejected_reason = reason if status == "REJECTED" else "NONE"
        value: Json = {"event": status, **self._named(template), "reason": reason}
        value["message_template_category"] = template.category
        if status == "REJECTED" and info:
            value["rejection_info"] = info
        elif status == "PAUSED":
            title = str((info or {}).get("title", "FIRST_PAUSE"))
            value["other_info"] = {
                "title": title,
                "description": (info or {}).get("description") or _PAUSES.get(title, _PAUSES["FIRST_PAUSE"]),
            }
        elif status == "DISABLED":
            value["disable_info"] = {"disable_date": str(int(self._world.clock.now()))}
        self._world.keep_template(template)
        self._tell(template, "message_template_status_update", value)

    def set_quality(self, template: Template, score: str) -> None:
        if score not in {"GREEN", "YELLOW", "RED", "UNKNOWN"}:
            raise TemplateDecisionError("score must be GREEN, YELLOW, RED or UNKNOWN.")
        before, template.quality_score = template.quality_score, score
        template.quality_at = int(self._world.clock.now())
        self._world.keep_template(template)
        value = {"previous_quality_score": before, "new_quality_score": score, **self._named(template)}
        self._tell(template, "message_template_quality_update", value)

    def set_category(self, template: Template, category: str, *, impending: bool) -> None:
        """In the impending form `new_category` is the present one, as Meta has it."""
        if category not in CATEGORIES:
            raise TemplateDecisionError(f"category must be one of {', '.join(sorted(CATEGORIES))}.")
        named = self._named(template)
        if impending:
            template.correct_category = category
            at = int(self._world.clock.now()) + IMPENDING_SECONDS
            value: Json = {
                **named,
                "new_category": template.category,
                "correct_category": category,
                "category_update_timestamp": at,
            }
        else:
            value = {**named, "previous_category": template.category, "new_category": category}
            template.previous_category, template.category = template.category, category
            template.correct_category = None
        self._world.keep_template(template)
        self._tell(template, "template_category_update", value)

    def set_body(self, template: Template, text: str) -> None:
        """Meta, or somebody in Meta's own tool, has changed the words."""
        template.components = [
            {**each, "text": text} if each.get("type") == "BODY" else each for each in template.components
        ]
        self._world.keep_template(template)
        value: Json = {**self._named(template), "message_template_element": text}
        if footer := template.text_of("FOOTER"):
            value["message_template_footer"] = footer
        self._tell(template, "message_template_components_update", value)

    def _named(self, template: Template) -> Json:
        """In webhooks the id is a number."""
        return {
            "message_template_id": int(template.id),
            "message_template_name": template.name,
            "message_template_language": template.language,
        }

    def _tell(self, template: Template, field: str, value: Json) -> None:
        self._world.journal.add("template.told", field=field, template=template.id, name=template.name)
        update = Update(template.waba_id, field, value, {"field": field}, kind="account")
        update.time = int(self._world.clock.now())
        self._world.postman.tell(update)
        self._show(template)

    def _show(self, template: Template) -> None:
        self._world.live.tell_all({"type": "template", "id": template.id})
