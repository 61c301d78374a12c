"""Turns what the user hands in into text that can be read, or says why it cannot."""

from __future__ import annotations

import codecs
import re

from beritaie.errors import InputError

LARGEST_INPUT = 20_000_000  # characters or bytes of a page, scripts and all
LONGEST_TEXT = 2_000_000  # characters of its text; long articles have 30,000

_FORMATS = {
    b"%PDF-": "a PDF",
    b"PK\x03\x04": "a ZIP or an office document",
    b"\x89PNG": "a PNG image",
    b"GIF8": "a GIF image",
    b"\xff\xd8\xff": "a JPEG image",
    b"\x1f\x8b": "a gzip file",
    b"\xd0\xcf\x11\xe0": "an old office document",
    b"\x28\xb5\x2f\xfd": "a zstandard file",
    b"BZh": "a bzip2 file",
    b"\x7fELF": "a program",
}
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"),
)  # fmt: skip
_DECLARED = re.compile(rb"""(?:charset|encoding)\s{0,5}=\s{0,5}["']?([A-Za-z0-9_.:-]{2,40})""", re.IGNORECASE)
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f]")
_SURROGATE = re.compile(r"[\ud800-\udfff]")


def checked_text(raw: str | bytes) -> str:
    """``raw`` as text, its characters untouched; raises ``InputError`` where there is none to read.

    >>> checked_text("Pemerintah dan rakyat – bersatu".encode("cp1252"))
    'Pemerintah dan rakyat – bersatu'
    """
    if not isinstance(raw, str | bytes):
        raise InputError(f"the input must be str or bytes, not {type(raw).__name__}")
    if len(raw) > LARGEST_INPUT:
        raise InputError(f"the input is too large: {len(raw):,} of at most {LARGEST_INPUT:,} characters")
    text = decoded(raw) if isinstance(raw, bytes) else raw
    if not text.strip().strip("\ufeff\u200b\u200c\u200d\u2060"):
        raise InputError("the input is empty")
    surrogate = _SURROGATE.search(text)
    if surrogate:
        raise InputError(
            f"character {surrogate.start()} is a lone surrogate: decode the input again with errors='replace'"
        )
    if len(_CONTROL.findall(text)) > max(8, len(text) // 50):
        raise InputError("the input is binary: more control characters than a text has")
    return text


def decoded(raw: bytes) -> str:
    """Bytes as text: by byte order mark, by declared charset, as UTF-8, else as Windows-1252."""
    for start, name in _FORMATS.items():
        if raw.startswith(start):
            raise InputError(f"the input is {name}: take the text out of it first")
    for mark, encoding in _MARKS:
        if raw.startswith(mark):
            return raw.decode(encoding, errors="replace")
    declared = _DECLARED.search(raw[:4096]) if b"<" in raw[:4096] else None
    named = [declared[1].decode("ascii")] if declared else []
    for encoding in (*named, "utf-8", "cp1252"):
        try:
            return raw.decode(_text_encoding(encoding))
        except (ValueError, LookupError):
            continue
    return raw.decode("latin-1")


_NO_ENCODING = re.compile(r"utf-(?:7|16|32)\b.*|idna|punycode|undefined|(?:raw-)?unicode-escape")


def _text_encoding(name: str) -> str:
    """The codec's name if it makes text; pages that call themselves Latin-1 mean Windows-1252."""
    codec = codecs.lookup(name)
    if not getattr(codec, "_is_text_encoding", True) or _NO_ENCODING.fullmatch(codec.name.replace("_", "-")):
        raise LookupError(name)
    return "cp1252" if codec.name in {"iso8859-1", "ascii"} else codec.name
