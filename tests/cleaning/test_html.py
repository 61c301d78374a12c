"""HTML: the article in a page or in an editor's fragment, the facts in its head, and pages made to hurt."""

import pytest

from beritaie.cleaning import clean
from beritaie.cleaning.markup import DEEPEST_NESTING, MOST_TAGS, is_html, read_html
from beritaie.errors import InputError

LEAD = "SUKAMAJU – Bupati Melati, Budi Hartono, meresmikan pasar baru di Desa Sukamaju, Senin (9/12/2024)."
QUOTE = '"Kami berharap pasar ini ramai," kata Budi di hadapan ratusan warga yang datang sejak pagi hari.'
END = "Pembangunan pasar menelan biaya Rp 4,5 miliar dan berlangsung selama delapan bulan tanpa hambatan."


def html_page(head: str = "") -> str:
    return (
        f"<!DOCTYPE html><html><head><title>Bupati Resmikan Pasar - Kabar Melati</title>{head}</head><body>"
        "<nav><a href='/'>Beranda</a></nav><article><h1>Bupati Resmikan Pasar</h1>"
        f"<p>{LEAD}</p><p>{QUOTE}</p><p>Baca juga: <a href='/x'>Jembatan Melati Selesai</a></p><p>{END}</p>"
        "</article><aside><time datetime='2025-01-13'>13 Januari 2025</time> Warga Antre Minyak</aside>"
        "<script>var iklan = 'Beli sekarang';</script></body></html>"
    )


LINKED = """<script type="application/ld+json">{"@graph": [{"@type": "NewsArticle", "datePublished":
"2024-12-09T14:18:00+08:00", "author": [{"@type": "Person", "name": "Rina Wati"}],
"publisher": {"name": "Kabar Melati"}}]}
</script>"""
METAS = (
    '<meta property="og:site_name" content="Kabar Melati"><meta name="author" content="Rina Wati">'
    '<meta property="article:published_time" content="2024-12-09T14:18:00+08:00">'
)


def test_the_article_comes_out_of_the_page_without_menu_and_script() -> None:
    page = clean(html_page())
    assert [line for line in page.text.split("\n") if line] == ["Bupati Resmikan Pasar", LEAD, QUOTE, END]
    assert page.text == "".join(page.raw[a:b] for a, b in page.kept)
    assert [cut.rule for cut in page.cuts] == ["related"]


@pytest.mark.parametrize("head", [LINKED, METAS])
def test_the_head_tells_the_facts(head: str) -> None:
    page = clean(html_page(head))
    assert page.published is not None
    assert page.published.isoformat() == "2024-12-09T14:18:00+08:00"
    assert (page.title, page.outlet, page.authors) == (
        "Bupati Resmikan Pasar",
        "Kabar Melati",
        ("Rina Wati",),
    )
    assert page.dateline == "SUKAMAJU"


def test_the_date_of_a_related_headline_is_not_the_pages() -> None:
    assert clean(html_page()).published is None


@pytest.mark.parametrize(
    ("fragment", "text"),
    [
        ("<p>Bupati hadir.</p>\r\n<p>Warga&nbsp;senang.</p>", "Bupati hadir.\n\nWarga\u00a0senang."),
        ("Bupati hadir.<br>Warga senang.<br/>Pasar ramai.", "Bupati hadir.\nWarga senang.\nPasar ramai."),
        ("<div style='x'>Bupati <b>hadir</b>.<div>Warga senang.</div></div>", "Bupati hadir.\nWarga senang."),
        ("<ul><li>Beras</li><li>Gula</li></ul>", "Beras\n\nGula"),
        ("<p>Bupati hadir.<script>a()</script><style>p{}</style></p>", "Bupati hadir."),
        ("<p>Bupati <!-- rahasia --> hadir.</p>", "Bupati hadir."),
        ("<p>Bupati hadir", "Bupati hadir"),
        ("<p>Harga &lt; Rp 5.000 &amp; turun</p>", "Harga < Rp 5.000 & turun"),
    ],
)
def test_an_editors_fragment_keeps_every_word(fragment: str, text: str) -> None:
    assert clean(fragment).text == text


@pytest.mark.parametrize(
    "text",
    [
        "Bupati hadir.",
        "Harga < Rp 5.000 dan > Rp 2.000",
        "Rina <rina@example.com> menulis.",
        "Bupati hadir.\n<object></object>",
    ],
)
def test_plain_text_with_angle_brackets_is_no_html(text: str) -> None:
    assert not is_html(text)
    assert clean(text).raw == text


def test_a_table_page_that_the_extractor_gives_up_on_falls_back_to_all_text() -> None:
    assert (
        clean("<html><body><table><tr><td>Bupati hadir</td></tr></table></body></html>").text
        == "Bupati hadir"
    )


@pytest.mark.parametrize(
    "bomb",
    [
        "<html><body>" + "<div>" * 100_000 + "x",
        "<p>" + "<span>" * 100_000 + "x" + "</span>" * 100_000,
        "<html><body>" + "<b>x</b>" * 1_000_000,
        "<br>" * (MOST_TAGS + 1),
        "<p>" + "<i>" * (DEEPEST_NESTING + 1),
    ],
    ids=["deep divs", "deep spans", "a million tags", "breaks", "just too deep"],
)
def test_html_made_to_hurt_is_refused_with_the_reason(bomb: str) -> None:
    with pytest.raises(InputError, match=r"nested deeper|has over"):
        clean(bomb)


def test_rubbish_in_linked_data_is_passed_over() -> None:
    for rubbish in (
        "{",
        "[" * 5_000,
        '"teks"',
        '{"@type": 7, "datePublished": []}',
        '{"@graph": {"@graph": 1}}',
    ):
        page = clean(html_page(f'<script type="application/ld+json">{rubbish}</script>'))
        assert page.published is None


def test_entities_are_not_expanded_without_end() -> None:
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    text = read_html(
        f'<!DOCTYPE html [<!ENTITY e0 "ha">{entities}]><html><body><p>Bupati &e11; hadir</p></body></html>'
    ).text
    assert len(text) < 100_000
    assert "hadir" in text
