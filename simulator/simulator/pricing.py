"""Who pays for a message: the `pricing` object of its statuses, per delivered message."""

import time
from typing import Any

from simulator.accounts import Number

Json = dict[str, Any]


def price_of_template(category: str) -> Json:
    return _pricing("regular", category.lower())


def price_of_free_entry() -> Json:
    """Inside the 72 hours that an answered advertisement opens nothing is charged, templates neither."""
    return _pricing("free_entry_point", "referral_conversion")


def price_of_service(number: Number, now: float, free_per_month: int) -> Json:
    """Count the message. Service messages are free until the month's quota is used."""
    month = time.strftime("%Y-%m", time.gmtime(now))
    if number.service_month != month:
        number.service_month = month
        number.service_count = 0
    number.service_count += 1
    free = number.service_count <= free_per_month
    return _pricing("free_customer_service" if free else "regular", "service")


def _pricing(kind: str, category: str) -> Json:
    return {"billable": kind == "regular", "pricing_model": "PMP", "type": kind, "category": category}
