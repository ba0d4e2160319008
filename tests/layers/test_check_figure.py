"""出图检查: a sound figure has no error, and each fault is found with a way to mend it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from looking import PAPERS, page_of, sector_ids
from PySide6.QtGui import QGuiApplication

import layers.check
from geodata.atlas import Atlas
from geodata.boundaries import Boundaries
from geodata.geometry import outline
from geodata.plan import Plan
from layers.build import build_scene
from layers.check import CLOSING, check_figure
from layers.checks.finding import DECIDE, ERROR, NOTE, SEVERITIES, WARNING, Finding
from layers.checks.looks import contrast
from layers.checks.restricted import reason
from layers.compose import compose
from layers.drawing import Op, TextOp
from layers.fonts import measure
from layers.furniture import paper_page
from layers.page import Page
from layers.placing import Measure
from layers.scene import Area, Fill, LegendEntry, Line, Scene, Stroke
from layers.template import Template
from layers.view import LAYERS, STYLES, ViewState, view_for

Change = Callable[[Scene, Page, list[Op]], list[Op]]


def found_on(scene: Scene, page: str = "a4") -> tuple[Finding, ...]:
    return check_figure(scene, page_of(scene, page), measure)


def of(findings: tuple[Finding, ...], severity: str) -> list[str]:
    return [finding.what for finding in findings if finding.severity == severity]


@pytest.fixture
def view(plan: Plan) -> ViewState:
    """The first sector with everything laid over it."""
    return view_for(plan, sector_ids(plan)[:1])._replace(layers=frozenset(LAYERS))


@pytest.fixture
def scene(gui: QGuiApplication, atlas: Atlas, view: ViewState, coarse: Boundaries) -> Scene:
    return build_scene(atlas, view, coarse)


@pytest.fixture
def drawn_as(monkeypatch: pytest.MonkeyPatch) -> Callable[[Change], None]:
    """Lets the figure be drawn otherwise than the scene says."""

    def change(by: Change) -> None:
        def changed(scene: Scene, page: Page, measure: Measure) -> list[Op]:
            return by(scene, page, compose(scene, page, measure))

        monkeypatch.setattr(layers.check, "compose", changed)

    return change


@pytest.mark.parametrize("page", ["a4", "a3-portrait", "slide"])
@pytest.mark.parametrize("style", STYLES)
def test_a_sound_figure_has_no_error(
    gui: QGuiApplication, atlas: Atlas, coarse: Boundaries, style: str, page: str
) -> None:
    for plan in atlas.plans:
        ids = sector_ids(plan)
        for chosen in (ids[:1], ids[:2], ids):
            for over in (frozenset(), frozenset(LAYERS)):
                view = view_for(plan, chosen)._replace(style=style, layers=over)
                assert of(found_on(build_scene(atlas, view, coarse), page), ERROR) == [], (plan.id, chosen)


@pytest.mark.parametrize("bw", [False, True])
@pytest.mark.parametrize("city", ["510100", "510700", "513400"])
def test_a_sound_figure_of_a_city_has_no_error(
    gui: QGuiApplication, atlas: Atlas, plan: Plan, full: Boundaries, city: str, bw: bool
) -> None:
    for chosen in (sector_ids(plan)[:1], sector_ids(plan)):
        view = view_for(plan, chosen)._replace(extent_of=city, layers=frozenset(LAYERS))
        view = view._replace(template=view.template._replace(bw=bw))
        for page in PAPERS:
            assert of(found_on(build_scene(atlas, view, full), page), ERROR) == []


def test_every_finding_says_what_and_how_and_the_list_ends_with_what_it_is_not(scene: Scene) -> None:
    findings = found_on(scene)
    assert findings[-1] == CLOSING
    assert "不能代替地图审核" in CLOSING.what
    assert all(finding.what and finding.how for finding in findings)
    ranks = [list(SEVERITIES).index(finding.severity) for finding in findings]
    assert ranks == sorted(ranks)


# --- title, scale, source, approval ---


def test_a_title_that_is_missing_or_says_neither_place_nor_period_is_found(scene: Scene) -> None:
    assert "图上没有图题" in of(found_on(scene._replace(title="")), ERROR)
    bare = of(found_on(scene._replace(title="新材料布局示意图")), WARNING)
    assert {"图题没有写明地区", "图题没有写明期间"} <= set(bare)
    long = of(found_on(scene._replace(title=scene.title * 8)), WARNING)
    assert any("截短" in what for what in long)


def test_what_the_template_switches_off_is_missed(
    gui: QGuiApplication, atlas: Atlas, view: ViewState, coarse: Boundaries
) -> None:
    words = {
        "title": "没有图题",
        "legend": "没有图例",
        "scale": "没有比例尺",
        "source": "资料来源",
        "approval": "审图号",
    }
    for element, word in words.items():
        template = view.template._replace(off=view.template.off | {element})
        errors = of(found_on(build_scene(atlas, view._replace(template=template), coarse)), ERROR)
        assert any(word in what for what in errors), element


def test_a_scale_bar_that_lies_is_found(scene: Scene, drawn_as: Callable[[Change], None]) -> None:
    def lie(scene: Scene, page: Page, ops: list[Op]) -> list[Op]:
        return [op._replace(text="300 km") if isinstance(op, TextOp) and op.text == "200 km" else op for op in ops]

    assert not any("比例尺" in what for what in of(found_on(scene), ERROR))
    drawn_as(lie)
    (what,) = of(found_on(scene), ERROR)
    assert "300 km" in what


def test_a_source_without_plan_or_boundary_data_is_found(scene: Scene) -> None:
    errors = of(found_on(scene._replace(source="资料来源：网络")), ERROR)
    assert any(scene.plan.document.title in what for what in errors)
    assert any("天地图" in what for what in errors)


def test_a_figure_says_its_approval_number_or_that_it_is_for_internal_use(
    gui: QGuiApplication, atlas: Atlas, view: ViewState, scene: Scene, coarse: Boundaries
) -> None:
    assert any("没有审图号" in what for what in of(found_on(scene), NOTE))
    assert any("审图号" in what for what in of(found_on(scene._replace(approval="")), ERROR))
    for number, usual in (("川S（2026）00001号", True), ("GS川（2024）12号", True), ("已审", False)):
        numbered = found_on(build_scene(atlas, view._replace(approval=number), coarse))
        assert any("不像审图号" in what for what in of(numbered, WARNING)) is not usual
        assert not any("审图号" in what for what in of(numbered, ERROR))


def test_todays_boundaries_under_an_older_plan_are_said(atlas: Atlas, scene: Scene, coarse: Boundaries) -> None:
    assert any("2016—2020" in what and "简阳" in what for what in of(found_on(scene), WARNING))
    assert any("没有写明行政区划的日期" in what for what in of(found_on(scene), NOTE))
    later = atlas.plan("sichuan-hightech-14")
    findings = found_on(build_scene(atlas, view_for(later, sector_ids(later)[:1]), coarse))
    assert not any("规划期" in what for what in of(findings, WARNING))


# --- legend and drawing ---


def test_what_the_legend_leaves_out_is_found(scene: Scene) -> None:
    for index, entry in enumerate(scene.legend):
        if entry.sample is None:
            continue
        fewer = scene._replace(legend=(*scene.legend[:index], *scene.legend[index + 1 :]))
        errors = of(found_on(fewer), ERROR)
        if not entry.mark.startswith("colour:") and any(entry.text == op for op in _texts(scene)):
            assert errors, entry.text


def _texts(scene: Scene) -> set[str]:
    ops = compose(scene, page_of(scene, "a4"), measure)
    return {op.text for op in ops if isinstance(op, TextOp)}


def test_hollow_symbols_have_to_be_declared(scene: Scene) -> None:
    legend = tuple(entry for entry in scene.legend if entry.mark != "hollow")
    assert len(legend) < len(scene.legend)
    (what,) = of(found_on(scene._replace(legend=legend)), ERROR)
    assert "空心" in what


def test_what_the_legend_says_too_much_is_found(
    scene: Scene, drawn_as: Callable[[Change], None], atlas: Atlas, plan: Plan, coarse: Boundaries
) -> None:
    drawn_as(lambda scene, page, ops: [op for op in ops if getattr(op, "group", "") != "province"])
    assert any("省界" in what for what in of(found_on(scene), WARNING))


def test_a_legend_of_another_figure_is_found(scene: Scene, atlas: Atlas, plan: Plan, coarse: Boundaries) -> None:
    other = build_scene(atlas, view_for(plan, sector_ids(plan)[2:3]), coarse)
    assert any("图例没有说明" in what for what in of(found_on(scene._replace(legend=other.legend)), ERROR))


def test_two_meanings_with_one_sample_are_found(scene: Scene) -> None:
    fill = next(entry.sample for entry in scene.legend if isinstance(entry.sample, tuple) and entry.sample)
    twice = scene._replace(legend=(*scene.legend, LegendEntry("另一种", fill)))
    assert any("无法分辨" in what for what in of(found_on(twice), ERROR))


# --- looks ---


def test_small_and_pale_text_is_found(scene: Scene, drawn_as: Callable[[Change], None]) -> None:
    def spoil(scene: Scene, page: Page, ops: list[Op]) -> list[Op]:
        return [
            op._replace(size=5.0) if isinstance(op, TextOp) and op.text == "图例" else
            op._replace(colour=(200, 200, 200)) if isinstance(op, TextOp) and op.text == scene.title else op
            for op in ops
        ]  # fmt: skip

    drawn_as(spoil)
    errors = of(found_on(scene), ERROR)
    assert any("小于 6 磅" in what and "图例" in what for what in errors)
    assert any("对比度" in what and scene.title in what for what in errors)


def test_contrast_is_that_of_the_web_guidelines() -> None:
    assert contrast((0, 0, 0), (255, 255, 255)) == pytest.approx(21)
    assert contrast((119, 119, 119), (255, 255, 255)) == pytest.approx(4.48, abs=0.01)


def test_text_over_text_and_off_the_page_is_found(scene: Scene, drawn_as: Callable[[Change], None]) -> None:
    def move(scene: Scene, page: Page, ops: list[Op]) -> list[Op]:
        names = [op for op in ops if isinstance(op, TextOp) and op.group == "labels"]
        moved = {names[0].key: names[1].box, names[2].key: (-20.0, 10.0, 5.0, 20.0)}
        return [op._replace(box=moved.get(op.key, op.box)) if isinstance(op, TextOp) else op for op in ops]

    drawn_as(move)
    errors = of(found_on(scene), ERROR)
    assert any("互相压盖" in what for what in errors)
    assert any("超出页面" in what for what in errors)


def test_fills_that_look_alike_are_found(scene: Scene) -> None:
    core = scene.legend[1].sample
    assert isinstance(core, tuple)
    assert isinstance(core[0], Fill)
    near = Fill(tuple(min(255, part + 3) for part in core[0].colour))  # type: ignore[arg-type]
    first = scene.areas[0]
    changed = scene._replace(
        areas=(first._replace(fills=(near,)), *scene.areas[1:]),
        legend=(*scene.legend, LegendEntry("相近的", (near,))),
    )
    assert any("相近" in what for what in of(found_on(changed), WARNING))


# --- borders and names ---


def test_lines_and_areas_that_are_not_of_this_program_are_found(scene: Scene) -> None:
    border = Line(
        "national", (outline([[(-500_000.0, -430_000.0), (-400_000.0, -430_000.0)]]),), Stroke((0, 0, 0), 1.0)
    )
    assert any("national" in what for what in of(found_on(scene._replace(lines=(*scene.lines, border))), ERROR))
    abroad = Area("530000", scene.areas[0].shape, scene.areas[0].fills)
    assert any("530000" in what for what in of(found_on(scene._replace(areas=(*scene.areas, abroad))), ERROR))


def test_a_border_far_from_the_province_is_found(scene: Scene) -> None:
    far = tuple(
        line._replace(pieces=(*line.pieces, outline([[(-700_000.0, -430_000.0), (-650_000.0, -430_000.0)]])))
        if line.key == "neighbour" else line
        for line in scene.lines
    )  # fmt: skip
    assert any("国界" in what for what in of(found_on(scene._replace(lines=far)), ERROR))


def test_restricted_names_are_listed_with_their_passage(gui: QGuiApplication, atlas: Atlas, coarse: Boundaries) -> None:
    plan = atlas.plan("sichuan-hightech-14")
    view = view_for(plan, sector_ids(plan))._replace(layers=frozenset({"sites", "projects"}))
    listed = of(found_on(build_scene(atlas, view, coarse)), DECIDE)
    assert listed
    assert all(f"依据《{plan.document.title}》" in what for what in listed)
    none = of(found_on(build_scene(atlas, view._replace(layers=frozenset()), coarse)), DECIDE)
    assert none == []


@pytest.mark.parametrize(
    "name", ["国防工业科技成果区域转化中心", "空气动力和高超声速技术国家实验室", "核技术产业基地", "银河596"]
)
def test_names_of_restricted_facilities_are_pointed_out(name: str) -> None:
    assert reason(name)


@pytest.mark.parametrize(
    "name", ["核心元器件技术攻关", "科技创新领军人才", "单项冠军企业培育", "消费差别化考核", "成都高新区"]
)
def test_names_that_only_look_like_it_are_not(name: str) -> None:
    assert reason(name) == ""


def test_industries_without_a_mark_and_a_map_that_is_too_small_are_found(
    gui: QGuiApplication, atlas: Atlas, coarse: Boundaries
) -> None:
    plan = atlas.plan("sichuan-green-14")
    empty = build_scene(atlas, view_for(plan, ["钒钛"])._replace(layers=frozenset(LAYERS)), coarse)
    assert any("什么也没有的产业：钒钛" in what for what in of(found_on(empty), WARNING))
    assert any("没有写明地点" in entry.text for entry in empty.legend)
    silent = empty._replace(legend=tuple(entry for entry in empty.legend if "没有写明地点" not in entry.text))
    assert any("没有写明地点" in what for what in of(found_on(silent), ERROR))
    plan = atlas.plan("sichuan-strategic-13")
    corner = Template(legend="ne")
    crowded = view_for(plan, [sector.id for sector in plan.sectors])._replace(style="stripes", template=corner)
    scene = build_scene(atlas, crowded, coarse)
    found = check_figure(scene, paper_page(scene, (130, 90), measure), measure)
    assert any("地图只占图幅的" in finding.what for finding in found)
