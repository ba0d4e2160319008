"""The user's copies of the documents: their text, kept in the data folder, one file a plan.

Only the normalised text and its page starts are kept, not the file. Of two copies of one document the better one
stays: the reference text before any other, and then the one in which more passages are found word for word.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any, Literal, NamedTuple

from geodata.documents.passages import proved
from geodata.documents.recognise import Recognition, is_reference, recognise
from geodata.documents.source import Note, Progress
from geodata.documents.text import NormalisedText
from geodata.folders import data_folder
from geodata.language import mark, tr
from geodata.plan import Plan
from geodata.problems import Problem, UserError, fail
from geodata.saving import cannot_write, is_dir, write_whole

UNRECOGNISED = mark("没有认出这是哪一份规划文件")
"""The message for a file that can be read and may be attached when a user says which plan's it is."""

_VERSION = 1
_REMEDY = mark("重新添加这份文件")


class Attached(NamedTuple):
    """A document on the shelf: of which plan, from which file, and how it was recognised.

    `notes` are what a user should know of the file: pages without text, another encoding.
    """

    plan_id: str
    file_name: str
    kind: str
    confidence: Literal["exact", "likely", "chosen"]
    how: Note
    characters: int
    notes: tuple[Note, ...]


class Outcome(NamedTuple):
    """What became of one file: `attached` to a plan, or the problems for which it was not."""

    file: Path
    attached: Attached | None
    problems: tuple[Problem, ...]


def attach(file: Path, plans: Iterable[Plan], progress: Progress | None = None, chosen: Plan | None = None) -> Attached:
    """Reads a document, recognises it among `plans` and keeps its text. `chosen` is the plan a user says it is.

    Raises UserError when it cannot be read or is none of the plans' documents, when a better copy is there
    already, or when it cannot be kept. What was there before stays as it was then.
    """
    from geodata.documents.readers import read_document

    plans = tuple(plans)
    document = read_document(file, progress)
    recognition = recognise(document.text, plans, progress)
    if chosen is not None and (recognition is None or recognition.plan != chosen):
        how = Note(mark("由用户指定"))
        plan, found = chosen, Attached(chosen.id, file.name, document.kind, "chosen", how, 0, document.notes)
    elif recognition is not None:
        plan, found = recognition.plan, _attached(recognition, file.name, document.kind, document.notes)
    else:
        titles = tr("、").join(f"《{plan.document.title}》" for plan in plans) or tr("（没有规划）")
        hint = tr("可以识别的文件：{titles}；确是其中之一时，指定它是哪一份", titles=titles)
        raise fail(str(file), tr(UNRECOGNISED), hint)
    found = found._replace(characters=len(document.text.text))
    there = attached(plan.id)
    if there is not None and there != document.text and _merit(plan, there) > _merit(plan, document.text):
        message = tr("《{plan}》已有更完整的一份，保留原来的", plan=plan.title)
        raise fail(str(file), message, tr("要换成这一份，先移除原来的"))
    _keep(found, document.text)
    return found


def attach_folder(folder: Path, plans: Iterable[Plan], progress: Progress | None = None) -> tuple[Outcome, ...]:
    """Attaches every document in a folder (not in folders below it) and says of each file what became of it.

    `progress` counts files and may raise to end the work; what was attached until then stays. Raises UserError
    when the folder is none or holds no file that can be a document.
    """
    return tuple(attach_each(documents_in(folder), plans, progress))


def attach_each(
    paths: Iterable[Path], plans: Iterable[Plan], progress: Progress | None = None, chosen: Plan | None = None
) -> Iterator[Outcome]:
    """Attaches files and the documents in folders, and says of each at once what became of it.

    `progress` counts files, or the pages of a single one; it may raise to end the work, and what was attached
    until then stays. A folder that is none or holds no document has an outcome of its own.
    """
    plans = tuple(plans)
    files: list[Path] = []
    for path in paths:
        try:
            files += documents_in(path) if is_dir(path) else [path]
        except UserError as error:
            yield Outcome(path, None, error.problems)
    files = list(dict.fromkeys(files))
    for index, file in enumerate(files):
        yield _outcome(file, plans, _counted(progress, index, len(files), file.name), chosen)
    if progress:
        progress(len(files), len(files), tr("完成"))


