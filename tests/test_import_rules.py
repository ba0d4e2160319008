"""Import rules that import-linter cannot express, seen in a fresh process."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
IMPORT_ALL = """
import importlib, sys
from pathlib import Path
for file in sorted(Path(sys.argv[1]).rglob("*.py")):
    importlib.import_module(".".join(file.with_suffix("").parts).removesuffix(".__init__"))
print(*(name for name in sys.argv[2:] if name in sys.modules))
"""
HEAVY = ("geopandas", "pandas", "pyogrio", "pyproj", "shapely", "numpy", "pyqtgraph", "folium", "openpyxl", "pypdf")


@pytest.mark.parametrize(
    ("package", "forbidden"),
    [("geodata", ("PySide6", *HEAVY)), ("layers", ("PySide6.QtWidgets", *HEAVY)), ("layers/catalog", ("PySide6",))],
)
def test_importing_a_package_loads_nothing_that_it_must_not(package: str, forbidden: tuple[str, ...]) -> None:
    done = subprocess.run(
        [sys.executable, "-c", IMPORT_ALL, package, *forbidden],
        cwd=ROOT, capture_output=True, text=True, check=True, timeout=60,
    )  # fmt: skip
    assert done.stdout.split() == []
