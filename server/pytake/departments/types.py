"""Words of departments."""

from enum import StrEnum


class AssignmentStrategy(StrEnum):
    ROUND_ROBIN = "round_robin"
    LOAD_BALANCE = "load_balance"
    PRIORITY = "priority"
