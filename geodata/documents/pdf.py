"""PDF files: the text page by page, with the printed page numbers as page marks.

Lines that stand on most pages (running titles, page numbers, a scanner's stamp) are taken out: they would cut
passages that run over the end of a page.
"""

from __future__ import annotations

import logging
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING

from geodata.documents.source import Note, Progress, Source, visible
from geodata.language import mark, tr
from geodata.problems import UserError, fail

if TYPE_CHECKING:
    from pypdf import PdfReader

_EDGE = 6
"""Lines at the top and at the bottom of a page among which running titles and page numbers are looked for; a title
in two fonts comes as several lines."""
_DASHES = r"[-—–－─‐‑−_·•\s]*"
_NUMBER = re.compile(
    rf"^{_DASHES}(?:第|page)?\s*(\d{{1,4}})\s*页?(?:\s*[/，,]?\s*共?\s*\d{{1,4}}\s*页?)?{_DASHES}$", re.I
)
_OCR = mark("用带文字识别（OCR）的软件转成可以选中文字的 PDF、.docx 或 .txt 再添加")


def read_pdf(file: Path, progress: Progress | None = None) -> Source:
    """The text of a PDF file; `progress` is called before every page and may raise.

    Raises UserError when it is damaged, has a password, or no page has text.
    """
    with _quiet():
        pages, broken = _pages(file, progress)
    numbers = printed_numbers(pages)
    bodies = without_furniture(pages, numbers)
    empty = [index + 1 for index, body in enumerate(bodies) if not "".join(body).strip() and index + 1 not in broken]
    if len(empty) + len(broken) == len(pages):
        if not broken:
            raise fail(str(file), tr("{n} 页都没有文字：是扫描件或图片", n=len(pages)), tr(_OCR))
        raise _damaged(file)
    notes = []
    if empty:
        words = mark("没有文字的页（扫描页或图片）：第 {pages} 页，共 {n} 页")
        notes.append(Note(words, pages=empty, n=len(empty)))
    if broken:
        notes.append(Note(mark("读不出的页：第 {pages} 页，共 {n} 页"), pages=broken, n=len(broken)))
    if not numbers:
        notes.append(Note(mark("页上没有印出的页码，页码按 PDF 中的顺序")))
    lines: list[str] = []
    for index, body in enumerate(bodies):
        number = numbers[index] if numbers else index + 1
        if number > 0:
            lines.append(f"- {number} -")
        lines += body
    return Source("\n".join(lines), tuple(notes))


def _pages(file: Path, progress: Progress | None) -> tuple[list[list[str]], list[int]]:
    """The lines of every page, and the numbers (from 1) of pages that cannot be read."""
    with file.open("rb") as stream:
        reader = _opened(file, stream)
        try:
            count = len(reader.pages)
        except Exception as error:  # pypdf fails in many ways on damaged files
            raise _damaged(file) from error
        if count == 0:
            raise _damaged(file)
        pages: list[list[str]] = []
        broken: list[int] = []
        for index in range(count):
            if progress:
                progress(index, count, tr("读取第 {page} 页，共 {pages} 页", page=index + 1, pages=count))
            try:
                text = visible(reader.pages[index].extract_text())
            except Exception:  # the other pages may be sound
                text = ""
                broken.append(index + 1)
            pages.append([line for line in text.splitlines() if line.strip()])
        if progress:
            progress(count, count, tr("整理文字"))
    return pages, broken


def _opened(file: Path, stream: IO[bytes]) -> PdfReader:
    from pypdf import PasswordType, PdfReader
    from pypdf.errors import DependencyError, FileNotDecryptedError

    hint = tr("在 PDF 软件中输入密码后“打印”或另存为没有密码的 PDF，再添加")
    try:
        reader = PdfReader(stream)
        locked = reader.is_encrypted and reader.decrypt("") == PasswordType.NOT_DECRYPTED
    except DependencyError as error:
        raise fail(str(file), tr("PDF 是加密的，这种加密本程序解不开"), hint) from error
    except FileNotDecryptedError:
        locked = True
    except Exception as error:  # pypdf fails in many ways on damaged files
        raise _damaged(file) from error
    if locked:
        raise fail(str(file), tr("PDF 有密码"), hint)
    return reader


def _damaged(file: Path) -> UserError:
    hint = tr("重新下载或复制一份；能打开时“打印”为新的 PDF 再添加")
    return fail(str(file), tr("PDF 已损坏或不完整，读不出页面"), hint)


def printed_numbers(pages: list[list[str]]) -> tuple[int, ...]:
    """The printed number of every page, from the numbers at the pages' edges; empty when they do not count up.

    Pages before the first have numbers below 1.
    """
    offsets: Counter[int] = Counter()
    for index, page in enumerate(pages):
        edge = {*page[:_EDGE], *page[-_EDGE:]}
        offsets.update({int(found[1]) - index for line in edge if (found := _NUMBER.match(line))})
    if not offsets:
        return ()
    offset, count = offsets.most_common(1)[0]
    full = sum(bool(page) for page in pages)
    return tuple(index + offset for index in range(len(pages))) if count * 2 >= full else ()


def without_furniture(pages: list[list[str]], numbers: tuple[int, ...]) -> list[list[str]]:
    """The pages without their numbers and without the lines that stand at the same end of most of them.

    Such a line is taken out as often as it usually stands there: a title that is the running title too stays.
    """
    tops = _running([page[:_EDGE] for page in pages])
    bottoms = _running([page[-_EDGE:] for page in pages])
    bodies = []
    for index, page in enumerate(pages):
        number = numbers[index] if numbers else None
        top = _peel(page[:_EDGE], number, Counter(tops))
        bottom = _peel(page[max(top, len(page) - _EDGE) :][::-1], number, Counter(bottoms))
        bodies.append(page[top : len(page) - bottom])
    return bodies


def _running(edges: list[list[str]]) -> Counter[str]:
    """The patterns of the lines that most edges have, and how often they usually stand in one."""
    times: dict[str, list[int]] = {}
    for edge in edges:
        for pattern, count in Counter(map(_pattern, edge)).items():
            times.setdefault(pattern, []).append(count)
    often = max(3.0, len(edges) * 0.5)
    return Counter({pattern: min(counts) for pattern, counts in times.items() if len(counts) >= often})


def _peel(edge: list[str], number: int | None, running: Counter[str]) -> int:
    """How many lines from the outside are furniture: the page's number, and running lines, each used up in `running`."""
    for count, line in enumerate(edge):
        printed = _NUMBER.match(line)
        if printed and number is not None and int(printed[1]) == number:
            number = None
        elif not printed and running[_pattern(line)] > 0:
            running[_pattern(line)] -= 1
        else:
            return count
    return len(edge)


def _pattern(line: str) -> str:
    """A line as it is compared with those of other pages: without white space, every number alike."""
    return re.sub(r"\d+", "0", "".join(line.split()))


@contextmanager
def _quiet() -> Iterator[None]:
    """pypdf tells its worries to the log; what matters of them is in our messages."""
    logger = logging.getLogger("pypdf")
    level = logger.level
    logger.setLevel(logging.CRITICAL)
    try:
        yield
    finally:
        logger.setLevel(level)
