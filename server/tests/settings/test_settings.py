from pathlib import Path

import pytest

from pytake.kit.problem import Problem
from pytake.settings import Settings, read_settings, variable


@pytest.fixture(autouse=True)
def a_clean_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    for field in Settings.model_fields:
        monkeypatch.delenv(variable(field), raising=False)


def test_nothing_is_needed_to_begin() -> None:
    settings = read_settings()

    assert settings.environment == "development"
    assert settings.public_url == "http://127.0.0.1:8000"
    assert settings.missing() == [
        "PYTAKE_DATABASE_URL",
        "PYTAKE_REDIS_URL",
        "PYTAKE_MONGODB_URL",
        "PYTAKE_SECRET_KEY",
    ]


def test_the_environment_wins_over_the_file_and_empty_means_not_given(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / ".env").write_text("PYTAKE_PORT=9000\nPYTAKE_HOST=0.0.0.0\nPYTAKE_REDIS_URL=\n")
    monkeypatch.setenv("PYTAKE_PORT", "9001")

    settings = read_settings()

    assert (settings.host, settings.port, settings.redis_url) == ("0.0.0.0", 9001, "")
    assert settings.public_url == "http://0.0.0.0:9001"


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("PYTAKE_PORT", "http", "PYTAKE_PORT must be a valid integer, unable to parse string as an integer."),
        ("PYTAKE_PORT", "70000", "PYTAKE_PORT must be less than or equal to 65535."),
        ("PYTAKE_DATABASE_URL", "mysql://a:hidden@b/c", "PYTAKE_DATABASE_URL must begin with postgresql://"),
        ("PYTAKE_REDIS_URL", "localhost:6379", "PYTAKE_REDIS_URL must begin with redis:// or rediss://"),
        ("PYTAKE_SECRET_KEY", "hidden", "PYTAKE_SECRET_KEY must have 32 characters or more."),
        ("PYTAKE_LOG_LEVEL", "loud", "PYTAKE_LOG_LEVEL must be 'debug', 'info', 'warning' or 'error'."),
        (
            "PYTAKE_ENVIRONMENT",
            "production",
            "PYTAKE_PUBLIC_URL, PYTAKE_SECRET_KEY must be set in production.",
        ),
    ],
)
def test_a_wrong_setting_is_named_in_one_sentence(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, sentence: str
) -> None:
    monkeypatch.setenv(name, value)

    with pytest.raises(Problem) as caught:
        read_settings()

    assert sentence in caught.value.sentence
    assert "hidden" not in str(caught.value)
    assert "\n" not in str(caught.value)


def test_the_secret_key_is_never_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTAKE_SECRET_KEY", "0123456789" * 4)

    assert "0123456789" not in repr(read_settings())
