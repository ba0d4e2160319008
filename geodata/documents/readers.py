"""Reading a plan document of any type we know into its normalised text.

What a file is, its content says, not its name: a PDF that was renamed to .txt is read as the PDF it is.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from stat import S_ISDIR, S_ISREG
from typing import NamedTuple
from zipfile import BadZipFile, ZipFile

from geodata.documents.html import read_html
from geodata.documents.markdown import read_markdown
from geodata.documents.pdf import read_pdf
from geodata.documents.plain import read_plain
from geodata.documents.radicals import unified
from geodata.documents.source import Note, Progress, Source
from geodata.documents.text import NormalisedText, normalise
from geodata.documents.word import read_word
from geodata.language import mark, tr
from geodata.problems import UserError, fail

READERS: dict[str, Callable[[Path], Source]] = {
    "txt": read_plain,
    "md": read_markdown,
    "html": read_html,
    "docx": read_word,
    "pdf": read_pdf,
}
"""Kind of document -> what reads it."""

SUFFIXES: dict[str, str] = {
    ".txt": "txt",
    ".text": "txt",
    ".md": "md",
    ".markdown": "md",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".docx": "docx",
    ".docm": "docx",
    ".pdf": "pdf",
}
"""Suffix of a file -> the kind of document that it promises."""

_LARGEST = 200 * 1024 * 1024
_LARGEST_TEXT = 20 * 1024 * 1024
"""Bytes: a plan has a megabyte of text at most; only pictures make a document larger."""

_SAVE_AS = mark("用 Word 或 WPS 打开，另存为 .docx（或 .txt）再添加")
_WEB = (mark("是单个文件网页（.mht）"), mark("在浏览器中另存为 .html，或另存为 .docx 再添加"))
_PICTURE = (mark("是图片"), mark("添加有文字的文件：.docx、.pdf、.txt、.html、.md"))
_ARCHIVE = (mark("是压缩包"), mark("先解压，再添加里面的文件"))
_FOREIGN = (
    (b"{\\rtf", mark("是 RTF 文件"), _SAVE_AS),
    (b"MIME-Version:", *_WEB),
    (b"From: <Saved by", *_WEB),
    (b"\x89PNG", *_PICTURE),
    (b"\xff\xd8\xff", *_PICTURE),
    (b"GIF8", *_PICTURE),
    (b"II*\0", *_PICTURE),
    (b"MM\0*", *_PICTURE),
    (b"Rar!", *_ARCHIVE),
    (b"7z\xbc\xaf", *_ARCHIVE),
    (b"\x1f\x8b", *_ARCHIVE),
)
"""How files begin that are no documents for us, what they are, and what to do."""

_HTML = re.compile(r"\s*(<\?xml.*?\?>|<!--.*?-->|\s)*<(!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL)
"""How a web page begins."""


class DocumentText(NamedTuple):
    """The normalised text of a file, the kind of document it was read as, and notes for the user."""

    text: NormalisedText
    kind: str
    notes: tuple[Note, ...]


def read_document(file: Path, progress: Progress | None = None) -> DocumentText:
    """Reads a plan document: .txt, .md, .html, .docx or .pdf.

    `progress` is called for every page of a PDF and may raise to end the work. Raises UserError with what to do
    when the file is missing, no file, unreadable, empty, too large, damaged, locked, a scan, or of another type.
    """
    try:
        size = _size(file)
        with file.open("rb") as stream:
            head = stream.read(8192)
        kind = _kind(file, head)
        if size > _LARGEST_TEXT and kind in ("txt", "md", "html"):
            message = tr("文件有 {size} MB，不会是规划文件的文字", size=f"{size / 1048576:.0f}")
            raise fail(str(file), message, tr("确认选对了文件"))
        if progress and kind != "pdf":
            progress(0, 1, tr("读取 {name}", name=file.name))
        source = read_pdf(file, progress) if kind == "pdf" else READERS[kind](file)
    except OSError as error:
        reason = tr("文件不存在") if isinstance(error, FileNotFoundError) else error.strerror or str(error)
        hint = tr("检查路径和读取权限，关闭占用该文件的程序")
        raise fail(str(file), tr("无法读取：{reason}", reason=reason), hint) from error
    text = normalise(unified(source.text))
    if not text.text:
        raise fail(str(file), tr("文件里没有文字"), tr("确认选对了文件；只有图片的文件先做文字识别（OCR）"))
    if progress and kind != "pdf":
        progress(1, 1, tr("读取 {name}", name=file.name))
    promised = SUFFIXES.get(file.suffix.lower())
    if promised == kind:
        return DocumentText(text, kind, source.notes)
    if file.suffix:
        words = mark("文件名的后缀是“{suffix}”，内容是 {kind}，按 {kind} 读取")
        renamed = Note(words, suffix=file.suffix, kind=kind)
    else:
        renamed = Note(mark("文件名没有后缀，内容是 {kind}，按 {kind} 读取"), kind=kind)
    return DocumentText(text, kind, (renamed, *source.notes))


def _size(file: Path) -> int:
    """The size in bytes of a file that can be a document. Raises OSError or UserError when it cannot."""
    found = file.stat()
    if S_ISDIR(found.st_mode):
        raise fail(str(file), tr("这是一个文件夹"), tr("选择文件夹里的文件，或用“添加文件夹”"))
    if not S_ISREG(found.st_mode):
        raise fail(str(file), tr("不是普通文件"), tr("给出一份 .docx、.pdf、.txt、.html 或 .md 文件"))
    if found.st_size == 0:
        raise fail(str(file), tr("文件是空的"), tr("重新复制或下载这份文件"))
    if found.st_size > _LARGEST:
        hint = tr("拆成几个文件，或只把文字另存为 .txt 再添加")
        size = f"{found.st_size / 1048576:.0f}"
        raise fail(str(file), tr("文件有 {size} MB，超过 {most} MB", size=size, most=_LARGEST // 1048576), hint)
    return found.st_size


def _kind(file: Path, head: bytes) -> str:
    """What the file is by its content; by its suffix only where text can be several things."""
    if b"%PDF-" in head[:1024]:
        return "pdf"
    if head.startswith(b"PK\x03\x04"):
        return _zipped(file)
    if head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        raise _old_office(file)
    for start, message, hint in _FOREIGN:
        if head.startswith(start):
            raise fail(str(file), tr(message), tr(hint))
    promised = SUFFIXES.get(file.suffix.lower())
    if promised == "pdf" or promised == "docx":
        message = tr("后缀是 {suffix}，内容却不是：文件已损坏或改过名", suffix=file.suffix)
        raise fail(str(file), message, tr("重新下载或复制一份；若是文本，把后缀改为 .txt"))
    if _HTML.match(_ascii(head)) and promised != "md":
        return "html"
    if promised is None and file.suffix:
        message = tr("不认识的文件类型“{suffix}”", suffix=file.suffix)
        raise fail(str(file), message, tr("可以添加 .docx、.pdf、.txt、.html 和 .md 文件"))
    return promised or "txt"


def _ascii(head: bytes) -> str:
    """The ASCII characters of a text in any encoding, UTF-16 too."""
    return head.replace(b"\0", b"").decode("ascii", errors="ignore")


def _zipped(file: Path) -> str:
    try:
        with ZipFile(file) as package:
            names = set(package.namelist())
    except BadZipFile as error:
        hint = tr("重新下载或复制一份；能用 Word 或 WPS 打开时另存为 .docx 再添加")
        raise fail(str(file), tr("文件已损坏或不完整（Word 文件或压缩包）"), hint) from error
    if any(name.startswith("word/") for name in names):
        return "docx"
    if any(name.startswith(("xl/", "ppt/")) for name in names):
        hint = tr("添加 .docx、.pdf、.txt、.html 或 .md 文件")
        raise fail(str(file), tr("是表格或演示文稿，不是文字文件"), hint)
    if "content.xml" in names:
        raise fail(str(file), tr("是 OpenDocument 文件"), tr(_SAVE_AS))
    raise fail(str(file), tr("是压缩包，里面没有 Word 正文"), tr("先解压，再添加里面的文件"))


def _old_office(file: Path) -> UserError:
    """The container of old .doc and .wps files; a .docx with a password is in one too."""
    with file.open("rb") as stream:
        data = stream.read()
    if "EncryptedPackage".encode("utf-16-le") in data:
        return fail(str(file), tr("文件有密码"), tr("在 Word 或 WPS 中打开，去掉密码，另存后再试"))
    return fail(str(file), tr("是旧的二进制格式（.doc、.wps 等）"), tr(_SAVE_AS))
