"""Which page asks. Browsers say so when they change something; other programs have nobody to protect."""

from starlette.requests import HTTPConnection

_OURS = frozenset({None, "same-origin", "none"})


def is_foreign(connection: HTTPConnection) -> bool:
    """Whether the request was made by a page that is not ours, by `Origin` or by `Sec-Fetch-Site`."""
    origin = connection.headers.get("origin")
    site = connection.headers.get("sec-fetch-site")
    if origin is None:
        return site not in _OURS
    if origin in connection.app.state.web_origins:
        return site == "cross-site"
    own = origin.partition("://")[2] == connection.headers.get("host") != ""
    return not own or site not in _OURS
