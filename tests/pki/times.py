# SPDX-License-Identifier: Apache-2.0
"""The fixed clock of the tests."""

from datetime import datetime, timedelta, timezone

NOW = datetime(2026, 6, 1, 12, 0, 0, tzinfo=timezone.utc)


def days(count):
    """`count` days after now (before it, if negative)."""
    return NOW + timedelta(days=count)


def seconds(count):
    return NOW + timedelta(seconds=count)


def at(year, month=1, day=1, hour=0, minute=0, second=0):
    return datetime(year, month, day, hour, minute, second, tzinfo=timezone.utc)


def rfc3339(moment):
    """The form the program reads (`datetime` writes years below 1000 without leading zeros on some systems)."""
    return moment if isinstance(moment, str) else moment.strftime("%Y-%m-%dT%H:%M:%SZ")
