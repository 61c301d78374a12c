"""What scrapers wrap around an article and what pages say twice: cut, and nothing glued together."""

import pytest

from beritaie.cleaning import clean, clean_pages
from beritaie.cleaning.facts import language_of
from beritaie.cleaning.furniture import furniture
from beritaie.errors import InputError

LEAD = "Bupati Melati meresmikan Pasar Sukamaju di hadapan ratusan warga dari tiga desa, Senin (9/12/2024)."
NEXT = "Pasar itu dibangun selama delapan bulan dengan biaya Rp 4,5 miliar dari anggaran daerah."


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("['Bupati hadir.', 'Warga senang.']", "Bupati hadir. Warga senang."),
        ('["Bupati hadir.", "Warga senang."]', "Bupati hadir. Warga senang."),
        ("['Warga senang.', \"Bupati hadir Jum'at.\"]", "Warga senang. Bupati hadir Jum'at."),
        ("['Bupati hadir.', 'Baca juga: Harga Beras Turun', 'Warga senang.']", "Bupati hadir. Warga senang."),
        ("['Bupati hadir.\\n', 'Kata Rina, \\'ya\\'.']", "Bupati hadir. Kata Rina, 'ya'."),
        ("Bupati hadir. &nbsp; Warga senang.&nbsp;\nPasar ramai.", "Bupati hadir. Warga senang.\nPasar ramai."),
    ],
)
def test_list_marks_and_blank_entities_go(raw: str, text: str) -> None:
    page = clean(raw)
    assert (page.raw, page.text) == (raw, text)


@pytest.mark.parametrize(
    "raw", ["['Bupati', Melati] hadir.", "['Bupati hadir.', 'Warga", "[POPULER] Bupati hadir.", "['"]
)
def test_what_is_no_whole_list_stays(raw: str) -> None:
    assert clean(raw).text == raw


def test_html_that_lost_its_tags_is_read_with_its_entities() -> None:
    assert clean("&ldquo;Pasar ramai,&rdquo; kata Rina &amp; Budi.").raw == "“Pasar ramai,” kata Rina & Budi."


def test_escaped_quotation_marks_alone_stay_as_they_are() -> None:
    raw = "&quot;Pasar ramai,&quot; kata Rina &amp; Budi."
    assert clean(raw).text == raw


def rules(raw: str, *, marked_up: bool = False) -> list[tuple[str, str]]:
    return [(raw[start:end].strip(), rule) for start, end, rule in furniture(raw, marked_up=marked_up)]


def test_a_title_under_the_title_goes() -> None:
    raw = f"Pasar Sukamaju Dibuka\n\nPASAR SUKAMAJU DIBUKA\n\n{LEAD}\n{NEXT}"
    assert rules(raw) == [("PASAR SUKAMAJU DIBUKA", "repeated")]


def test_a_caption_that_repeats_the_lead_goes() -> None:
    caption = LEAD.replace(", Senin (9/12/2024)", "")
    assert rules(f"Pasar Dibuka\n\n{LEAD}\n{caption}\n{NEXT}") == [(caption, "repeated")]


def test_a_hidden_copy_in_a_page_goes_and_one_pasted_far_below_stays() -> None:
    raw = f"Pasar Dibuka\n\n{LEAD}\n{NEXT}\n\nHarga\n\n{LEAD}\n{NEXT}"
    assert rules(raw, marked_up=True) == [(f"{LEAD}\n{NEXT}", "repeated")]
    assert rules(raw) == []


@pytest.mark.parametrize("other", [LEAD.replace("Senin (9", "Senin (8"), LEAD.replace("Sukamaju", "Melur")])
def test_paragraphs_that_differ_in_a_number_or_a_name_are_two(other: str) -> None:
    assert rules(f"Pasar Dibuka\n\n{LEAD}\n{other}\n{NEXT}", marked_up=True) == []


def test_the_pages_of_one_article_are_joined_under_one_title() -> None:
    first = f"<h1>Pasar Dibuka</h1><p>{LEAD}</p><p>Halaman 1 dari 2</p>"
    second = f"<h1>Pasar Dibuka</h1><p>{NEXT}</p><p>Halaman 2 dari 2</p>"
    page = clean_pages([first, second])
    assert page.text == f"Pasar Dibuka\n\n{LEAD}\n\n{NEXT}"
    assert page.text == "".join(page.raw[start:end] for start, end in page.kept)
    assert page.title == "Pasar Dibuka"


@pytest.mark.parametrize("raws", [[], "Bupati hadir."])
def test_joining_takes_a_list_of_pages(raws: list[str]) -> None:
    with pytest.raises(InputError, match="list of at least one page"):
        clean_pages(raws)


@pytest.mark.parametrize(
    "text",
    [
        "Warga desa éta geus ngumpul ti isuk keneh pikeun nempo pasar anyar anu diresmikeun ku Bupati jeung kulawarga.",
        "Bupati alah mambukak pasa baru di tangah kota kapatang jo mangatoan baso indak ado nan kurang untuak urang.",
        "De burgemeester opende gisteren het nieuwe plein van de stad en sprak met een aantal kinderen.",
        "Binuksan ng alkalde ang bagong palengke sa gitna ng lungsod at sinabi niyang umaasa siya sa mga tao.",
        "افتتح رئيس البلدية أمس السوق الجديد في وسط المدينة وقال إنه يأمل أن تنمو التجارة في السنوات القادمة",
    ],
    ids=["Sundanese", "Minangkabau", "Dutch", "Tagalog", "Arabic"],
)
def test_another_language_is_flagged_and_its_text_left_whole(text: str) -> None:
    assert language_of(text) == "und"
    assert clean(text).text == text
