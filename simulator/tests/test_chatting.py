from simulator.testing import RunningSimulator
from tests.business import MARIA, Business, Graph


async def test_a_customer_writes_and_the_business_answers(
    sim: RunningSimulator, business: Business, graph: Graph
) -> None:
    maria = sim.customer(MARIA, "Maria Andrade")

    wamid = await maria.says("Oi! Vocês entregam?")
    await sim.wait_for_kind("webhook.delivered")
    reply = await graph.says("Entregamos sim.")
    await sim.wait_for_status(reply, "delivered")

    assert [message["id"] for message in business.messages] == [wamid]
    assert [status["status"] for status in business.statuses] == ["sent", "delivered"]
    assert all(business.signature_is_good(index) for index in range(len(business.bodies)))
    assert (await maria.hears())["body"]["text"] == {"body": "Entregamos sim."}
