"""The judge judged: it must see everything that PyTake must not do."""

import math
from typing import Any

import pytest

from tests.faults.figures import Line
from tests.faults.oracle import Key, Oracle, Pair, Verdict, read_key

MARIA, JOAO = Pair("100", "5511900000011"), Pair("100", "5511900000022")
Json = dict[str, Any]


class Story:
    """A simulator's log, told by hand."""

    def __init__(self) -> None:
        self.oracle = Oracle()
        self._now = 0.0

    def wrote(self, pair: Pair, serial: int, *, acknowledged: bool = True) -> None:
        text = Key(pair, serial).text
        wamid = f"in:{text}"
        self._tell("customer.sent", wamid=wamid, message={"type": "text", "text": {"body": text}})
        if acknowledged:
            self._tell("webhook.delivered", updates=[{"message": wamid, "type": "text"}])

    def answered(self, pair: Pair, serial: int, part: str = "", *, to: Pair | None = None) -> None:
        text = f"{Key(pair, serial).text} {part}".rstrip()
        to = to or pair
        wamid = f"out:{len(self.oracle.answers)}"
        self._tell(
            "graph.accepted",
            number=to.number,
            to=to.wa_id,
            wamid=wamid,
            type="text",
            callback_data=None,
            body={"text": {"body": text}},
        )

    def verdict(self, **how: int) -> Verdict:
        return self.oracle.verdict(["100"], **how)

    def _tell(self, kind: str, **facts: Any) -> None:
        self._now += 1.0
        self.oracle.hear({"kind": kind, "at": self._now, **facts})


@pytest.fixture
def story() -> Story:
    """Maria has written twice and João once; the first of Maria's is answered."""
    story = Story()
    for pair, serial in ((MARIA, 1), (MARIA, 2), (JOAO, 1)):
        story.wrote(pair, serial)
    story.answered(MARIA, 1)
    return story


def test_all_answered_once_and_in_order_is_clean(story: Story) -> None:
    story.answered(JOAO, 1)
    story.answered(MARIA, 2)
    verdict = story.verdict()
    assert verdict.clean
    assert (verdict.asked, verdict.acknowledged, verdict.answered) == (3, 3, 3)
    assert verdict.delays == (3.0, 6.0, 6.0)
    assert verdict.delay(0.5) == verdict.delay(0.95) == 6.0


def test_an_acknowledged_message_without_an_answer_is_lost(story: Story) -> None:
    story.answered(JOAO, 1)
    assert story.verdict().lost == (Key(MARIA, 2).text,)


def test_until_when_so_many_were_answered(story: Story) -> None:
    story.answered(JOAO, 1)
    assert story.oracle.seconds_until(0.5, ["100"]) == 7.0
    assert story.oracle.seconds_until(1.0, ["100"]) == math.inf
    assert story.oracle.seconds_until(1.0, ["100"], besides=[Key(MARIA, 2).text]) == 7.0
    story.answered(MARIA, 2)
    assert story.oracle.seconds_until(1.0, ["100"]) == 8.0


def test_what_was_never_acknowledged_cannot_be_lost(story: Story) -> None:
    story.answered(JOAO, 1)
    story.answered(MARIA, 2)
    story.wrote(JOAO, 2, acknowledged=False)
    assert story.verdict().clean


def test_two_answers_to_one_message_are_doubled_and_no_disorder(story: Story) -> None:
    story.answered(MARIA, 2)
    story.answered(JOAO, 1)
    story.answered(MARIA, 1)
    verdict = story.verdict()
    assert verdict.doubled == (f"{Key(MARIA, 1).text} ×2",)
    assert not verdict.disordered
    assert not verdict.clean


def test_an_answer_after_the_one_to_a_later_message_is_out_of_order(story: Story) -> None:
    story.wrote(MARIA, 3)
    story.answered(MARIA, 3)
    story.answered(MARIA, 2)
    story.answered(JOAO, 1)
    verdict = story.verdict()
    assert verdict.disordered == (Key(MARIA, 2).text,)
    assert not verdict.clean


def test_the_parts_of_an_answer_have_an_order_and_each_is_owed(story: Story) -> None:
    assert story.verdict(parts=2).lost
    other = Story()
    other.wrote(MARIA, 1)
    other.answered(MARIA, 1, "2")
    other.answered(MARIA, 1, "1")
    verdict = other.verdict(parts=2)
    assert not verdict.lost
    assert verdict.disordered == (Key(MARIA, 1).text,)


def test_an_answer_on_somebody_else_s_phone_is_crossed(story: Story) -> None:
    story.answered(JOAO, 1, to=MARIA)
    story.answered(MARIA, 2)
    verdict = story.verdict()
    assert verdict.crossed == (Key(JOAO, 1).text,)
    assert not verdict.clean
    assert Line.of("F0", "crossed", verdict).lost == 1


def test_an_answer_to_what_nobody_wrote_is_seen(story: Story) -> None:
    story.answered(MARIA, 2)
    story.answered(JOAO, 1)
    story.answered(JOAO, 7)
    assert story.verdict().unasked == (Key(JOAO, 7).text,)


def test_texts_that_are_no_keys_are_left_alone() -> None:
    assert read_key("Olá! 5/6") is None
    assert read_key("7/5511900000011/100 2") == Key(Pair("100", "5511900000011"), 7)
