"""What can be handed in, in which encoding, and what is refused with a reason."""

import pytest

from beritaie.cleaning import clean, cleaner
from beritaie.cleaning.reading import LARGEST_INPUT, LONGEST_TEXT
from beritaie.errors import InputError

TEXT = "Bupati Melati “hadir” – warga senang."


@pytest.mark.parametrize(
    "raw",
    [
        TEXT,
        TEXT.encode(),
        TEXT.encode("utf-8-sig"),
        TEXT.encode("utf-16"),
        TEXT.encode("utf-32"),
        TEXT.encode("cp1252"),
        f'<meta charset="windows-1252"><p>{TEXT}</p>'.encode("cp1252"),
        f'<meta charset="iso-8859-1"><p>{TEXT}</p>'.encode("cp1252"),
        f'<meta http-equiv="Content-Type" content="text/html; charset=utf-8"><p>{TEXT}</p>'.encode(),
        f'<meta charset="utf-16"><p>{TEXT}</p>'.encode(),
        f'<meta charset="tak-ada"><p>{TEXT}</p>'.encode(),
    ],
)
def test_bytes_are_read_in_the_encoding_they_declare_or_show(raw: str | bytes) -> None:
    assert clean(raw).text == TEXT


def test_bytes_of_no_encoding_are_read_as_latin() -> None:
    assert clean(b"Bupati \x81 hadir.").text == "Bupati \x81 hadir."


def test_a_byte_order_mark_in_a_str_is_cut() -> None:
    page = clean("\ufeffBupati hadir.")
    assert (page.text, page.kept) == ("Bupati hadir.", ((1, 14),))


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        ("", "empty"),
        (b"", "empty"),
        (" \n\t\u00a0\u200b", "empty"),
        ("Bupati \ud800 hadir.", "character 7 is a lone surrogate"),
        (b"%PDF-1.7 isi", "a PDF"),
        (b"PK\x03\x04isi", "a ZIP"),
        (b"\x89PNG\r\n\x1a\nisi", "a PNG"),
        (bytes(range(32)) * 20, "binary"),
        ("\x00\x01\x02" * 50, "binary"),
        ("ADVERTISEMENT", "everything in it is page furniture"),
        ("<html><body><script>a()</script></body></html>", "no text"),
        ("a" * (LARGEST_INPUT + 1), "too large"),
        ("a" * (LONGEST_TEXT + 1), "too long"),
    ],
)
def test_what_cannot_be_read_is_refused_with_the_reason(raw: str | bytes, reason: str) -> None:
    with pytest.raises(InputError, match=reason):
        clean(raw)


@pytest.mark.parametrize("raw", [None, 7, ["Bupati hadir."], bytearray(b"Bupati hadir.")])
def test_other_types_are_refused(raw: object) -> None:
    with pytest.raises(InputError, match="must be str or bytes"):
        clean(raw)  # type: ignore[arg-type]


@pytest.mark.parametrize("name", ["url", "title"])
def test_known_facts_must_be_text(name: str) -> None:
    with pytest.raises(InputError, match=f"{name} must be a str"):
        clean(TEXT, **{name: 7})


def test_a_few_control_characters_are_kept_in_place() -> None:
    assert clean("Bupati\x00 hadir.").text == "Bupati\x00 hadir."


def test_kept_slices_leave_out_blanks_at_both_ends() -> None:
    assert cleaner.kept_slices("  a b \n", ()) == ((2, 5),)
    assert cleaner.kept_slices(" \n", ()) == ()
