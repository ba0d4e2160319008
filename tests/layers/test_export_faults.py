"""What goes wrong on real machines, in every format: a clear message, the old file intact, nothing left behind. And
text that means something to other programs arrives as text."""

from __future__ import annotations

import errno
import re
import xml.etree.ElementTree as ElementTree
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import docx
import pptx
import pypdf
import pypdfium2
import pytest
from docx.oxml.ns import qn
from looking import page_of
from PIL import Image
from PySide6.QtGui import QGuiApplication, QImage

from geodata.atlas import Atlas
from geodata.boundaries import Boundaries
from geodata.plan import Plan
from geodata.problems import Problem, UserError
from layers import fonts
from layers.build import build_scene
from layers.export import EXPORTERS, LEAST_DPI, MOST_DPI, export
from layers.page import Page
from layers.scene import Scene
from layers.template import Template
from layers.view import view_for

OLD = b"the old figure"
CHINESE = re.compile("[\u4e00-\u9fff]")

every_format = pytest.mark.parametrize("suffix", EXPORTERS)


@pytest.fixture
def scene(gui: QGuiApplication, prepared: Path, atlas: Atlas, plan: Plan, coarse: Boundaries) -> Scene:
    return build_scene(atlas, view_for(plan, ["新材料"]), coarse)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where the figures go; nothing else is in it."""
    folder = tmp_path / "图件"
    folder.mkdir()
    return folder


@pytest.fixture
def old(folder: Path, suffix: str) -> Path:
    """A figure of an earlier day."""
    file = folder / f"图{suffix}"
    file.write_bytes(OLD)
    return file


def refused(scene: Scene, page: Page, dpi: float, target: Path) -> Problem:
    """The one problem that the export says; the old file is as it was, and nothing stands beside it."""
    with pytest.raises(UserError) as caught:
        export(scene, page, dpi, target)
    (problem,) = caught.value.problems
    assert CHINESE.search(problem.message)
    assert CHINESE.search(problem.hint)
    assert "Traceback" not in str(caught.value)
    if target.parent.exists():
        assert target.read_bytes() == OLD
        assert list(target.parent.iterdir()) == [target]
    return problem


# --- faults of the machine ---


@every_format
def test_a_disk_that_is_full(scene: Scene, old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def half(path: Path, data: bytes) -> int:
        with path.open("wb") as file:
            file.write(data[: len(data) // 2])
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", half)
    problem = refused(scene, page_of(scene, "a4"), 96, old)
    assert problem.where == str(old)
    assert "磁盘已满" in problem.message


@every_format
def test_a_target_that_is_open_in_another_program(scene: Scene, old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def held(path: Path, target: Path) -> Path:
        raise PermissionError(errno.EACCES, "The process cannot access the file", str(target))

    monkeypatch.setattr(Path, "replace", held)
    problem = refused(scene, page_of(scene, "a4"), 96, old)
    assert problem.where == str(old)
    assert "另一个程序打开" in problem.message
    assert "关闭" in problem.hint


@every_format
def test_a_folder_that_is_gone(scene: Scene, folder: Path, suffix: str) -> None:
    gone = folder / "没有" / f"图{suffix}"
    problem = refused(scene, page_of(scene, "a4"), 96, gone)
    assert problem.where == str(gone)
    assert "文件夹不存在" in problem.message
    assert list(folder.iterdir()) == []


@every_format
def test_a_folder_that_goes_while_the_figure_is_drawn(scene: Scene, folder: Path, suffix: str) -> None:
    target = folder / f"图{suffix}"

    def removed() -> None:
        for file in folder.glob("*"):
            file.unlink()
        if folder.exists():
            folder.rmdir()

    with pytest.raises(UserError) as caught:
        export(scene, page_of(scene, "a4"), 96, target, removed)
    assert "文件夹不存在" in caught.value.problems[0].message
    assert not folder.exists()


@pytest.fixture
def no_font(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The package with the map's font is not installed, and nothing of it is remembered."""
    kept = [made for made in vars(fonts).values() if hasattr(made, "cache_clear")]
    assert len(kept) >= 3
    monkeypatch.setattr(fonts, "find_spec", lambda name: None)
    for made in kept:
        made.cache_clear()
    yield
    monkeypatch.undo()
    for made in kept:
        made.cache_clear()


@pytest.mark.parametrize("suffix", [suffix for suffix in EXPORTERS if suffix != ".html"])  # which has the reader's
def test_a_font_that_is_not_installed(
    atlas: Atlas, plan: Plan, coarse: Boundaries, scene: Scene, old: Path, no_font: None
) -> None:
    fresh = build_scene(atlas, view_for(plan, ["新能源"]), coarse)  # nothing of it is laid out yet
    page = Page(842, 595, (20, 50, 822, 550), 4e-4, (0, 0))
    problem = refused(fresh, page, 96, old)
    assert problem.where == "noto-cjk"
    assert "字体" in problem.message


