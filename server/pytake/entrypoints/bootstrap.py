"""Where adapters meet ports: what a process holds, built from its settings."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass

from pytake.adapters.claims.book import FileClaimBook
from pytake.adapters.mail.local import LocalMailer
from pytake.adapters.mail.smtp import SmtpMailer
from pytake.adapters.meta.client import MetaClient
from pytake.adapters.meta.media import MetaMedia
from pytake.adapters.mongo.documents import MongoDocuments
from pytake.adapters.redis.client import RedisClient
from pytake.adapters.redis.doorbell import RedisDoorbell
from pytake.adapters.redis.gate import RedisGate
from pytake.adapters.redis.limiter import RedisSendLimiter
from pytake.adapters.redis.rates import RedisRates
from pytake.adapters.redis.tickets import RedisTickets
from pytake.adapters.redis.uploads import RedisUploads
from pytake.adapters.secrets.keyed_digests import KeyedDigests
from pytake.adapters.secrets.sealed import SealedSecrets
from pytake.adapters.storage.folder import FolderStorage
from pytake.adapters.storage.s3 import Bucket, S3Storage
from pytake.entrypoints.application_role import app_url
from pytake.kit.database import close_pool, open_pool
from pytake.kit.jobs import JobQueue
from pytake.runtime import Ports, Runtime
from pytake.settings import Settings


@dataclass(frozen=True, slots=True)
class BuiltRuntime(Runtime):
    """A runtime together with what has to be closed in the end."""

    meta: MetaClient
    redis: RedisClient
    documents: MongoDocuments

    def probes(self) -> Mapping[str, Callable[[], Awaitable[None]]]:
        """One question to each store; it raises when the store does not answer."""
        return {"postgresql": self._ask_postgresql, "redis": self._ask_redis, "mongodb": self.documents.ping}

    async def _ask_postgresql(self) -> None:
        async with self.lookup() as connection:
            await connection.execute("SELECT 1")

    async def _ask_redis(self) -> None:
        await self.redis.run(lambda redis: redis.echo("anybody there?"))


async def build_runtime(settings: Settings, application: str, jobs: JobQueue) -> BuiltRuntime:
    """Nothing connects before it is used, so a store that is away keeps no process from starting."""
    redis = RedisClient(settings.redis_url)
    meta = MetaClient(settings.meta_graph_url)
    documents = MongoDocuments(settings.mongodb_url)
    ports = Ports(
        whatsapp=meta,
        numbers=meta,
        secrets=SealedSecrets(*settings.secret_keys()),
        limiter=RedisSendLimiter(redis),
        doorbell=RedisDoorbell(redis),
        tickets=RedisTickets(redis),
        documents=documents,
        rates=RedisRates(redis),
        digests=KeyedDigests(*settings.secret_keys()),
        gate=RedisGate(redis),
        mailer=_mailer(settings),
        storage=storage_of(settings),
        media=MetaMedia(settings.meta_graph_url),
        uploads=RedisUploads(redis),
        claim_book=FileClaimBook(settings.data_dir / "claims"),
    )
    pool = await open_pool(*_app_urls(settings), application=application)
    return BuiltRuntime(ports, pool, jobs, meta=meta, redis=redis, documents=documents)


async def close_runtime(runtime: BuiltRuntime) -> None:
    runtime.ports.claim_book.close()
    await runtime.meta.close()
    await runtime.documents.close()
    await runtime.ports.storage.close()
    await runtime.ports.media.close()
    await runtime.redis.close()
    await close_pool(runtime.pool)


def _app_urls(settings: Settings) -> list[str]:
    """One for each secret key: which of them the login's password comes from changes with `db upgrade`."""
    if settings.database_app_url:
        return [settings.database_app_url]
    return [app_url(settings.database_url, key) for key in settings.secret_keys()]


def storage_of(settings: Settings) -> FolderStorage | S3Storage:
    if not settings.storage_bucket:
        return FolderStorage(settings.files_folder())
    return S3Storage(
        Bucket(
            settings.storage_bucket,
            settings.storage_endpoint,
            settings.storage_region,
            settings.storage_access_key,
            settings.storage_secret_key.get_secret_value(),
        )
    )


def _mailer(settings: Settings) -> LocalMailer | SmtpMailer:
    url = settings.smtp_url.get_secret_value()
    return (
        SmtpMailer(url, settings.mail_from, settings.public_url) if url else LocalMailer(settings.public_url)
    )
