"""What is cut, as tagged pages: `<cut rule="…">` stands around what must go, and nothing else may."""

import pytest

from beritaie.cleaning import clean
from beritaie.cleaning.furniture import furniture, headline_end
from beritaie.cleaning.lines import is_headline, is_paragraph
from tagged import parse

HEAD = "Bupati Melati Resmikan Pasar Baru\n\n"
BODY = "SUKAMAJU – Bupati Melati, Budi Hartono, meresmikan Pasar Baru di Desa Sukamaju, Senin (9/12/2024).\n"
NEXT = "Pasar itu menampung 120 pedagang dari tiga desa di sekitarnya.\n"
LAST = '"Semoga pasar ini ramai," kata Budi di hadapan warga.'


def cut(page: str) -> list[tuple[str, str]]:
    return [(page[a:b].strip(), rule) for a, b, rule in furniture(page)]


def expect(tagged: str) -> None:
    page, expected = parse(tagged)
    assert cut(page) == [(span.text.strip(), span.attributes["rule"]) for span in expected]


@pytest.mark.parametrize(
    ("line", "rule"),
    [
        ("facebook twitter whatsapp telegram line copy", "share buttons"),
        ("facebook icon twitter icon whatsapp icon telegram icon line icon copy", "share buttons"),
        ("URL berhasil dicopy", "share buttons"),
        ("Sebarkan artikel ini", "share buttons"),
        ("Baca Juga :  Jembatan Melati Selesai Dibangun, Warga Senang", "related"),
        ("BACA JUGA: Jembatan Melati Selesai Dibangun", "related"),
        ("baca juga : Jembatan Melati Selesai Dibangun", "related"),
        ("• Baca juga: Jembatan Melati Selesai Dibangun", "related"),
        ("Lihat Juga: Jembatan Melati Selesai Dibangun", "related"),
        ("ADVERTISEMENT", "advertisement"),
        ("Advertisement", "advertisement"),
        ("SCROLL TO CONTINUE WITH CONTENT", "advertisement"),
        ("Scroll ke bawah untuk melanjutkan membaca", "advertisement"),
        ("[Gambas:Video 20detik]", "embed"),
        ("A post shared by Kabar Melati (@kabar.melati)", "embed"),
        ("Simak Video 'Momen Bupati Melati Menari di Pasar':", "video"),
        ("Simak juga Video: Bupati Melati Menari di Pasar", "video"),
        ('Tonton juga video "Bupati Melati Menari di Pasar" di sini:', "video"),
        ("Saksikan Live MelatiPagi:", "video"),
        ("Halaman 2 dari 2", "next page"),
        ("Baca selengkapnya di sini", "next page"),
        ("Simak berita selengkapnya di halaman selanjutnya.", "next page"),
        ("Ikuti Whatsapp Channel Kabar Melati", "channel"),
        ("Ikuti Berita KABAR-MELATI.COM lainnya di GOOGLE NEWS", "channel"),
        ("Cek Berita dan Artikel yang lain di Google News", "channel"),
        ("Dibaca: 1.234 kali", "counter"),
        ("1.234 views", "counter"),
        ("Tags: pasar, bupati, sukamaju", "tags"),
        ("Rina Wati berkontribusi dalam penulisan artikel ini.", "byline"),
        ("Pedagang menata sayur di Pasar Melati (Foto: Dok. Pemkab)", "photo credit"),
        ("Pedagang menata sayur di Pasar Melati (credit: kabarmelati.com)", "photo credit"),
        ("Pedagang menata sayur di pasar. Foto: Dok. Pemkab", "photo credit"),
        ("Foto: Pedagang menata sayur. (Rina Wati/Kabar Melati)", "photo credit"),
        ("SHUTTERSTOCK/RINA WATI", "photo credit"),
        ("Baca Juga ⇒ Harga Beras di Melati Turun Tipis", "related"),
        ("Baca Juga  Harga Beras di Melati Turun Tipis", "related"),
        ("Menarik Dibaca:  Harga Beras di Melati Turun Tipis", "related"),
        ("Sebelumnya: Jalan Desa Sukamaju Mulai Dicor", "related"),
        ("Selanjutnya: Tim Silat Melati Raih Dua Emas", "related"),
        ("Klik untuk berbagi di WhatsApp(Membuka di jendela yang baru)", "share buttons"),
        ("Baca berita dengan sedikit iklan,  klik di sini", "advertisement"),
        ("Berlangganan buletin kami", "newsletter"),
        ("Masukkan alamat surel Anda", "newsletter"),
        ("Simak berita ini selengkapnya melaluitautan ini.", "next page"),
    ],
)
def test_a_line_of_furniture_goes_and_its_neighbours_stay(line: str, rule: str) -> None:
    expect(f'{HEAD}{BODY}<cut rule="{rule}">{line}</cut>\n{NEXT}{LAST}')


