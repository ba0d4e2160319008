"""For values that are keys of caches and too large to be compared by content."""

from __future__ import annotations

import operator
from typing import TypeVar

Value = TypeVar("Value", bound=type)


def by_identity(kind: Value) -> Value:
    """Class decorator: its values are compared and hashed by identity. A NamedTuple cannot inherit that."""
    for name, method in (("__eq__", operator.is_), ("__ne__", operator.is_not), ("__hash__", id)):
        setattr(kind, name, lambda *values, method=method: method(*values))
    return kind
