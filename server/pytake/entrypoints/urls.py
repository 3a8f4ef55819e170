"""The one thing PyTake changes in an address of a database: who signs in."""

from urllib.parse import quote, urlsplit


def as_login(url: str, name: str, password: str) -> str:
    return _with_user(url, f"{quote(name, safe='')}:{quote(password, safe='')}@")


def without_password(url: str) -> str:
    """For people to read."""
    login, at, _ = urlsplit(url).netloc.rpartition("@")
    name, colon, _ = login.partition(":")
    return _with_user(url, f"{name}{':***' if colon else ''}{at}")


def _with_user(url: str, login: str) -> str:
    parts = urlsplit(url)
    return parts._replace(netloc=login + parts.netloc.rpartition("@")[2]).geturl()
