"""`pytake demo`: something to look at."""

from pytake.entrypoints.configuration import configured
from pytake.entrypoints.console import Json, reported, show, wait_for


@reported
def demo(*, as_json: Json = False) -> None:
    """Create the demo organization, and tell the simulator about its number. Can be repeated."""
    from pytake.entrypoints.demo import account
    from pytake.entrypoints.demo.seed import seed

    settings = configured()
    seeded = wait_for(lambda: seed(settings))
    result = {"email": account.EMAIL, "password": seeded.password, "organization": account.SLUG}
    show(as_json, result, f"{account.ORGANIZATION}: sign in as {account.EMAIL} with {seeded.password}")
