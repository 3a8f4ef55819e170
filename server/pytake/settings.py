"""Every setting of PyTake. Read once per process, in entrypoints; nobody else asks the environment."""

from ipaddress import ip_network
from pathlib import Path
from typing import Annotated, Literal, Self
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field, SecretStr, ValidationError, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from pytake.kit.problem import Problem

PREFIX = "PYTAKE_"
SHORTEST_KEY = 32


def _begins_with(*schemes: str) -> AfterValidator:
    def check(value: str) -> str:
        if value and not value.startswith(schemes):
            raise ValueError(f"must begin with {' or '.join(schemes)}")
        return value.rstrip("/")

    return AfterValidator(check)


def _long_enough(value: SecretStr) -> SecretStr:
    if 0 < len(value.get_secret_value()) < SHORTEST_KEY:
        raise ValueError(f"must have {SHORTEST_KEY} characters or more")
    return value


def _each_long_enough(value: SecretStr) -> SecretStr:
    for key in listed(value.get_secret_value()):
        _long_enough(SecretStr(key))
    return value


def _smtp(value: SecretStr) -> SecretStr:
    if value.get_secret_value() and not value.get_secret_value().startswith(("smtp://", "smtps://")):
        raise ValueError("must begin with smtp:// or smtps://")
    return value


PostgresUrl = Annotated[str, _begins_with("postgresql://", "postgres://")]
RedisUrl = Annotated[str, _begins_with("redis://", "rediss://", "unix://")]
MongoUrl = Annotated[str, _begins_with("mongodb://", "mongodb+srv://")]
WebUrl = Annotated[str, _begins_with("https://", "http://")]
Port = Annotated[int, Field(ge=1, le=65535)]


def _origins(value: str) -> str:
    """A page's origin and nothing more: a star, a path or a last slash would match nothing or too much."""
    for origin in listed(value):
        parts = urlsplit(origin)
        is_web = parts.scheme in {"http", "https"} and parts.hostname
        if not is_web or f"{parts.scheme}://{parts.netloc}" != origin:
            raise ValueError("must be origins such as https://crm.example.com, separated by commas")
    return value


def _networks(value: str) -> str:
    for network in listed(value):
        try:
            ip_network(network)
        except ValueError:
            raise ValueError(
                "must be addresses or networks such as 10.0.0.0/8, separated by commas"
            ) from None
    return value


def listed(value: str) -> list[str]:
    return [item.strip() for item in value.split(",") if item.strip()]


