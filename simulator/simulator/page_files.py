"""The pages of the phone and of the business account: files, with headers that let nothing else run."""

from pathlib import Path

from aiohttp import web

PAGES = Path(__file__).parent / "pages"

_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; media-src 'self'; "
    "connect-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'"
)
_HEADERS = {
    "Content-Security-Policy": _POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-cache",
}
_TYPES = {
    ".html": "text/html",
    ".css": "text/css",
    ".js": "text/javascript",
    ".svg": "image/svg+xml",
}


def add_pages(app: web.Application) -> None:
    app.router.add_get("/", index)
    app.router.add_get("/account", account)
    app.router.add_get("/pages/{name:[a-z0-9/-]+\\.(?:js|css|svg)}", page)


async def index(_request: web.Request) -> web.StreamResponse:
    return _file(PAGES / "index.html")


async def account(_request: web.Request) -> web.StreamResponse:
    return _file(PAGES / "account.html")


async def page(request: web.Request) -> web.StreamResponse:
    path = PAGES / request.match_info["name"]
    if not path.is_file():
        raise web.HTTPNotFound
    return _file(path)


def _file(path: Path) -> web.FileResponse:
    response = web.FileResponse(path, headers=_HEADERS)
    response.content_type = _TYPES[path.suffix]
    response.charset = "utf-8"
    return response