@pytest.mark.parametrize(
    "line",
    [
        "Baca juga petunjuk pemakaian sebelum minum obat itu, kata apoteker.",
        "Ikuti langkah berikut agar tidak tersesat di pasar yang luas itu.",
        "Simak penjelasan Bupati tentang pasar itu dalam sambutannya.",
        "Video itu direkam oleh seorang pedagang pada Senin pagi.",
        "Editor majalah kampus itu bernama Sari, warga Desa Sukamaju.",
        "Halaman rumah Pak Joko penuh sayur sejak pagi.",
        "Foto itu beredar luas di kalangan pedagang sejak Senin.",
        "Komentar Bupati itu disambut tawa para pedagang.",
        "Copyright atas logo pasar itu belum didaftarkan oleh Pemkab Melati",
        "1. Pasar Melati di Desa Sukamaju",
        "(1) Pedagang wajib menjaga kebersihan pasar.",
        "Sebelumnya: pasar itu hanya buka pada Rabu dan Sabtu.",
        "Selanjutnya, pedagang pindah ke kios yang baru.",
        "Baca: begitu pesan guru itu kepada muridnya setiap pagi.",
        "Ilustrasi itu dilukis oleh warga Desa Sukamaju.",
        "Berlangganan air bersih kini lebih murah bagi pedagang.",
        "Facebook menutup halaman pasar itu pada Senin.",
    ],
)
def test_prose_that_looks_like_furniture_stays(line: str) -> None:
    expect(f"{HEAD}{BODY}{line}\n{NEXT}{LAST}")


def test_a_link_inside_a_paragraph_ends_where_the_next_sentence_opens() -> None:
    expect(
        f"{HEAD}Polisi memeriksa pelat nomor. "
        '<cut rule="related">Baca juga: Sopir Truk di Melati Ditilang karena Bawa Muatan Lebih </cut>'
        "Sementara itu, sopir lain menunggu giliran."
    )


@pytest.mark.parametrize(
    ("headline", "sentence"),
    [
        ("Harga Beras di Melati Turun", "Menurut Dewi, harga turun sejak Senin."),
        ("Harga Beras di Melati Turun", "Ketua Koperasi Melati, Sari Dewi, mengatakan harga turun."),
        ("Apa Itu Pasar Terapung?", "Nantinya, para pedagang pindah ke sungai."),
        (
            "Harga Beras: Turun atau Naik Jelang Lebaran",
            '"Kalau saya lihat harga itu turun terus," kata Dewi.',
        ),
        ("Warga Melati Antre Minyak", "&quot;Kami antre sejak pagi&quot; kata Dewi."),
        ("Warga Melati Antre Minyak", "Simak juga Video: Antrean Panjang"),
        ("Warga Melati Antre Minyak", "[Gambas:Video 20detik]"),
        ("VIRAL. Warga Melati Antre Minya.", " Dewi menunggu sejak subuh."),
    ],
)
def test_a_headline_ends_at_the_sentence(headline: str, sentence: str) -> None:
    text = f"{headline} {sentence}"
    assert text[: headline_end(text, 0)] == headline


def test_a_name_that_comes_back_belongs_to_the_sentence() -> None:
    text = "Sari Dewi datang. Baca juga: Warga Melati Antre Minyak Sari Dewi menunggu sejak subuh."
    start = text.index("Warga")
    assert text[start : headline_end(text, start)] == "Warga Melati Antre Minyak"


def test_headlines_below_a_bare_label_go_until_the_prose_goes_on() -> None:
    expect(
        f'{HEAD}{BODY}<cut rule="related">Baca Juga\nJembatan Melati Selesai Dibangun\n'
        f"Warga Melati Antre Minyak</cut>\n{NEXT}{LAST}"
    )


