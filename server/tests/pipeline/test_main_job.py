from simulator.testing import RunningSimulator
from tests.pipeline.office import Office


async def test_a_customer_writes_and_the_bot_answers(office: Office, sim: RunningSimulator) -> None:
    await office.tenant()
    maria = sim.customer("5511900000011", "Maria Andrade")

    await maria.says("Oi!")
    assert (await maria.hears())["body"]["text"]["body"] == "Olá, Maria Andrade!"
    assert (await maria.hears())["body"]["text"]["body"] == "Quantos pães?"
    await maria.says("12")
    assert (await maria.hears())["body"]["text"]["body"] == "Anotado: 12 pães."
    await office.settled()

    assert await office.texts("inbound") == ["Oi!", "12"]
    assert await office.texts("outbound") == ["Olá, Maria Andrade!", "Quantos pães?", "Anotado: 12 pães."]
    assert await office.count("SELECT count(*) FROM contacts WHERE total_messages = 5") == 1
    assert await office.count("SELECT count(*) FROM flow_runs WHERE status = 'completed'") == 1
