"""Words of bots and flows."""

from enum import StrEnum


class AiProvider(StrEnum):
    OPENAI = "openai"
    ANTHROPIC = "anthropic"
    GOOGLE = "google"


class FlowType(StrEnum):
    MAIN = "main"
    SUB = "sub"
    TEMPLATE = "template"


class TriggerType(StrEnum):
    KEYWORD = "keyword"
    EVENT = "event"
    SCHEDULE = "schedule"
    WEBHOOK = "webhook"


class NodeType(StrEnum):
    START = "start"
    MESSAGE = "message"
    TEMPLATE = "template"
    QUESTION = "question"
    CONDITION = "condition"
    ACTION = "action"
    API_CALL = "api_call"
    AI_PROMPT = "ai_prompt"
    JUMP = "jump"
    END = "end"
    HANDOFF = "handoff"


class StoredRunStatus(StrEnum):
    """The engine's run statuses, without the one that only exists inside a turn."""

    WAITING = "waiting"
    COMPLETED = "completed"
    FAILED = "failed"
    INTERRUPTED = "interrupted"
    EXPIRED = "expired"
    HANDED_OFF = "handed_off"