def test_a_label_whose_headline_is_lost_takes_no_prose() -> None:
    expect(f'{HEAD}{BODY}<cut rule="related">Baca Juga</cut>\n{NEXT}{LAST}')


def test_one_headline_goes_with_a_label_and_its_colon() -> None:
    expect(
        f'{HEAD}{BODY}<cut rule="related">Baca juga:\nJembatan Melati Selesai Dibangun</cut>\n'
        f"Pasar Baru Melati\n{NEXT}{LAST}"
    )


def test_a_block_of_headlines_above_an_empty_line_goes_with_its_label() -> None:
    expect(
        f'{HEAD}{BODY}\n<cut rule="related">Baca Juga:\nJembatan Melati Selesai Dibangun\n'
        f"Warga Melati Antre Minyak</cut>\n\n{NEXT}{LAST}"
    )


def test_prose_glued_to_a_linked_headline_stays() -> None:
    expect(
        f'{HEAD}{BODY}<cut rule="related">Baca Juga: Warga Melati Antre Minyak, Kenapa?</cut>'
        f"Di sisi lain, pedagang tetap berjualan sejak pagi.\n{NEXT}{LAST}"
    )


def test_share_buttons_one_a_line_go_above_and_below_the_text() -> None:
    expect(
        f'{HEAD}<cut rule="share buttons">Facebook\nTwitter</cut>\n{BODY}{LAST}\n\n'
        '<cut rule="share buttons">Facebook\nTwitter\nWhatsApp\nTelegram</cut>'
    )


def test_each_label_at_the_foot_names_its_own_cut() -> None:
    expect(
        f'{HEAD}{BODY}{LAST}\n<cut rule="byline">Penulis: Rina Wati\nEditor: Joko S.</cut>\n'
        '<cut rule="tags">Tag: pasar, melati</cut>\n'
        '<cut rule="related">Berita Terkait\n- Harga Beras Pekan Ini\n- Populer</cut>'
    )
    expect(
        f'{HEAD}{BODY}{LAST}\n<cut rule="channel">Ikuti kami di Google News</cut>\n'
        '<cut rule="comments">Komentar (0)</cut>'
    )


def test_blocks_below_the_text_go_through_their_adverts() -> None:
    expect(
        f'{HEAD}{BODY}{LAST}\n<cut rule="related">Berita Lainnya\nBerita Pilihan</cut>\n'
        '<cut rule="advertisement">Advertisement\nHarga Beras di Melati Turun!</cut>'
    )


@pytest.mark.parametrize(
    ("line", "rule"),
    [
        ("Kabar Melati | Selasa, 10 Desember 2024", "publication date"),
        ("Rina Wati - Selasa, 10 Desember 2024 | 13:00 WIB", "publication date"),
        ("Penulis Rina Wati - Selasa, 10 Desember 2024 | 13:00 WIB", "byline"),
        ("Oleh Rina Wati", "byline"),
    ],
)
def test_who_and_when_above_the_text_go(line: str, rule: str) -> None:
    expect(f'{HEAD}<cut rule="{rule}">{line}</cut>\n\n{BODY}{LAST}')


def test_the_outlet_beside_the_date_goes() -> None:
    date = '<cut rule="publication date">Selasa, 10 Desember 2024 13:00 WIB</cut>\n'
    expect(f'{HEAD}<cut rule="outlet">Kabar Melati</cut>\n{date}{BODY}{LAST}')
    expect(f'{HEAD}{date}<cut rule="outlet">Kabar Melati / Budaya</cut>\n{BODY}{LAST}')


def test_a_title_of_two_sentences_is_still_above_the_byline() -> None:
    title = "Pasar Baru Dibuka! Bupati Melati Ajak Warga Berbelanja di Sana"
    expect(f'{title}\n\n<cut rule="byline">Oleh : Rina Wati</cut>\n{BODY}{LAST}')


@pytest.mark.parametrize("page", ["BACA SELENGKAPNYA>>>>>>", "Baca Selanjutnya >>>", "Lanjut ke halaman berikutnya"])
def test_the_way_to_the_next_page_behind_the_last_sentence_goes(page: str) -> None:
    expect(f'{HEAD}Pasar itu ramai sejak pagi. <cut rule="next page">{page}</cut>')


