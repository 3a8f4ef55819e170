"""`pytake openapi`: the API described, for the web's client and everybody else's."""

import sys

from pytake.entrypoints.console import Json, reported


@reported
def openapi(*, as_json: Json = True) -> None:  # noqa: ARG001 - every command has it; this one knows no other form
    """Print the API's OpenAPI document. It needs no server and no settings."""
    from pytake.entrypoints.api import openapi_document

    sys.stdout.write(openapi_document())
