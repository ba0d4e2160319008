"""The README's pictures, each made by the command line that stands beside it.

`python -m explorer.gallery` makes them anew in `resources/gallery/`; a test compares them with what is drawn today.
"""

from __future__ import annotations

import shlex
import sys
from pathlib import Path

from geodata.folders import RESOURCES

FOLDER = RESOURCES / "gallery"

DPI = "90"

PICTURES: dict[str, tuple[str, str]] = {
    "zones.png": ("一个产业：核心区实色，拓展区浅色加线纹", "--sector 新材料 --layer sites"),
    "stripes.png": ("两个产业：条纹", "--sector 新材料 高端装备"),
    "glyphs.png": ("多个产业：环形符号", "--style glyphs"),
    "multiples.png": ("每个产业一幅小图，共用图例", "--style multiples"),
    "count.png": ("产业个数，核心区、拓展区分开数", "--style count"),
    "black.png": ("黑白图，只用线纹区分", "--sector 新材料 高端装备 --bw"),
    "city.png": ("放大到一个市（州），县界和园区", "--plan mianyang-green-14 --city 绵阳 --layer sites projects"),
    "framed.png": (
        "图号、经纬网、说明、制图单位；图例换了角",
        "--sector 生物 --number '图 3-1' --graticule --legend-at ne --north-at nw --scale-at sw "
        "--note 说明：行政区划为现状。 --maker 规划处 --date 2026年11月",
    ),
}
"""File -> what it shows, and what is said to `map` for it."""


def arguments(name: str, folder: Path) -> list[str]:
    """The command line of a picture."""
    return ["map", str(folder / name), *shlex.split(PICTURES[name][1]), "--dpi", DPI]


def main() -> int:
    from explorer.cli import run

    FOLDER.mkdir(exist_ok=True)
    return max(run(arguments(name, FOLDER)) for name in PICTURES)


if __name__ == "__main__":
    sys.exit(main())
