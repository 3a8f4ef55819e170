import asyncio
import json
import subprocess
import sys
from pathlib import Path

import asyncpg
import pytest
from httpx import AsyncClient

from pytake.entrypoints import demo
from simulator.testing import ACCESS_TOKEN, DISPLAY_PHONE_NUMBER, PHONE_NUMBER_ID, WABA_ID, RunningSimulator
from tests.cli.conftest import Pytake, answer, error

FLOW = Path(demo.__file__).with_name("menu.flow.json")
NUMBER = [
    *("--phone-number-id", PHONE_NUMBER_ID, "--display-phone", DISPLAY_PHONE_NUMBER),
    *("--access-token", ACCESS_TOKEN, "--app-secret", "0123456789abcdef", "--verify-token", "our-word"),
]


def test_importing_the_command_line_is_cheap() -> None:
    """Every command would wait for what only some need."""
    heavy = ("sqlalchemy", "fastapi", "celery", "aiohttp", "pymongo", "redis", "alembic")
    listed = f"import sys, pytake.entrypoints.cli; print(sorted(set({heavy}) & set(sys.modules)))"

    said = subprocess.run([sys.executable, "-c", listed], capture_output=True, text=True, check=True).stdout

    assert said == "[]\n"


async def test_a_tenant_is_set_up_from_the_command_line(
    at_servers: Pytake, client: AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    padaria = answer(at_servers("organization", "create", "--name", "Padaria São João", "--json"))
    slug = padaria["slug"]
    ana = ["--email", "ana@padaria.example", "--name", "Ana Lima", "--role", "org_admin"]
    user = answer(at_servers("user", "create", *ana, "--organization", slug, "--json"))
    async with RunningSimulator() as meta:
        await meta.register(callback_url=None)
        monkeypatch.setenv("PYTAKE_META_GRAPH_URL", meta.graph_url)
        connecting = ("number", "connect", "--organization", slug, *NUMBER, "--waba", WABA_ID, "--json")
        number = answer(await asyncio.to_thread(at_servers, *connecting))
    flow = answer(at_servers("flow", "import", str(FLOW), "--organization", slug, "--publish", "--json"))

    assert slug == "padaria-sao-joao"
    assert flow["version"] == 1
    assert number["verified_name"] == "Padaria Aurora"
    login = {"email": "ana@padaria.example", "password": user["password"]}
    signed_in = await client.post("/api/v1/auth/login", json=login)
    assert signed_in.json()["user"]["organization"]["id"] == padaria["id"]
    handshake = {"hub.mode": "subscribe", "hub.verify_token": "our-word", "hub.challenge": "1158201444"}
    assert (await client.get(number["webhook_path"], params=handshake)).text == "1158201444"


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"--access-token": "of-somebody-else"}, "WhatsApp refused: "),
        ({"--display-phone": "+55 11 3000-0199"}, "Meta knows 455900112233441 as +55 11 3000-0100, not as"),
    ],
)
async def test_a_number_is_connected_only_as_meta_knows_it(
    at_servers: Pytake, monkeypatch: pytest.MonkeyPatch, changed: dict[str, str], message: str
) -> None:
    answer(at_servers("organization", "create", "--name", "Padaria", "--json"))
    given = dict(zip(NUMBER[::2], NUMBER[1::2], strict=True)) | changed
    async with RunningSimulator() as meta:
        await meta.register(callback_url=None)
        monkeypatch.setenv("PYTAKE_META_GRAPH_URL", meta.graph_url)
        options = [part for option in given.items() for part in option]
        connecting = ("number", "connect", "--organization", "padaria", *options, "--json")
        refused = error(await asyncio.to_thread(at_servers, *connecting))

    assert refused["message"].startswith(message)


async def test_what_cannot_be_done_is_one_sentence_and_exit_code_1(at_servers: Pytake) -> None:
    answer(at_servers("organization", "create", "--name", "Padaria", "--json"))

    taken = at_servers("organization", "create", "--name", "Padaria", "--json")
    no_slug = at_servers("organization", "create", "--name", "Padaria", "--slug", "Ú", "--json")
    nobody = at_servers("number", "connect", "--organization", "nobody", *NUMBER, "--json")
    king = at_servers(
        "user", "create", "--email", "a@b.c", "--name", "A", "--organization", "padaria", "--role", "king"
    )

    assert error(taken)["code"] == "slug_taken"
    assert "no slug" in error(no_slug)["message"]
    assert error(nobody)["message"] == "There is no organization nobody."
    assert king.exit_code == 1
    assert king.stderr == "There is no role king.\nChoose one of super_admin, org_admin, agent, viewer.\n"


async def test_parked_deliveries_are_listed_and_applied_again(at_servers: Pytake) -> None:
    answer(at_servers("organization", "create", "--name", "Padaria", "--json"))

    assert answer(at_servers("inbound", "parked", "--organization", "padaria", "--json")) == {"items": []}
    assert at_servers("inbound", "parked", "--organization", "padaria").stdout == "Nothing is parked.\n"
    assert answer(at_servers("inbound", "replay", "--organization", "padaria", "--json")) == {"replayed": []}
    assert error(at_servers("inbound", "replay", "7", "--organization", "padaria", "--json"))["code"]


