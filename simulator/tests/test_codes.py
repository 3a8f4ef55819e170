"""Templates for codes: what Meta takes of them, and to whom they can be sent."""

from typing import Any

import pytest

from simulator.testing import PHONE_NUMBER_ID, WABA_ID, RunningSimulator
from tests.business import MARIA, Graph

Json = dict[str, Any]

PATH = f"{WABA_ID}/message_templates"
APP = {"package_name": "com.example.app", "signature_hash": "K8a/AINcGX7"}
COPY = {"type": "OTP", "otp_type": "COPY_CODE"}
ONE_TAP = {"type": "OTP", "otp_type": "ONE_TAP", "text": "Copiar", "supported_apps": [APP]}
ZERO_TAP = {**ONE_TAP, "otp_type": "ZERO_TAP", "zero_tap_terms_accepted": True}
FOOTER = {"type": "FOOTER", "code_expiration_minutes": 10}


def template(*buttons: Json, category: str = "AUTHENTICATION", **body: Any) -> Json:
    components = [{"type": "BODY", **body}, FOOTER, {"type": "BUTTONS", "buttons": list(buttons)}]
    return {"name": "codigo", "language": "pt_BR", "category": category, "components": components}


@pytest.mark.parametrize(
    "button",
    [COPY, ONE_TAP, {**ONE_TAP, "autofill_text": "Usar"}, {**ONE_TAP, "supported_apps": [APP] * 5}, ZERO_TAP],
    ids=["copy", "one tap", "its own words", "five apps", "zero tap"],
)
async def test_a_template_for_codes_is_taken_and_worded(graph: Graph, button: Json) -> None:
    status, answer = await graph.post(PATH, template(button, add_security_recommendation=True))

    assert status == 200, answer
    _, read = await graph.get(f"{answer['id']}?fields=components")
    assert "{{1}}" in read["components"][0]["text"]


REFUSED = {
    "words of its own": template(COPY, text="Seu código: {{1}}"),
    "no button": template(),
    "two buttons": template(COPY, COPY),
    "another button": template({"type": "QUICK_REPLY", "text": "Ok"}),
    "no kind": template({"type": "OTP"}),
    "long words": template({**ONE_TAP, "autofill_text": "x" * 26}),
    "no apps": template({**ONE_TAP, "supported_apps": []}),
    "six apps": template({**ONE_TAP, "supported_apps": [APP] * 6}),
    "no package": template({**ONE_TAP, "supported_apps": [APP | {"package_name": "app"}]}),
    "a short signature": template({**ONE_TAP, "supported_apps": [APP | {"signature_hash": "K8a"}]}),
    "terms not accepted": template({**ZERO_TAP, "zero_tap_terms_accepted": False}),
    "no code": template(COPY, category="UTILITY", text="Bom dia."),
}


@pytest.mark.parametrize("name", REFUSED)
async def test_what_is_none_is_refused(graph: Graph, name: str) -> None:
    status, answer = await graph.post(PATH, REFUSED[name])

    assert (status, answer["error"]["code"]) == (400, 100)


async def test_a_code_goes_to_a_phone_and_to_no_user_id(sim: RunningSimulator, graph: Graph) -> None:
    await graph.post(PATH, template(COPY))
    person = sim.customer(MARIA).person
    message: Json = {"type": "template", "template": {"name": "codigo", "language": {"code": "pt_BR"}}}

    assert (await graph.send(**message))[0] == 200
    status, answer = await graph.post(
        f"{PHONE_NUMBER_ID}/messages",
        {"messaging_product": "whatsapp", "recipient": person.user_id, **message},
    )
    assert (status, answer["error"]["code"]) == (400, 131062)