@every_format
def test_memory_that_does_not_suffice(scene: Scene, old: Path, suffix: str, monkeypatch: pytest.MonkeyPatch) -> None:
    draw = EXPORTERS[suffix]

    def fails_at_the_end(s: Scene, p: Page, dpi: float, tick: Callable[[], None]) -> bytes:
        assert draw(s, p, dpi, tick)
        raise MemoryError

    monkeypatch.setitem(EXPORTERS, suffix, fails_at_the_end)
    assert "内存不足" in refused(scene, page_of(scene, "a4"), 96, old).message


@every_format
def test_a_library_that_is_not_installed(scene: Scene, old: Path, suffix: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def needs_more(s: Scene, p: Page, dpi: float, tick: Callable[[], None]) -> bytes:
        raise ModuleNotFoundError("No module named 'pptx'", name="pptx")

    monkeypatch.setitem(EXPORTERS, suffix, needs_more)
    assert "pptx" in refused(scene, page_of(scene, "a4"), 96, old).message


# --- requests that cannot be met ---


@every_format
@pytest.mark.parametrize("dpi", [10_000, 0, -1, float("nan"), float("inf")])
def test_a_resolution_that_no_picture_has(scene: Scene, old: Path, dpi: float) -> None:
    problem = refused(scene, page_of(scene, "a4"), dpi, old)
    assert str(LEAST_DPI) in problem.hint
    assert str(MOST_DPI) in problem.hint


@pytest.mark.parametrize("suffix", [".png", ".tiff", ".tif"])
@pytest.mark.parametrize(("name", "dpi"), [("2000x2000mm", 300), ("a3", MOST_DPI)])
def test_a_picture_that_does_not_fit_in_memory(scene: Scene, old: Path, name: str, dpi: float) -> None:
    assert "像素" in refused(scene, page_of(scene, name), dpi, old).message


@every_format
def test_the_largest_page_is_drawn_or_refused(scene: Scene, old: Path, suffix: str) -> None:
    page = page_of(scene, "2000x2000mm")
    if suffix in (".svg", ".pdf", ".html"):  # a drawing has no pixels
        export(scene, page, 300, old)
        assert len(old.read_bytes()) < 3_000_000
    else:
        refused(scene, page, 300, old)


# --- TIFF ---


@pytest.mark.parametrize("suffix", [".tiff", ".tif"])
@pytest.mark.parametrize("dpi", [LEAST_DPI, 96, 300, 601.5])
def test_a_tiff_has_its_resolution_and_is_the_png_to_the_pixel(
    scene: Scene, folder: Path, suffix: str, dpi: float
) -> None:
    page = page_of(scene, "160x120mm")
    export(scene, page, dpi, folder / f"图{suffix}")
    export(scene, page, dpi, folder / "图.png")
    with Image.open(folder / f"图{suffix}") as tiff, Image.open(folder / "图.png") as png:
        assert tiff.format == "TIFF"
        assert tiff.info["compression"] == "tiff_lzw"
        assert tuple(map(float, tiff.info["dpi"])) == pytest.approx((dpi, dpi), rel=1e-4)
        assert tiff.size == png.size == (round(page.width * dpi / 72), round(page.height * dpi / 72))
        assert tiff.mode == "RGB"
        assert tiff.tobytes() == png.convert("RGB").tobytes()


# --- text that means something to other programs ---

MARKUP, FORMULA, SCRIPT = "<b>&\"'", "=1+1", "<script>alert(1)</script>"
CONTROL = "坏\x00\x07\x1b\x0b\ufffe\ud800字"
"""No file of XML may hold these; a reader sees the two characters around them."""
INJECTED = [MARKUP, FORMULA, SCRIPT, CONTROL]


def poisoned(plan: Plan, text: str) -> Plan:
    """The plan with the text in every name that a figure shows."""
    return plan._replace(
        title=text,
        document=plan.document._replace(title=text),
        sectors=tuple(item._replace(name=f"{text}产业{n}") for n, item in enumerate(plan.sectors)),
        roles=tuple(item._replace(name=f"{text}角色{n}") for n, item in enumerate(plan.roles)),
        sites=tuple(item._replace(name=f"{text}园{n}", kind=text) for n, item in enumerate(plan.sites)),
        projects=tuple(item._replace(name=f"{text}项目{n}") for n, item in enumerate(plan.projects)),
        regions=tuple(item._replace(name=f"{text}区域{n}") for n, item in enumerate(plan.regions)),
        assignments=tuple(item._replace(focus=(text,), positions=(text,)) for item in plan.assignments),
    )


@pytest.fixture(params=INJECTED, ids=["markup", "formula", "script", "control"])
def injected(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def bad(gui: QGuiApplication, prepared: Path, plan: Plan, coarse: Boundaries, injected: str) -> tuple[Scene, list[str]]:
    """A figure of such a plan, and what a reader should find in it."""
    evil = poisoned(plan, injected)
    template = Template(off=frozenset(), legend_title=injected, number=injected, note=injected, maker=injected)
    layers = frozenset({"sites", "projects", "regions"})
    view = view_for(evil, [evil.sectors[1].id])._replace(title=injected, template=template, layers=layers)
    seen = "坏字" if injected == CONTROL else injected
    return build_scene(Atlas([evil]), view, coarse), [f"{seen}产业1", f"{seen}角色0", f"{seen}角色1"]


def file_of(bad: tuple[Scene, list[str]], folder: Path, suffix: str) -> Path:
    file = folder / f"图{suffix}"
    export(bad[0], page_of(bad[0], "a4"), 72, file)
    return file


def test_injected_text_leaves_pictures_sound(bad: tuple[Scene, list[str]], folder: Path, injected: str) -> None:
    png = QImage(str(file_of(bad, folder, ".png")))
    assert png.width() == 842
    if injected != CONTROL:
        assert png.text("Title") == injected
    with Image.open(file_of(bad, folder, ".tiff")) as tiff:
        assert tiff.size == (png.width(), png.height())


def test_injected_text_arrives_in_svg(bad: tuple[Scene, list[str]], folder: Path, injected: str) -> None:
    root = ElementTree.parse(file_of(bad, folder, ".svg")).getroot()
    kinds = {element.tag.rpartition("}")[2] for element in root.iter()}
    assert kinds <= {"svg", "title", "desc", "defs", "g", "path", "rect", "polyline", "polygon", "line", "ellipse", "circle"}  # fmt: skip
    (title,) = (element.text for element in root if element.tag.endswith("title"))
    assert (title == injected) if injected != CONTROL else (title or "").startswith("坏")


def test_injected_text_arrives_in_pdf(bad: tuple[Scene, list[str]], folder: Path, injected: str) -> None:
    file = file_of(bad, folder, ".pdf")
    catalogue = pypdf.PdfReader(file).trailer["/Root"].get_object()
    assert not {"/OpenAction", "/AA", "/AcroForm"} & catalogue.keys()
    document = pypdfium2.PdfDocument(file)
    try:
        text = document[0].get_textpage().get_text_range().replace("\r\n", "").replace(" ", "")
    finally:
        document.close()
    if injected != CONTROL:
        assert all(words.replace(" ", "") in text for words in bad[1])
    else:
        assert "产业1" in text


def test_injected_text_arrives_in_slides(bad: tuple[Scene, list[str]], folder: Path) -> None:
    presentation = pptx.Presentation(str(file_of(bad, folder, ".pptx")))
    (slide,) = presentation.slides
    found = "\n".join(node.text or "" for node in slide._element.iter(qn("a:t")))
    said = slide.notes_slide.notes_text_frame
    assert said is not None
    for words in bad[1]:
        assert words in found
        assert words in said.text
    assert slide.shapes.title is not None
    assert bad[1][0].removesuffix("产业1") in slide.shapes.title.text_frame.text
    with ZipFile(folder / "图.pptx") as package:
        for name in package.namelist():
            if name.endswith((".xml", ".rels")):
                ElementTree.fromstring(package.read(name))


def test_injected_text_arrives_in_word(bad: tuple[Scene, list[str]], folder: Path) -> None:
    data = file_of(bad, folder, ".docx").read_bytes()
    document = docx.Document(BytesIO(data))
    found = "".join(node.text or "" for node in document.element.body.iter(qn("w:t")))
    assert all(words in found for words in bad[1])
    codes = {(code.text or "").split()[0] for code in document.element.body.iter(qn("w:instrText"))}
    assert codes <= {"SEQ", "PAGE", "NUMPAGES"}  # no field that a name has begun
    with ZipFile(BytesIO(data)) as package:
        for name in package.namelist():
            if name.endswith((".xml", ".rels", ".svg")):
                ElementTree.fromstring(package.read(name))


class Opened(HTMLParser):
    """What a browser makes of a page: its elements, the handlers on them, and its text."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.handlers: list[str] = []
        self.title = ""
        self.feed(source)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.handlers += [name for name, _ in attrs if name.startswith("on")]

    def handle_data(self, data: str) -> None:
        if self.tags and self.tags[-1] == "title":
            self.title += data


def test_injected_text_arrives_in_a_web_page(
    bad: tuple[Scene, list[str]], scene: Scene, folder: Path, injected: str
) -> None:
    source = file_of(bad, folder, ".html").read_text(encoding="utf-8")
    export(scene, page_of(scene, "a4"), 72, folder / "好.html")
    found, sound = Opened(source), Opened((folder / "好.html").read_text(encoding="utf-8"))
    assert found.tags.count("script") == sound.tags.count("script")
    assert set(found.tags) <= set(sound.tags) | {"g", "path", "text", "circle", "polygon", "use", "title"}
    assert found.handlers == sound.handlers
    assert injected.partition("\x00")[0] in found.title
    assert "\x00" not in source
