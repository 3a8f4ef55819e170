"""Rows for tests: functions named after what they make, with everything that does not matter filled in."""

from tests.factories.facts import until_readable, whoever
from tests.factories.offices import a_department, grant, hand_to
from tests.factories.people import PASSWORD, Somebody, a_user, an_organization, bearer, somebody
from tests.factories.talks import a_contact, a_conversation, a_message, a_number, messages_of

__all__ = [
    "PASSWORD",
    "Somebody",
    "a_contact",
    "a_conversation",
    "a_department",
    "a_message",
    "a_number",
    "a_user",
    "an_organization",
    "bearer",
    "grant",
    "hand_to",
    "messages_of",
    "somebody",
    "until_readable",
    "whoever",
]