async def test_the_database_goes_down_and_up(at_servers: Pytake) -> None:
    newest = answer(at_servers("db", "check", "--json"))
    assert newest["up_to_date"] is True

    down = answer(at_servers("db", "downgrade", "base", "--yes", "--json"))
    behind = at_servers("db", "check")

    assert down["current"] is None
    assert behind.exit_code == 1
    assert f"`pytake db upgrade` brings it to {newest['head']}" in behind.stdout
    assert answer(at_servers("db", "upgrade", "--json")) == newest


def test_nothing_is_found_where_nothing_runs(pytake: Pytake) -> None:
    result = pytake("db", "check")

    assert result.exit_code == 1
    assert (
        "PYTAKE_DATABASE_URL, PYTAKE_REDIS_URL, PYTAKE_MONGODB_URL, PYTAKE_SECRET_KEY are not set"
        in result.stderr
    )
    assert "Start them with `pytake up`" in result.stderr


def test_a_server_that_is_away_is_named_without_its_password(
    at_servers: Pytake, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTAKE_DATABASE_URL", "postgresql://pytake:hidden@127.0.0.1:1/pytake")

    refused = error(at_servers("db", "check", "--json"))

    assert refused["message"].startswith("PostgreSQL at postgresql://pytake:***@127.0.0.1:1/pytake refuses:")
    assert "hidden" not in json.dumps(refused)


def test_a_wrong_setting_is_a_sentence(pytake: Pytake, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTAKE_PORT", "http")

    result = pytake("up")

    assert result.exit_code == 1
    assert result.stderr.startswith("PYTAKE_PORT must be a valid integer")


def test_production_has_no_up(pytake: Pytake, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {
        "ENVIRONMENT": "production",
        "DATABASE_URL": "postgresql://a/b",
        "REDIS_URL": "redis://a",
        "MONGODB_URL": "mongodb://a/b",
        "SECRET_KEY": "x" * 32,
        "PUBLIC_URL": "https://example.com",
    }.items():
        monkeypatch.setenv(f"PYTAKE_{name}", value)

    assert "each process is started by itself" in error(pytake("up", "--json"))["message"]


async def test_the_doctor_says_what_is_well_and_what_is_not(
    at_servers: Pytake, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTAKE_META_GRAPH_URL", "http://127.0.0.1:1/v25.0")
    monkeypatch.setenv("PYTAKE_REDIS_ULR", "redis://typo")

    findings = answer(at_servers("doctor", "--json"))["findings"]

    states = {finding["sentence"]: finding["state"] for finding in findings}
    assert states["PostgreSQL 18 answers."] == "ok"
    assert states["No worker is alive: nothing is answered."] == "warning"
    typo = next(finding for finding in findings if "PYTAKE_REDIS_ULR" in finding["sentence"])
    assert typo["remedy"] == "Did you mean PYTAKE_REDIS_URL?"

    (stored,) = (sentence for sentence in states if sentence.startswith("Files are kept in the folder "))
    assert states[stored] == "ok"

    monkeypatch.setenv("PYTAKE_REDIS_URL", "redis://127.0.0.1:1/0")
    monkeypatch.setenv("PYTAKE_STORAGE_DIR", "/dev/null/files")
    sick = at_servers("doctor")
    assert sick.exit_code == 1
    assert "✗ Redis does not answer" in sick.stdout
    assert "✗ Files cannot be written to the folder /dev/null/files: Not a directory." in sick.stdout


def test_a_flow_can_be_played_without_any_server(pytake: Pytake) -> None:
    result = pytake("flow", "play", str(FLOW), typed="3\n")

    assert result.exit_code == 0
    assert "  3. Falar com a gente\n" in result.stdout
    assert result.stdout.endswith("(hands over to a person: asked_for)\n(the end: handed_off)\n")


def test_a_file_that_is_no_flow_is_a_sentence(pytake: Pytake, tmp_path: Path) -> None:
    (tmp_path / "broken.json").write_text('{"name": "x", "canvas": {"nodes": [], "edges": []}}')

    assert "broken.json is no flow" in error(pytake("flow", "play", "broken.json", "--json"))["message"]


def test_the_api_describes_itself_without_any_server(pytake: Pytake) -> None:
    document = json.loads(pytake("openapi").stdout)

    assert "/api/v1/auth/login" in document["paths"]


async def test_setup_prints_a_link_until_there_is_an_organization(
    at_servers: Pytake, client: AsyncClient, owner_url: str
) -> None:
    first = answer(at_servers("setup", "--json"))["setup_url"]
    second = at_servers("setup").stdout.splitlines()[-1]
    for url, status in ((first, 404), (second, 200)):
        token = url.partition("/setup#")[2]
        assert (await client.post("/api/v1/setup/look", json={"token": token})).status_code == status

    answer(at_servers("organization", "create", "--name", "Padaria", "--json"))

    assert answer(at_servers("setup", "--json")) == {"setup_url": None}
    assert at_servers("setup").stdout == "This installation is set up already: sign in.\n"
    owner = await asyncpg.connect(owner_url)
    told = await owner.fetch(
        "SELECT metadata ->> 'actor' AS actor FROM audit_logs WHERE action LIKE 'installation.%'"
    )
    await owner.close()
    assert [row["actor"] for row in told] == ["command", "command"]
