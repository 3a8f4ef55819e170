"""Whatever is sent, reading ends in items or in UnreadableDelivery, and every item can be stored."""

import copy
import json
import sys
import time
from dataclasses import asdict
from typing import Any

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pytake.adapters.meta.webhook import read
from pytake.ports.whatsapp import Broken, Item, UnreadableDelivery
from tests.adapters.meta import corpus
from tests.adapters.meta.deliveries import MARIA, delivery, message, value

BODIES = [json.loads(corpus.body("open", case["file"])) for case in corpus.index("open")["files"]]

scalars = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(st.characters(exclude_categories=()))
    | st.sampled_from(["", "\0", "\ud83d", "BR.1", "group", "edit", "interactive", "1793491210123"])
)
anything = st.recursive(
    scalars,
    lambda child: (
        st.lists(child, max_size=3)
        | st.dictionaries(
            st.sampled_from(["id", "type", "from", "text", "body", "user_id", "\ud83d"]), child, max_size=3
        )
    ),
    max_leaves=8,
)


@st.composite
def spoilt_deliveries(draw: st.DrawFn) -> Any:
    """A real delivery with up to four of its parts replaced, removed or doubled."""
    body = copy.deepcopy(draw(st.sampled_from(BODIES)))
    for _ in range(draw(st.integers(1, 4))):
        places = list(_places(body))
        holder, key = draw(st.sampled_from(places))
        deed = draw(st.sampled_from(["replace", "remove", "double"]))
        if deed == "replace":
            holder[key] = draw(anything)
        elif deed == "remove":
            del holder[key]
        elif isinstance(holder, list):
            holder.insert(key, copy.deepcopy(holder[key]))
        if not body:
            break
    return body


def _places(node: Any) -> Any:
    """Every (container, key) below a node."""
    pairs = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for key, child in pairs:
        yield node, key
        yield from _places(child)


@settings(max_examples=600, deadline=None)
@given(spoilt_deliveries())
def test_a_spoilt_delivery_never_breaks_the_reader(body: Any) -> None:
    written = json.dumps(body).encode()
    check(read(written))


@settings(max_examples=200, deadline=None)
@given(anything)
def test_neither_does_any_json(body: Any) -> None:
    written = json.dumps({"object": "whatsapp_business_account", "entry": body}).encode()
    check(read(written))


@settings(max_examples=200, deadline=None)
@given(st.binary() | st.text().map(str.encode))
def test_neither_do_any_bytes(body: bytes) -> None:
    try:
        items = read(body)
    except UnreadableDelivery:
        return
    check(items)


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(BODIES), st.data())
def test_neither_does_a_flipped_or_cut_body(body: Any, data: st.DataObject) -> None:
    written = json.dumps(body).encode()
    at = data.draw(st.integers(0, len(written) - 1))
    changed = written[:at] + bytes([written[at] ^ data.draw(st.integers(1, 255))]) + written[at + 1 :]
    for spoilt in (changed, written[:at]):
        try:
            items = read(spoilt)
        except UnreadableDelivery:
            continue
        check(items)


def check(items: list[Item]) -> None:
    for item in items:
        stored = json.dumps(asdict(item), allow_nan=False, ensure_ascii=False)
        assert "\\u0000" not in stored.replace("\\\\", "")
        stored.encode()
        if isinstance(item, Broken):
            assert "unforeseen" not in item.reason
            assert read(orjson.dumps(item.raw)) == [item]


@pytest.mark.parametrize("batch", [1, 100])
def test_it_is_fast(batch: int, record_property: Any) -> None:
    """Prints the rate; there is no bound here, because a shared machine has none."""
    messages = [message(id=f"wamid.{n}") for n in range(batch)]
    body = json.dumps(delivery(value(contacts=[MARIA], messages=messages))).encode()
    rounds = 20_000 // batch
    started = time.process_time()
    for _ in range(rounds):
        assert len(read(body)) == batch
    rate = rounds * batch / (time.process_time() - started)
    record_property("messages_per_second", round(rate))
    sys.stdout.write(f"\n{rate:,.0f} messages/s in deliveries of {batch}\n")
