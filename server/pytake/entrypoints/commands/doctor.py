"""`pytake doctor`: what is missing, and what to do about it."""

import typer

from pytake.entrypoints.console import Json, reported, show, wait_for

MARKS = {"ok": "✓", "warning": "!", "problem": "✗"}


@reported
def doctor(*, as_json: Json = False) -> None:
    """Check the settings and everything PyTake needs; exit 1 when something is missing."""
    from pytake.entrypoints.checkup import examine

    findings = wait_for(examine)
    lines = [
        f"  {MARKS[finding.state]} {finding.sentence}" + (f" {finding.remedy}" if finding.remedy else "")
        for finding in findings
    ]
    show(as_json, {"findings": [finding.written() for finding in findings]}, *lines)
    if any(finding.state == "problem" for finding in findings):
        raise typer.Exit(1)
