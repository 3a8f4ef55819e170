"""Every table, for Alembic: importing this module imports all models."""

from pytake.accounts import models as _accounts
from pytake.analytics import models as _analytics
from pytake.audit import models as _audit
from pytake.campaigns import models as _campaigns
from pytake.chatbots import models as _chatbots
from pytake.contacts import models as _contacts
from pytake.conversations import models as _conversations
from pytake.departments import models as _departments
from pytake.entrypoints import heartbeat_models as _heartbeat
from pytake.http import repeats_models as _http
from pytake.identity import models as _identity
from pytake.inbound import models as _inbound
from pytake.integrations import models as _integrations
from pytake.kit import journal_models as _journal
from pytake.kit.models import Base
from pytake.media import models as _media
from pytake.whatsapp import models as _whatsapp

MODULES = (
    _accounts,
    _analytics,
    _audit,
    _campaigns,
    _chatbots,
    _contacts,
    _conversations,
    _departments,
    _heartbeat,
    _http,
    _identity,
    _inbound,
    _integrations,
    _journal,
    _media,
    _whatsapp,
)

METADATA = Base.metadata
