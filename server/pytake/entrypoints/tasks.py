"""Names every module with handlers and sweeps, so that importing this one fills the registry."""

import pytake.accounts.tasks
import pytake.analytics.tasks
import pytake.audit.tasks
import pytake.chatbots.tasks
import pytake.conversations.tasks
import pytake.http.tasks
import pytake.inbound.tasks
import pytake.media.tasks
import pytake.merging.tasks
import pytake.whatsapp.tasks
import pytake.whatsapp.templates.tasks  # noqa: F401 - imported for what it registers
