from pytake.entrypoints import reference


def test_the_generated_pages_say_what_the_code_says() -> None:
    assert reference.stale() == [], "run `make docs`"
