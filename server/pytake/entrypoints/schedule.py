"""Every recurring job, one line each. What must not wait a minute is a sweep of the workers instead."""

from datetime import timedelta

from pytake.accounts import jobs as accounts
from pytake.analytics import jobs as analytics
from pytake.audit import jobs as audit
from pytake.conversations import jobs as conversations
from pytake.http import jobs as http
from pytake.inbound import jobs as inbound
from pytake.kit.jobs import Nudge

SCHEDULE: dict[Nudge, timedelta] = {
    accounts.tidy(): timedelta(hours=24),
    conversations.make_partitions(): timedelta(hours=6),
    analytics.trim_journal(): timedelta(hours=24),
    inbound.forget_waiting(): timedelta(hours=24),
    audit.tell_heads(): timedelta(hours=24),
    audit.verify_all(): timedelta(hours=24),
    http.forget_repeats(): timedelta(hours=1),
}
