"""What all tests of pictures look at: the bundled plan, and the boundaries of two levels of detail."""

from __future__ import annotations

from pathlib import Path

import pytest

from geodata.atlas import Atlas
from geodata.boundaries import Boundaries, load_boundaries
from geodata.library import DEFAULT_PLAN, load_plans
from geodata.plan import Plan


@pytest.fixture(scope="session")
def _facts(cache: Path) -> tuple[Atlas, Boundaries, Boundaries]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("LAYOUT_EXPLORER_HOME", str(cache.parent))
        plans, problems = load_plans()
        assert not problems
        return Atlas(plans), load_boundaries(1000), load_boundaries(0)


@pytest.fixture(scope="session")
def atlas(_facts: tuple[Atlas, Boundaries, Boundaries]) -> Atlas:
    """The bundled plans."""
    return _facts[0]


@pytest.fixture(scope="session")
def plan(atlas: Atlas) -> Plan:
    """The 13th five-year plan: eight sectors, core and expansion zones."""
    return atlas.plan(DEFAULT_PLAN)


@pytest.fixture(scope="session")
def coarse(_facts: tuple[Atlas, Boundaries, Boundaries]) -> Boundaries:
    """The level that a whole province on a screen shows."""
    return _facts[1]


@pytest.fixture(scope="session")
def full(_facts: tuple[Atlas, Boundaries, Boundaries]) -> Boundaries:
    """The level that figures show."""
    return _facts[2]
