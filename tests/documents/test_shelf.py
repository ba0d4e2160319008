"""Attached documents are kept whole, the better copy stays, and damage is told and does no harm."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from geodata.documents.passages import find_passage
from geodata.documents.shelf import attach, attach_folder, attached, attached_plans, detach
from geodata.documents.text import NormalisedText
from geodata.language import read_words, use
from geodata.plan import Plan
from geodata.problems import Problem, UserError

MakePdf = Callable[..., Path]


@pytest.fixture
def file(tmp_path: Path, document: str) -> Path:
    """The reference text as a file of the user's."""
    found = tmp_path / "规划.txt"
    found.write_text(document, encoding="utf-8")
    return found


@pytest.fixture
def poor(tmp_path: Path, document: str) -> Path:
    """A poor copy: its end is missing and its punctuation is of another width."""
    found = tmp_path / "网页.html"
    page = document[: document.index("四、")].replace("，", ",").replace("储氢瓶", "储氧瓶")
    found.write_text(f"<html><body><p>{page}</p></body></html>", encoding="utf-8")
    return found


def why(*call: object) -> Problem:
    with pytest.raises(UserError) as caught:
        attach(*call)  # type: ignore[arg-type]
    (problem,) = caught.value.problems
    assert problem.hint
    return problem


def stored(home: Path) -> Path:
    (found,) = (home / "data" / "documents").iterdir()
    return found


def test_an_attached_document_is_there_again_with_text_and_pages(plan: Plan, text: NormalisedText, file: Path) -> None:
    done = attach(file, [plan])
    assert done[:4] == ("hills-16", "规划.txt", "txt", "exact")
    assert done.characters == len(text.text)
    file.unlink()
    assert attached("hills-16") == text
    assert attached_plans() == ((done,), ())


def test_how_a_document_was_recognised_is_said_in_the_language_in_use(plan: Plan, file: Path, home: Path) -> None:
    how = attach(file, [plan]).how
    use("en")
    try:
        assert attached_plans()[0][0].how == read_words("en")[how] != how
    finally:
        use("zh")
    assert attached_plans()[0][0].how == how


def test_notes_are_said_wholly_in_the_language_in_use(
    plan: Plan, document: str, home: Path, tmp_path: Path, make_pdf: MakePdf
) -> None:
    pages = [page.split("\n")[1:] for page in document.split("- ")[1:] if page.strip()]
    renamed = make_pdf([*pages, [], pages[0], [], []]).rename(tmp_path / "规划")
    attach(renamed, [plan])
    ((there,), _) = attached_plans()
    assert any("没有后缀" in note for note in there.notes)
    assert any("、" in note and "—" in note for note in there.notes)
    use("en")
    try:
        ((there,), _) = attached_plans()
        assert not [note for note in there.notes if re.search("[—、-鿿（-）]", note)]
    finally:
        use("zh")


def test_documents_stored_by_earlier_versions_are_there(plan: Plan, file: Path, home: Path) -> None:
    done = attach(file, [plan])
    value = json.loads(stored(home).read_bytes())
    del value["sources"]
    stored(home).write_text(json.dumps(value, ensure_ascii=False), encoding="utf-8")
    assert attached_plans() == ((done,), ())


def test_nothing_is_attached_at_first(home: Path) -> None:
    assert attached("hills-16") is None
    assert attached_plans() == ((), ())
    assert not detach("hills-16")


def test_a_detached_document_is_gone(plan: Plan, file: Path) -> None:
    attach(file, [plan])
    assert detach("hills-16")
    assert attached("hills-16") is None
    assert attached_plans() == ((), ())


def test_passages_of_an_attached_pdf_are_found(plan: Plan, document: str, make_pdf: MakePdf) -> None:
    pages = [page.split("\n") for page in document.split("- ")[1:]]
    attach(make_pdf([[*page[1:], f"— {number + 1} —"] for number, page in enumerate(pages)]), [plan])
    text = attached("hills-16")
    assert text is not None
    found = find_passage(plan.projects[3].citations[0], plan, text)
    assert found is not None
    assert found.confidence == "exact"
    assert text.page_at(found.start) == 4


def test_a_document_of_no_plan_is_refused_and_the_plans_are_named(plan: Plan, tmp_path: Path) -> None:
    file = tmp_path / "通知.txt"
    file.write_text("关于放假的通知", encoding="utf-8")
    problem = why(file, [plan])
    assert "没有认出" in problem.message
    assert plan.document.title in problem.hint
    assert attached_plans() == ((), ())


def test_a_user_can_say_which_plan_a_document_is(plan: Plan, bundled: Plan, tmp_path: Path) -> None:
    file = tmp_path / "摘录.txt"
    file.write_text("关于产业布局的摘录", encoding="utf-8")
    done = attach(file, [plan, bundled], chosen=bundled)
    assert (done.plan_id, done.confidence) == (bundled.id, "chosen")
    assert attached(bundled.id) == NormalisedText("关于产业布局的摘录", ())


