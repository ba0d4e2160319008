"""Word documents (.docx): paragraphs, tables and text boxes in the order of the document.

Read with the standard library: a document's text is the `w:t` of its main part, and a walk over that part also
gives what lies in content controls, text boxes and tracked insertions, which paragraph by paragraph would be missed.
"""

from __future__ import annotations

from pathlib import Path
from typing import IO
from xml.etree import ElementTree
from zipfile import BadZipFile, ZipFile
from zlib import error as zlib_error

from geodata.documents.source import Source, visible
from geodata.language import tr
from geodata.problems import fail

_MOST = 300 * 1024 * 1024
"""Bytes that the main part of a document may unpack to."""
_SKIPPED = frozenset({"Fallback", "del", "moveFrom", "instrText", "delText", "sdtPr", "pPr", "rPr", "tblPr"})
"""Elements whose text is not shown: doubles for old programs, deleted words, field codes, properties."""
_WHITE = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "tc": "\n"}


def read_word(file: Path) -> Source:
    """The text of a .docx file. Raises UserError when it is damaged, OSError when it cannot be read."""
    try:
        with ZipFile(file) as package:
            info = package.getinfo(_main_part(package))
            if info.file_size > _MOST:
                message = tr("展开后有 {size} MB，太大", size=f"{info.file_size / 1048576:.0f}")
                raise fail(str(file), message, tr("拆成几个文件，或另存为 .txt"))
            with package.open(info) as part:
                return Source(visible(_text(part)))
    except (BadZipFile, KeyError, EOFError, zlib_error, ElementTree.ParseError, NotImplementedError) as error:
        hint = tr("用 Word 或 WPS 打开（必要时选“修复”），另存为 .docx 后再试")
        raise fail(str(file), tr("Word 文件已损坏，读不出正文"), hint) from error
    except RuntimeError as error:  # a member of the archive is encrypted
        raise fail(str(file), tr("文件有密码"), tr("在 Word 或 WPS 中去掉密码，另存后再试")) from error


def _main_part(package: ZipFile) -> str:
    """The name of the part with the text: what the package's relations say, or else where Word puts it."""
    names = package.namelist()
    if "_rels/.rels" in names:
        for relation in ElementTree.fromstring(package.read("_rels/.rels")):
            name = relation.get("Target", "").lstrip("/")
            if relation.get("Type", "").endswith("/officeDocument") and name in names:
                return name
    return "word/document.xml"


def _text(part: IO[bytes]) -> str:
    """The shown text; a text box comes after the paragraph that it is anchored in."""
    open_parts: list[list[str]] = [[]]
    boxes: list[list[str]] = [[]]
    skipped = 0
    for event, element in ElementTree.iterparse(part, events=("start", "end")):
        name = element.tag.rpartition("}")[2]
        if event == "start":
            if name in _SKIPPED:
                skipped += 1
            elif name == "txbxContent" and not skipped:
                open_parts.append([])
                boxes.append([])
            continue
        if name in _SKIPPED:
            skipped -= 1
        elif not skipped:
            if name == "t":
                open_parts[-1].append(element.text or "")
            elif name == "p":
                open_parts[-1] += ["\n", *boxes[-1]]
                boxes[-1].clear()
            elif name == "txbxContent":
                boxes.pop()
                boxes[-1].append("".join(open_parts.pop()) + "\n")
            elif name in _WHITE:
                open_parts[-1].append(_WHITE[name])
        element.clear()
    return "".join(open_parts[0]) + "".join(boxes[0])
