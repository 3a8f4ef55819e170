"""`pytake audit`: the trail of what was done at the command line, verified there."""

import json
from pathlib import Path

import asyncpg

from tests.cli.conftest import Pytake, answer


async def test_what_commands_did_is_told_and_verified(
    at_servers: Pytake, owner_url: str, tmp_path: Path
) -> None:
    answer(at_servers("organization", "create", "--name", "Padaria", "--json"))
    user = ["--email", "ana@padaria.example", "--name", "Ana", "--password", "correct horse c4n4ry"]
    answer(at_servers("user", "create", *user, "--organization", "padaria", "--json"))
    whole = answer(at_servers("audit", "verify", "--json"))
    heads = answer(at_servers("audit", "heads", "--json"))
    (tmp_path / "heads.json").write_text(json.dumps(heads))

    owner = await asyncpg.connect(owner_url)
    rows = await owner.fetch(
        """
        SELECT action, metadata ->> 'actor' AS actor, metadata ->> 'login' AS login, audit_logs::text AS whole
        FROM audit_logs ORDER BY sequence
        """
    )
    await owner.execute("ALTER TABLE audit_logs DISABLE TRIGGER USER")
    await owner.execute("DELETE FROM audit_logs WHERE sequence = 2")
    await owner.execute("UPDATE audit_chains SET sequence = 1, hash = (SELECT hash FROM audit_logs)")
    await owner.close()
    unseen = answer(at_servers("audit", "verify", "--organization", "padaria", "--json"))
    seen = at_servers("audit", "verify", "--heads", str(tmp_path / "heads.json"), "--json")
    said = at_servers("audit", "verify", "--heads", str(tmp_path / "heads.json"))

    assert (whole["intact"], whole["rows"], whole["chains"]) == (True, 2, 1)
    assert [row["action"] for row in rows] == ["organization.created", "user.created"]
    assert {row["actor"] for row in rows} == {"command"}
    assert all(row["login"] for row in rows)
    assert not any("c4n4ry" in row["whole"] for row in rows)
    assert unseen["intact"]
    assert seen.exit_code == said.exit_code == 1
    (finding,) = json.loads(seen.stdout)["findings"]
    assert (finding["damage"], finding["sequence"]) == ("cut", 2)
    assert said.stdout.endswith("row 2: cut\n")


async def test_heads_are_read_from_a_log_too(at_servers: Pytake, tmp_path: Path) -> None:
    answer(at_servers("organization", "create", "--name", "Padaria", "--json"))
    (head,) = answer(at_servers("audit", "heads", "--json"))["heads"]
    lines = [
        '{"event": "worker ready"}',
        'Traceback of {"organization_id": "somebody"',
        json.dumps({"event": "mail_refused", "organization_id": head["organization_id"]}),
        json.dumps({"event": "audit_head", **head}),
        '[{"organization_id": 1}]',
    ]
    (tmp_path / "worker.log").write_text("\n".join(lines))
    (tmp_path / "nothing.txt").write_text('{"organization_id": 1}')
    (tmp_path / "log.txt").write_text('at "organization_id"\n[1]')

    assert answer(at_servers("audit", "verify", "--heads", str(tmp_path / "worker.log"), "--json"))["intact"]
    for name in ("nothing.txt", "log.txt"):
        refused = at_servers("audit", "verify", "--heads", str(tmp_path / name))
        assert refused.exit_code == 1
        assert "holds no heads" in refused.stderr
