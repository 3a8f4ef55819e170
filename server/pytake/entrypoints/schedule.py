"""Every recurring job, one line each. What must not wait a minute is a sweep of the workers instead."""

from datetime import timedelta

from pytake.conversations import jobs as conversations
from pytake.kit.jobs import Nudge

SCHEDULE: dict[Nudge, timedelta] = {
    conversations.make_partitions(): timedelta(hours=6),
}
