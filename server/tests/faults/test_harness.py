from tests.faults import flows
from tests.faults.installation import Installation
from tests.faults.load import Load
from tests.faults.peace import disagreements, settled
from tests.faults.tenants import open_tenant


async def test_without_faults_all_are_answered_once_and_the_books_agree(
    installation: Installation,
) -> None:
    tenants = [await open_tenant(installation, flows.echo()) for _ in range(2)]
    await Load(installation, tenants, contacts=10, messages=200, per_second=200).run()
    await settled(installation, tenants)
    verdict = installation.oracle.verdict(t.phone_number_id for t in tenants)
    assert verdict.clean, verdict
    assert verdict.acknowledged == verdict.answered == 200
    assert await disagreements(installation, tenants) == []
