"""The command line in another language: said at the beginning, it holds for help, results and errors alike."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from explorer import cli
from geodata.gazetteer import gazetteer
from geodata.language import LANGUAGES, language, tr, use
from geodata.library import load_plans

CHINESE = re.compile(r"[\u3000-\u303f\u3400-\u9fff\uff01-\uff5e]")


@pytest.fixture(autouse=True)
def chinese_again() -> Iterator[None]:
    yield
    use("zh")


def test_a_city_is_told_in_english_around_what_the_plans_say(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["--language", "en", "city", "德阳"]) == 0
    before = capsys.readouterr()
    assert (before.err, language()) == ("", "en")
    lines = before.out.splitlines()
    assert lines[0] == "德阳市 (510600)"
    plans = load_plans()[0]
    stated = repr(plans) + " ".join(place.name for place in gazetteer().places.values())
    assert [words for words in re.findall(r"[\u3400-\u9fff]+", before.out) if words not in stated] == []
    roles = "|".join(role.name for plan in plans for role in plan.roles)
    labels = {re.sub(roles, "", line.strip().split(": ")[0]) for line in lines if ": " in line}
    assert {"Focus", "Positioning", "Citation"} <= labels
    assert [label for label in labels if CHINESE.search(label)] == []
    assert cli.run(["city", "德阳", "--language", "en"]) == 0
    assert capsys.readouterr() == before
    assert cli.run(["city", "德阳"]) == 0
    assert capsys.readouterr().out.startswith("德阳市（510600）")
    assert language() == "zh"


@pytest.mark.parametrize("command", [[], ["city"], ["map"], ["atlas"], ["web"], ["items"], ["check"]])
def test_the_help_is_in_english(command: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        cli.run([*command, "--help", "--language=en"])
    assert ended.value.code == 0
    assert CHINESE.findall(capsys.readouterr().out) == []


@pytest.mark.parametrize(
    "wrong",
    [["city"], ["draw"], ["map", "a.png", "--dpi", "x"], ["map", "a.gif"], ["map", "a.png", "--plan", "none"]],
)
def test_an_error_is_in_english(wrong: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["--language", "en", *wrong]) == 2
    done = capsys.readouterr()
    assert done.out == ""
    what, remedy = done.err.splitlines()
    assert what.startswith("Error: ")
    assert remedy.startswith("Remedy: ")
    assert CHINESE.findall(done.err) == []


def test_a_language_that_is_none_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["city", "德阳", "--language", "xx"]) == 2
    done = capsys.readouterr()
    assert done.out == ""
    what, remedy = done.err.splitlines()
    assert what.startswith("错误：命令写得不对：--language 不能是 'xx'")
    assert all(code in what for code in LANGUAGES)
    assert "--help" in remedy
    assert (language(), tr("、")) == ("zh", "、")
