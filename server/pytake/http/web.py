"""The built web application: hashed files for ever, its page never from a cache, its routes are its own."""

from pathlib import Path
from typing import Final

from starlette.exceptions import HTTPException as HttpRefusal
from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Receive, Scope, Send

PAGE: Final = "index.html"
_NOT_THE_WEBS: Final = ("/api/", "/webhooks/", "/ws")
_HASHED: Final = "/assets/"
_FOR_EVER: Final = "public, max-age=31536000, immutable"
_ASK_EACH_TIME: Final = "no-cache"


class WebApp:
    """Answers what no route answers, so that it stands behind the API and never in front of it."""

    def __init__(self, folder: Path, otherwise: ASGIApp) -> None:
        self._files = StaticFiles(directory=folder)
        self._otherwise = otherwise

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        is_ours = (
            scope["type"] == "http"
            and scope["method"] in {"GET", "HEAD"}
            and not scope["path"].startswith(_NOT_THE_WEBS)
        )
        if not is_ours:
            await self._otherwise(scope, receive, send)
            return
        response = await self._response(scope)
        await response(scope, receive, send)

    async def _response(self, scope: Scope) -> Response:
        """A file of that name, else the page: its router knows the path. A missing file is missing."""
        path = self._files.get_path(scope)
        try:
            response = await self._files.get_response(path, scope)
        except HttpRefusal as refusal:
            if refusal.status_code != 404 or "." in path.rsplit("/", 1)[-1].strip("."):  # noqa: PLR2004 - HTTP
                raise
            response = await self._files.get_response(PAGE, scope)
        is_hashed = scope["path"].startswith(_HASHED)
        response.headers["cache-control"] = _FOR_EVER if is_hashed else _ASK_EACH_TIME
        return response


def is_built(folder: Path) -> bool:
    return (folder / PAGE).is_file()