def test_a_videos_title_said_twice_below_the_text_goes() -> None:
    video = "Video Warga Melati Antre Minyak: Sejak Subuh"
    expect(f'{HEAD}{BODY}{NEXT}{LAST}\n<cut rule="video">{video}\n{video}</cut>\n<cut rule="initials">(abc/def)</cut>')


def test_keywords_glued_to_the_initials_go() -> None:
    expect(f'{HEAD}{LAST} <cut rule="initials">(abc/def)pasar barumelatibupati</cut>')


def test_sites_and_agencies_sign_without_a_full_stop_or_brackets() -> None:
    expect(f'{HEAD}{BODY}Pasar buka pukul 06.00-12.00 WIB <cut rule="signature">(Kabarmelati.com/Rina Wati)</cut>')
    expect(f'{HEAD}{BODY}Pasar itu ramai, kata mereka.<cut rule="signature">ha/gtp (Reuters)</cut>')


@pytest.mark.parametrize("signature", ["(HMS)", "(red)", "(abc)"])
def test_an_office_signs_a_text_without_a_full_stop(signature: str) -> None:
    expect(f'{HEAD}{BODY}Pasar buka pukul 06.00-12.00 WIB <cut rule="signature">{signature}</cut>')


@pytest.mark.parametrize(
    ("piece", "rule"),
    [
        ("***", "signature"),
        ("      (abc)", "signature"),
        (" &amp;nbsp; &amp;nbsp;", "entity"),
        (" : Warga Melati Antre Minyak: Sejak Subuh, 2 Pingsan", "related"),
        (" #pasar #melati-baru #2024", "tags"),
        ("Rina Wati berkontribusi dalam tulisan ini", "byline"),
        ("Simak juga 'Warga Melati Antre Minyak':", "video"),
        (" A post shared by Kabar Melati (@kabar.melati)", "embed"),
    ],
)
def test_what_hangs_on_the_last_sentence_goes(piece: str, rule: str) -> None:
    bare = piece.lstrip()
    expect(f"{HEAD}{BODY}Pasar itu ramai sejak pagi.{piece[: -len(bare)]}<cut rule=\"{rule}\">{bare}</cut>")


@pytest.mark.parametrize(
    ("line", "rule"),
    [
        ("Sumber: Bag. Humas dan Umum Setda Kabupaten Melati", "source"),
        ("#pasarmelati #sukamaju", "tags"),
        ("Kumpulan Artikel Melati", "related"),
        ("Yuk, baca artikel menarik lainnya", "related"),
        ("Fotografer © Joko", "photo credit"),
    ],
)
def test_lines_below_the_text_go(line: str, rule: str) -> None:
    expect(f'{HEAD}{BODY}{LAST}\n<cut rule="{rule}">{line}</cut>')
    expect(f"{HEAD}{BODY}{line}\n{NEXT}{LAST}")


def test_a_verse_behind_the_last_sentence_is_no_signature() -> None:
    expect(f'{HEAD}{BODY}"Bekerjalah kalian." (QS. At-Taubah: 105)')


def test_related_blocks_go_to_the_end_with_dates_and_headlines() -> None:
    expect(
        f'{HEAD}{BODY}{LAST} <cut rule="signature">(Rina/Team)</cut>\n\n'
        '<cut rule="related">Berita Terkait\n\n'
        "Jembatan Melati Selesai Dibangun\nWarga Melati Antre Minyak\n\nBerita Terkait\n\n"
        "Senin, 13 Januari 2025 - 21:31 WITA\n\nJembatan Melati Selesai Dibangun\n\nBerita Terbaru</cut>"
    )


def test_initials_take_the_keywords_behind_them() -> None:
    expect(f'{HEAD}{BODY}{LAST}\n<cut rule="initials">(abc/def)\npasar baru\nmelati\nbupati</cut>')
    expect(f'{HEAD}{LAST} <cut rule="initials">(abc/def) pasar baru melati bupati</cut>')


def test_a_date_in_brackets_is_no_initials() -> None:
    expect(f"{HEAD}{BODY}Pasar ramai sejak Selasa\n(10/12/2024)\n{NEXT}{LAST}")
    expect(f"{HEAD}Bupati datang Sabtu (31/10)")


@pytest.mark.parametrize(
    "signature", ["(*)", "(abc)", "(Rina Wati)", "(MC KOMINFO)", "[ ]", "*", "(Rina – Dinas Kominfo Melati)"]
)
def test_a_signature_behind_the_last_sentence_goes(signature: str) -> None:
    expect(f'{HEAD}{BODY}{LAST} <cut rule="signature">{signature}</cut>')