def test_a_better_copy_takes_the_place_of_a_poor_one(plan: Plan, text: NormalisedText, file: Path, poor: Path) -> None:
    assert attach(poor, [plan]).confidence == "likely"
    assert attached("hills-16") != text
    assert attach(file, [plan]).confidence == "exact"
    assert attached("hills-16") == text


def test_a_poor_copy_does_not_take_the_place_of_a_better_one(
    plan: Plan, text: NormalisedText, file: Path, poor: Path
) -> None:
    attach(file, [plan])
    problem = why(poor, [plan])
    assert "保留原来的" in problem.message
    assert "移除" in problem.hint
    assert attached("hills-16") == text


def test_the_same_document_can_be_attached_again(plan: Plan, file: Path) -> None:
    assert attach(file, [plan]) == attach(file, [plan])


def test_a_document_that_cannot_be_read_leaves_what_was_there(plan: Plan, text: NormalisedText, file: Path) -> None:
    attach(file, [plan])
    file.write_bytes(b"%PDF-1.7 broken")
    assert "损坏" in why(file, [plan]).message
    assert attached("hills-16") == text


def test_a_write_that_fails_leaves_what_was_there(
    plan: Plan, home: Path, file: Path, poor: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    attach(poor, [plan])
    before = attached("hills-16")

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(Path, "write_bytes", full)
        assert "磁盘已满" in why(file, [plan]).message
    assert attached("hills-16") == before
    assert [path.name for path in (home / "data" / "documents").iterdir()] == [stored(home).name]


@pytest.mark.parametrize(
    "spoil",
    [
        lambda data: data[: len(data) // 2],
        lambda data: b"",
        lambda data: b"[]",
        lambda data: b'{"version": 1}',
        lambda data: b"\xff\xfe\x00",
        lambda data: data.replace("德阳".encode(), "德州".encode()),
        lambda data: json.dumps({**json.loads(data), "page_starts": [[1]]}).encode(),
        lambda data: json.dumps({**json.loads(data), "notes": None}).encode(),
        lambda data: json.dumps({**json.loads(data), "version": 2}).encode(),
        lambda data: json.dumps({**json.loads(data), "plan_id": "other"}).encode(),
    ],
)
def test_a_damaged_stored_text_is_told_and_counts_as_not_attached(
    plan: Plan, home: Path, file: Path, text: NormalisedText, spoil: Callable[[bytes], bytes]
) -> None:
    attach(file, [plan])
    stored(home).write_bytes(spoil(stored(home).read_bytes()))
    assert attached("hills-16") is None
    documents, problems = attached_plans()
    assert documents == ()
    assert [problem.hint for problem in problems] == ["重新添加这份文件"]
    attach(file, [plan])
    assert attached("hills-16") == text
    assert attached_plans()[1] == ()


@pytest.mark.parametrize("plan_id", ["我的规划", "A/B:C?", "Plan", "plan", "..", "长" * 300, "a b"])
def test_any_plan_id_has_a_file_of_its_own(plan: Plan, file: Path, plan_id: str) -> None:
    other = plan._replace(id=plan_id)
    attach(file, [other])
    attach(file, [plan])
    assert sorted(item.plan_id for item in attached_plans()[0]) == sorted([plan_id, "hills-16"])
    assert detach(plan_id)
    assert [item.plan_id for item in attached_plans()[0]] == ["hills-16"]


def test_of_a_folder_every_file_is_accounted_for(plan: Plan, tmp_path: Path, file: Path, poor: Path) -> None:
    (tmp_path / "通知.md").write_text("关于放假的通知", encoding="utf-8")
    (tmp_path / "旧.doc").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 99)
    (tmp_path / "~$规划.docx").write_bytes(b"lock")
    (tmp_path / "照片.png").write_bytes(b"\x89PNG")
    steps: list[tuple[int, int, str]] = []
    outcomes = attach_folder(tmp_path, [plan], lambda *step: steps.append(step))
    told = {outcome.file.name: (outcome.attached, outcome.problems) for outcome in outcomes}
    assert sorted(told) == sorted(["旧.doc", "规划.txt", "网页.html", "通知.md"])
    assert told["规划.txt"][0] is not None
    assert "没有认出" in told["通知.md"][1][0].message
    assert ".docx" in told["旧.doc"][1][0].hint
    assert attached_plans()[0] == (told["规划.txt"][0],)
    assert [step[0] for step in steps] == sorted(step[0] for step in steps)
    assert steps[-1][:2] == (4, 4)


def test_adding_a_folder_stops_when_progress_raises(plan: Plan, tmp_path: Path, file: Path) -> None:
    class Cancelled(Exception):
        pass

    def cancel(*_: object) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        attach_folder(tmp_path, [plan], cancel)
    assert attached_plans() == ((), ())


def test_a_folder_that_is_none_or_has_no_document_says_so(plan: Plan, tmp_path: Path, home: Path) -> None:
    for folder, message in ((tmp_path / "没有", "没有这个文件夹"), (home, "没有可以添加的文件")):
        with pytest.raises(UserError) as caught:
            attach_folder(folder, [plan])
        assert message in str(caught.value)
        assert caught.value.problems[0].hint
