"""A figure as a file: what `map` and the export dialog both do."""

from __future__ import annotations

from pathlib import Path

from geodata.atlas import Atlas
from geodata.boundaries import Progress, load_boundaries
from layers.build import build_scene
from layers.drawing import TextOp
from layers.export import Tick, export
from layers.fonts import measure
from layers.furniture import TITLE, furniture, paper_page
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
) -> tuple[Scene, Page]:
    """Writes the figure of a view to `target` and gives what was written. Raises UserError when it cannot."""
    scene, page = figure(atlas, view, size_mm, progress)
    export(scene, page, dpi, target, tick)
    return scene, page


def title_drawn(scene: Scene, page: Page) -> str:
    """The title as it stands on the figure, which is shorter when it did not fit; empty when there is none."""
    titles = (op.text for op in furniture(scene, page, measure) if isinstance(op, TextOp) and op.key == TITLE)
    return next(titles, "")