class Settings(BaseSettings):
    """An empty text means: not given. `make docs` writes `docs/reference/settings.md` from this class."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, env_file=".env", env_file_encoding="utf-8", env_ignore_empty=True, extra="ignore"
    )

    environment: Literal["development", "production"] = Field(
        default="development",
        description="`production` starts no server of its own and wants every address named.",
    )
    database_url: PostgresUrl = Field(
        default="",
        description="PostgreSQL 15 or later, as the owner of the tables (migrations use it). "
        "Not given: an embedded server, with its data in `PYTAKE_DATA_DIR`.",
    )
    database_app_url: PostgresUrl = Field(
        default="",
        description="The same database as the login that api and worker use. "
        "Not given: `pytake_app`, with a password derived from `PYTAKE_SECRET_KEY`.",
    )
    redis_url: RedisUrl = Field(
        default="", description="Redis 7 or Valkey 8, or later. Not given: an embedded server."
    )
    mongodb_url: MongoUrl = Field(
        default="", description="MongoDB 6 or later, with the database's name. Not given: an embedded server."
    )
    secret_key: Annotated[SecretStr, AfterValidator(_long_enough)] = Field(
        default=SecretStr(""),
        description=f"{SHORTEST_KEY} characters or more, which nobody can guess. Keys for tokens and for "
        "secrets in the database are derived from it. Not given: made once, kept as `secret.key` in "
        "`PYTAKE_DATA_DIR`.",
    )
    other_secret_keys: Annotated[SecretStr, AfterValidator(_each_long_enough)] = Field(
        default=SecretStr(""),
        description="Secret keys besides `PYTAKE_SECRET_KEY`, separated by commas: they only open what they "
        "sealed. Here belongs the next key before it becomes the current one, and the last one until "
        "`pytake secrets rotate` has sealed everything anew.",
    )
    public_url: WebUrl = Field(
        default="",
        description="Where people and Meta reach PyTake. Not given: `http://PYTAKE_HOST:PYTAKE_PORT`.",
    )
    meta_graph_url: WebUrl = Field(
        default="https://graph.facebook.com/v25.0", description="Meta's Graph API, with its version."
    )
    host: str = Field(default="127.0.0.1", description="The address that the API listens on.")
    port: Port = Field(default=8000, description="The port that the API listens on.")
    simulator_port: Port = Field(
        default=8001, description="The port of the simulator that `pytake up` starts."
    )
    simulator_url: WebUrl = Field(
        default="",
        description="Where the simulated phone is, for a link on pages that are still empty. "
        "`pytake up` knows it by itself.",
    )
    trusted_proxies: Annotated[str, AfterValidator(_networks)] = Field(
        default="",
        description="Addresses or networks of the proxies before PyTake, separated by commas. Only they are "
        "believed when they say who asks (`X-Forwarded-For`) and how (`X-Forwarded-Proto`). "
        "Not given: nobody.",
    )
    cors_origins: Annotated[str, AfterValidator(_origins)] = Field(
        default="",
        description="Pages of other origins that may call the API with a token, separated by commas: "
        "`https://crm.example.com`. Cookies never work from there. Not given: none.",
    )
    data_dir: Path = Field(
        default=Path(".pytake"),
        description="Where the embedded servers keep data and logs, and workers what they claimed to send.",
    )
    storage_dir: Path | None = Field(
        default=None,
        description="The folder of customers' and agents' files. api and worker need the same one. "
        "Not given: `files` in `PYTAKE_DATA_DIR`.",
    )
    storage_bucket: str = Field(
        default="", description="A bucket of Amazon S3 or of what speaks like it; files are then there."
    )
    storage_endpoint: WebUrl = Field(
        default="", description="The address of the S3-compatible service. Not given: Amazon's."
    )
    storage_region: str = Field(default="us-east-1", description="The region of the bucket.")
    storage_access_key: str = Field(
        default="",
        description="The id of the key for the bucket. Not given: whatever Amazon's own tools would find.",
    )
    storage_secret_key: SecretStr = Field(default=SecretStr(""), description="The secret of that key.")
    web_dir: Path | None = Field(
        default=None, description="The built web application. Not given: `web/dist` of the project."
    )
    access_token_minutes: int = Field(
        default=15,
        ge=1,
        le=15,
        description="How long an access token lives. The web application gets new ones by itself for as long "
        "as its sign-in lasts.",
    )
    user_requests_per_minute: int = Field(
        default=1200, ge=0, description="How many calls of the API a user may make a minute; 0 is no limit."
    )
    smtp_url: Annotated[SecretStr, AfterValidator(_smtp)] = Field(
        default=SecretStr(""),
        description="The mail server: `smtp://user:password@host:587` or `smtps://…:465`. Not given: letters "
        "stay in the database; in development the outbox page shows them.",
    )
    mail_from: str = Field(
        default="PyTake <pytake@localhost>", description="Whom letters are from, as `Name <address>`."
    )
    organization_requests_per_minute: int = Field(
        default=6000,
        ge=0,
        description="How often the people and machines of an organization may call the API "
        "within a minute, together; 0 is no limit.",
    )
    api_key_requests_per_minute: int = Field(
        default=1200, ge=0, description="How often an API key may be used within a minute; 0 is no limit."
    )
    log_level: Literal["debug", "info", "warning", "error"] = Field(
        default="info", description="The least that is worth a line in the log."
    )
    log_format: Literal["console", "json"] = Field(
        default="console", description="`json` writes one object a line."
    )

    @model_validator(mode="after")
    def _complete(self) -> Self:
        if self.environment == "production" and (missing := self.missing("public_url")):
            raise ValueError(f"{', '.join(missing)} must be set in production")
        if not self.public_url:
            self.public_url = f"http://{self.host}:{self.port}"
        return self

    def secret_keys(self) -> tuple[str, ...]:
        """The current one first; the others open what they sealed."""
        current = self.secret_key.get_secret_value()
        others = listed(self.other_secret_keys.get_secret_value())
        return (current, *(key for key in others if key != current))

    def files_folder(self) -> Path:
        return self.storage_dir or self.data_dir / "files"

    def missing(self, *besides: str) -> list[str]:
        """The names of what a process needs before it can serve."""
        needed = ("database_url", "redis_url", "mongodb_url", *besides)
        absent = [name for name in needed if not getattr(self, name)]
        if not self.secret_key.get_secret_value():
            absent.append("secret_key")
        return [variable(name) for name in absent]


def variable(field: str) -> str:
    return PREFIX + field.upper()


def read_settings() -> Settings:
    """Raises Problem, with every setting that is wrong in one sentence."""
    try:
        return Settings()
    except ValidationError as error:
        raise Problem(
            " ".join(_sentence(mistake["loc"], mistake["msg"]) for mistake in error.errors()),
            "Correct it in the environment or in .env; docs/reference/settings.md lists every setting.",
        ) from None


def _sentence(location: tuple[int | str, ...], message: str) -> str:
    """The value itself is never repeated: it may be a secret."""
    complaint = message.removeprefix("Value error, ").replace("Input should be", "must be")
    name = variable(str(location[0])) + " " if location else ""
    return f"{name}{complaint}."
