"""How far a flow may go. Every number the engine stops at is here."""

from dataclasses import dataclass
from typing import Final

# --- the drawing ----------------------------------------------------------------------------------------

MAX_NODES: Final = 2_000
MAX_EDGES: Final = 10_000
MAX_CANVAS_BYTES: Final = 2 * 1024 * 1024
MAX_CANVAS_DEPTH: Final = 40
MAX_LABEL: Final = 255
MAX_KEYWORDS: Final = 100
MAX_OPTIONS: Final = 100
MAX_CASES: Final = 50
MAX_START_VARIABLES: Final = 50
MAX_OPERAND_ITEMS: Final = 100
MAX_RULE_DEPTH: Final = 8
MAX_ATTEMPTS: Final = 10
MAX_TIMEOUT_SECONDS: Final = 30 * 24 * 3600
MAX_PATTERN: Final = 500

# --- a message, as WhatsApp takes it --------------------------------------------------------------------

MAX_TEXT_BODY: Final = 4_096
MAX_INTERACTIVE_BODY: Final = 1_024
MAX_HEADER: Final = 60
MAX_FOOTER: Final = 60
MAX_BUTTONS: Final = 3
MAX_BUTTON_TITLE: Final = 20
MAX_ROWS: Final = 10
MAX_SECTIONS: Final = 10
MAX_ROW_TITLE: Final = 24
MAX_ROW_DESCRIPTION: Final = 72
MAX_SECTION_TITLE: Final = 24

# --- an expression --------------------------------------------------------------------------------------

MAX_TEMPLATE: Final = 10_000
MAX_EXPRESSION: Final = 1_000
MAX_NESTING: Final = 30
MAX_OPERATIONS: Final = 300
MAX_EVALUATION_STEPS: Final = 20_000
"""In one turn; an operation is a step, and one more for every so many characters it works on."""
CHARACTERS_PER_STEP: Final = 64
MAX_VALUE_CHARACTERS: Final = 65_536
MAX_ITEMS: Final = 1_000
MAX_VALUE_DEPTH: Final = 20


MAX_WARNINGS: Final = 20
"""In one turn; the author needs no more to see that something is wrong."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What ends a run that goes astray. The run's counters live in its state, so parking resets none."""

    visits_per_turn: int = 100
    sends_per_turn: int = 20
    steps_per_run: int = 500
    variables_bytes: int = 1024 * 1024


DEFAULT_LIMITS: Final = Limits()