def documents_in(folder: Path) -> list[Path]:
    """The files in a folder that can be documents. Raises UserError when it is none or holds no such file."""
    from geodata.documents.readers import SUFFIXES

    if not folder.is_dir():
        raise fail(str(folder), tr("没有这个文件夹"), tr("给出存放规划文件的文件夹"))
    try:
        files = sorted(file for file in folder.iterdir() if file.is_file() and not file.name.startswith((".", "~$")))
    except OSError as error:
        raise fail(str(folder), tr("无法读取：{reason}", reason=error.strerror or error), tr("检查读取权限")) from error
    files = [file for file in files if file.suffix.lower() in (*SUFFIXES, ".doc", ".wps", ".rtf")]
    if not files:
        raise fail(str(folder), tr("文件夹里没有可以添加的文件"), tr("放入 .docx、.pdf、.txt、.html 或 .md 文件"))
    return files


def _outcome(file: Path, plans: Sequence[Plan], progress: Progress, chosen: Plan | None) -> Outcome:
    try:
        return Outcome(file, attach(file, plans, progress, chosen), ())
    except UserError as error:
        return Outcome(file, None, error.problems)


def _counted(progress: Progress | None, index: int, files: int, name: str) -> Progress:
    """Progress inside one of several files as progress through them: the count stands still, the words change."""

    def report(done: int, total: int, text: str) -> None:
        if progress:
            words = text if name in text else tr("{name}：{text}", name=name, text=text)
            progress(*((done, total) if files == 1 else (index, files)), words)

    return report


def attached(plan_id: str) -> NormalisedText | None:
    """The text of the user's copy of the plan's document; None when there is none or it is damaged."""
    try:
        return _read(_file(plan_id))[1]
    except UserError:
        return None


def attached_plans() -> tuple[tuple[Attached, ...], tuple[Problem, ...]]:
    """Every document on the shelf, by plan, and what is wrong with files that had to be left out."""
    found: list[Attached] = []
    problems: list[Problem] = []
    for file in sorted(_shelf().glob("[!.]*.json")):
        try:
            found.append(_read(file)[0])
        except UserError as error:
            problems.extend(error.problems)
    return tuple(found), tuple(problems)


def detach(plan_id: str) -> bool:
    """Takes the plan's document off the shelf; False when there was none. Raises UserError when it cannot."""
    file = _file(plan_id)
    try:
        file.unlink()
    except FileNotFoundError:
        return False
    except OSError as error:
        raise cannot_write(file, error) from error
    return True


def _shelf() -> Path:
    return data_folder() / "documents"


def _file(plan_id: str) -> Path:
    """The file of a plan: named by its id, with a digest where a file name cannot have the id as it is."""
    name = re.sub(r"[^\w-]", "_", plan_id)[:60]
    if name != plan_id or name != name.lower():
        name = f"{name}-{sha256(plan_id.encode()).hexdigest()[:12]}"
    return _shelf() / f"{name}.json"


def _attached(recognition: Recognition, name: str, kind: str, notes: tuple[Note, ...]) -> Attached:
    return Attached(recognition.plan.id, name, kind, recognition.confidence, recognition.how, 0, notes)


def _merit(plan: Plan, text: NormalisedText) -> tuple[bool, int]:
    """What makes one copy better than another: to be the reference text, and passages found word for word."""
    return is_reference(plan, text), proved(plan, text)[0]


def _keep(found: Attached, text: NormalisedText) -> None:
    file = _file(found.plan_id)
    value = {
        "version": _VERSION,
        **found._asdict(),
        "sources": [[note.source, note.values] for note in (found.how, *found.notes)],
        "sha256": text.sha256,
        "page_starts": text.page_starts,
        "text": text.text,
    }
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise cannot_write(file, error) from error
    write_whole(file, json.dumps(value, ensure_ascii=False).encode())


def _read(file: Path) -> tuple[Attached, NormalisedText]:
    """A file of the shelf. Raises UserError when it is missing, damaged or of a later version."""
    try:
        value: Any = json.loads(file.read_text(encoding="utf-8"))
        if value["version"] != _VERSION:
            raise fail(str(file), tr("是另一个版本的程序保存的文件文本"), tr(_REMEDY))
        written = (value["how"], *value["notes"])
        said = value.get("sources") or [(words, {}) for words in written]
        how, *notes = (Note(words, **values) for words, values in said)
        found = Attached(**{key: value[key] for key in Attached._fields})._replace(how=how, notes=tuple(notes))
        starts = tuple((int(offset), int(page)) for offset, page in value["page_starts"])
        text = NormalisedText(str(value["text"]), starts)
        sound = text.sha256 == value["sha256"] and _file(found.plan_id) == file
    except OSError as error:
        raise fail(str(file), tr("无法读取：{reason}", reason=error.strerror or error), tr(_REMEDY)) from error
    except (ValueError, LookupError, TypeError, AttributeError) as error:
        raise fail(str(file), tr("保存的文件文本已损坏"), tr(_REMEDY)) from error
    if not sound:
        raise fail(str(file), tr("保存的文件文本已损坏"), tr(_REMEDY))
    return found, text
