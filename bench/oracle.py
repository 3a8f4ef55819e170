"""Whether everybody got the answers to what they wrote: each once, in order, and nobody else's."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Self

PREFIX = "eco: "
"""What the bot puts in front of the text that it repeats."""


@dataclass(slots=True)
class Verdict:
    lost: int = 0
    """Messages without a reply."""
    doubled: int = 0
    """Replies beyond the first."""
    out_of_order: int = 0
    """Replies that came behind the reply to a later message."""
    crossed: int = 0
    """Replies to what somebody else wrote, or nobody."""

    def __iadd__(self, other: Self) -> Self:
        self.lost += other.lost
        self.doubled += other.doubled
        self.out_of_order += other.out_of_order
        self.crossed += other.crossed
        return self

    def counts(self) -> dict[str, int]:
        return {name.replace("_", " "): count for name, count in asdict(self).items()}


def judge(said: Mapping[str, Sequence[str]], heard: Mapping[str, Sequence[str]]) -> Verdict:
    """Compare what each person wrote (texts are unique) with what each was sent, in their order."""
    verdict = Verdict()
    for person in said.keys() | heard.keys():
        verdict += _judge_one(
            said.get(person, ()), [text.removeprefix(PREFIX) for text in heard.get(person, ())]
        )
    return verdict


def _judge_one(said: Sequence[str], heard: Sequence[str]) -> Verdict:
    place = {text: place for place, text in enumerate(said)}
    times = Counter(text for text in heard if text in place)
    return Verdict(
        lost=sum(text not in times for text in said),
        doubled=sum(count - 1 for count in times.values()),
        out_of_order=_inversions(place[text] for text in dict.fromkeys(heard) if text in place),
        crossed=sum(text not in place for text in heard),
    )


def _inversions(places: Iterable[int]) -> int:
    furthest, count = -1, 0
    for place in places:
        count += place < furthest
        furthest = max(furthest, place)
    return count
