"""The sample of a header that is a file: only what the same app has uploaded, and of its kind."""

import pytest

from simulator.testing import APP_ID, WABA_ID, RunningSimulator
from tests.business import Graph


def a_handle(sim: RunningSimulator, file_type: str, app_id: str = APP_ID) -> str:
    """Of a file that an app has uploaded; the corpus's are invented."""
    uploads = sim.simulator.world.uploads
    upload = uploads.begin(app_id, file_type, 1)
    upload.received += b"x"
    return uploads.handle(upload)


@pytest.mark.parametrize(
    ("file_type", "app_id", "subcode"),
    [
        ("image/jpeg", APP_ID, None),
        ("application/pdf", APP_ID, 2388047),
        ("image/jpeg", "another app", 2388043),
        (None, APP_ID, 2388043),
    ],
    ids=["a picture", "of another kind", "of another app", "invented"],
)
async def test_a_header_s_sample_is_a_file_that_the_app_has_uploaded(
    sim: RunningSimulator, graph: Graph, file_type: str | None, app_id: str, subcode: int | None
) -> None:
    handle = a_handle(sim, file_type, app_id) if file_type else "4::aW1hZ2U=:INVENTED"
    header = {"type": "HEADER", "format": "IMAGE", "example": {"header_handle": [handle]}}
    body = {"type": "BODY", "text": "Olá"}

    _, answer = await graph.post(
        f"{WABA_ID}/message_templates",
        {"name": "a", "language": "pt_BR", "category": "UTILITY", "components": [header, body]},
    )

    assert answer.get("error", {}).get("error_subcode") == subcode
