"""A figure as a file: what `map` and the export dialog both do."""

from __future__ import annotations

from pathlib import Path

from geodata.atlas import Atlas
from geodata.boundaries import Progress, load_boundaries
from layers.build import build_scene
from layers.export import Tick, export
from layers.fonts import measure
from layers.furniture import paper_page
from layers.page import Page
from layers.scene import Scene
from layers.view import ViewState


def figure(
    atlas: Atlas, view: ViewState, size_mm: tuple[float, float], progress: Progress | None = None
) -> tuple[Scene, Page]:
    """The scene of a view at full detail and the sheet it is laid out on."""
    scene = build_scene(atlas, view, load_boundaries(0, progress))
    return scene, paper_page(scene, size_mm, measure)


def export_figure(
    atlas: Atlas,
    view: ViewState,
    size_mm: tuple[float, float],
    dpi: float,
    target: Path,
    tick: Tick = lambda: None,
    progress: Progress | None = None,
) -> None:
    """Writes the figure of a view to `target`. Raises UserError when it cannot."""
    scene, page = figure(atlas, view, size_mm, progress)
    export(scene, page, dpi, target, tick)
