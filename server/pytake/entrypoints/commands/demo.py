"""`pytake demo`: something to look at."""

from pytake.entrypoints.configuration import configured
from pytake.entrypoints.console import Json, reported, show, wait_for


@reported
def demo(*, as_json: Json = False) -> None:
    """Create the demo organization, and tell the simulator about its number. Can be repeated."""
    from pytake.entrypoints.demo import account
    from pytake.entrypoints.demo.seed import seed

    settings = configured()
    wait_for(lambda: seed(settings))
    login = account.login(settings.data_dir)
    show(as_json, login, f"{account.ORGANIZATION}: sign in as {login['email']} with {login['password']}")
