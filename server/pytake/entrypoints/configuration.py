"""Settings made complete: what was not given is found where `pytake up` keeps it."""

import os
import secrets
from pathlib import Path
from urllib.parse import urljoin

from pydantic import SecretStr

from pytake.entrypoints.embedded import Urls, running
from pytake.kit.problem import Problem
from pytake.settings import Settings, read_settings


def configured() -> Settings:
    """Every address and the key. Raises Problem when one is nowhere to be found."""
    settings = read_settings()
    if settings.environment == "development":
        settings = _completed(settings)
    if missing := settings.missing():
        raise Problem(
            f"{', '.join(missing)} {'is' if len(missing) == 1 else 'are'} not set, "
            f"and no servers are running on {settings.data_dir.resolve()}.",
            "Start them with `pytake up`, or set addresses of your own.",
        )
    return settings


def given_urls(settings: Settings) -> Urls:
    return Urls(settings.database_url or None, settings.redis_url or None, settings.mongodb_url or None)


def _completed(settings: Settings) -> Settings:
    urls = given_urls(settings).over(running(settings.data_dir))
    found: dict[str, object] = {
        "database_url": urls.database_url or "",
        "redis_url": urls.redis_url or "",
        "mongodb_url": urls.mongodb_url or "",
    }
    if urls.meta_graph_url and "meta_graph_url" not in settings.model_fields_set:
        found["meta_graph_url"] = urls.meta_graph_url
        found["simulator_url"] = urljoin(urls.meta_graph_url, "/")
    if not settings.secret_key.get_secret_value() and urls.database_url:
        found["secret_key"] = SecretStr(kept_key(settings.data_dir))
    return settings.model_copy(update=found)


def kept_key(folder: Path) -> str:
    """The key of this data folder, made the first time it is asked for."""
    path = folder / "secret.key"
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text().strip()
    except OSError as error:
        raise Problem(
            f"PyTake cannot write {path}: {error.strerror}.",
            "Choose another folder with PYTAKE_DATA_DIR, or set PYTAKE_SECRET_KEY.",
        ) from error
    key = secrets.token_urlsafe(48)
    with os.fdopen(descriptor, "w") as file:
        file.write(key)
    return key