def test_a_bracket_inside_the_last_sentence_stays() -> None:
    expect(f"{HEAD}{BODY}Acara digelar pada Senin (9/12/2024).")
    expect(f"{HEAD}{BODY}Pasar itu dikelola Badan Usaha Milik Desa (BUMDes)")


def test_offices_and_photographers_sign_below_the_text() -> None:
    expect(
        f'{HEAD}{BODY}{LAST}\n\n<cut rule="byline">® Admin Diskominfo</cut>\n\n'
        '<cut rule="photo credit">Foto © Joko</cut>'
    )


def test_bylines_above_and_below_the_text_go() -> None:
    expect(
        f'{HEAD}<cut rule="byline">- Jurnalis</cut>\n\n'
        '<cut rule="publication date">Selasa, 10 Desember 2024 - 14:18 WITA</cut>\n\n'
        f'{BODY}{LAST}\n<cut rule="byline">Penulis: Rina Wati\nEditor: Joko Santoso</cut>'
    )


def test_a_reporter_before_the_dateline_of_the_same_line_goes() -> None:
    expect(
        f'{HEAD}<cut rule="byline">Laporan Wartawan KabarMelati.com, Rina Wati </cut>'
        "KABARMELATI.COM, SUKAMAJU - Bupati meresmikan pasar."
    )


def test_adverts_and_pages_inside_one_long_paragraph_go() -> None:
    expect(
        f'{HEAD}Pasar itu ramai. <cut rule="advertisement">SCROLL TO CONTINUE WITH CONTENT </cut>'
        'Warga datang sejak pagi. <cut rule="advertisement">Advertisement </cut>"Ramai sekali," kata Dewi. '
        '<cut rule="next page">Halaman 2 dari 2 </cut>'
        '<cut rule="video">Simak Video "Pasar Melati Ramai" </cut>'
        '<cut rule="embed">[Gambas:Video 20detik]</cut>'
    )


def test_a_table_of_contents_goes_with_the_headings_that_come_back() -> None:
    expect(
        f'{HEAD}<cut rule="contents">Daftar Isi\nHarga Sewa Kios\nJam Buka</cut>\n{BODY}'
        f"Harga Sewa Kios\n{NEXT}Jam Buka\n{LAST}"
    )


def test_the_foot_of_the_page_goes() -> None:
    expect(f'{HEAD}{BODY}{LAST}\n<cut rule="copyright">COPYRIGHT © KABAR MELATI 2024\nTentang Kami</cut>')
    expect(f'{HEAD}{BODY}{LAST}\n<cut rule="comments">Tinggalkan Balasan\nNama\nEmail\nSitus Web</cut>')


def test_channels_split_over_lines_go_as_one() -> None:
    expect(
        f'{HEAD}{BODY}{LAST}\n<cut rule="channel">Simak\nbreaking news\ndan\nberita pilihan\n'
        "kami langsung di ponselmu. Pilih saluran:\nhttps://example.com/x\n"
        ". Pastikan kamu sudah install aplikasi WhatsApp ya.</cut>"
    )


def test_windows_line_ends_and_no_break_blanks_change_nothing() -> None:
    page = f"{HEAD}{BODY}Baca\u00a0Juga : Jembatan Melati Selesai\n{NEXT}{LAST}\n(abc/def)\npasar\n"
    found = [rule for _, rule in cut(page)]
    assert found == ["related", "initials"]
    assert [rule for _, rule in cut(page.replace("\n", "\r\n"))] == found


def test_paragraphs_stay_apart_where_a_line_is_cut() -> None:
    page = clean(f"{HEAD}{BODY}\nADVERTISEMENT\n\n{LAST}")
    assert page.text.split("\n\n")[-1] == LAST
    assert page.text.split("\n\n")[-2] == BODY.strip()


def test_headlines_and_paragraphs_are_told_apart() -> None:
    assert is_headline("Bupati Melati Resmikan Pasar Baru di Sukamaju")
    assert not is_headline("Bupati Melati meresmikan pasar baru di Sukamaju")
    assert is_paragraph(NEXT.strip())
    assert not is_paragraph("Jembatan Melati Selesai Dibangun, Warga Antre Lewat")
