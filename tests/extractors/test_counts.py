"""Counts: the sentence with its marks, then the number and what is counted."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from beritaie.extractors._store import store
from beritaie.extractors.counts import counts
from beritaie.records import Count
from tagged import parse
from tagged_amounts import HOSTILE, Alone, in_order, sentences

ALONE = Alone("counts", Count)


@pytest.mark.parametrize(
    "tagged",
    [
        "Hadir <x v='40' u='peserta'>40 peserta</x> dari <x v='17' u='skpd'>17 SKPD</x>.",
        "Polisi menangkap <x v='4' u='tersangka'>empat orang tersangka</x> di pasar.",
        "Bantuan <x v='3' u='mobil'>tiga unit mobil</x> diserahkan.",
        "Dibagikan <x v='5' u='sapi'>5 ekor sapi</x> dan <x v='7' u='orang'>7 orang</x> meninggal.",
        "Ada <x v='3' u='unit'>3 (tiga) unit</x>, <x v='14' u='pasal bermasalah'>empat belas"
        " (14) pasal bermasalah</x>.",
        "Rapat diikuti <x v='20' u='orang'>20-30 orang</x>.",
        "Dicari <x v='2' u='lokasi baru'>dua hingga tiga lokasi baru</x> di kota.",
        "Untuk <x v='235800' u='siswa'>235.800siswa</x> dan <x v='1000' u='pelari'>1,000 pelari</x>.",
        "Seluruhnya <x v='50' u='inisiatif kerja sama daerah'>50 inisiatif kerja sama"
        " daerah</x> yang berjalan.",
        "Ini <x v='1200000' u='keluarga miskin'>1,2 juta keluarga miskin</x> terdata.",
        "Terjadi <x v='3' u='kali'>tiga kali</x> sejak pagi.",
        "Menewaskan <x v='21' u='penumpang bus'>21 orang penumpang bus</x> beberapa waktu silam.",
        "Di <x v='3' u='rumah sakit rujukan'>3 rumah sakit rujukan</x>, serta di rumah.",
        "Ditemukan <x v='3' u='korban meninggal dunia'>tiga korban meninggal dunia</x> di sungai.",
        "Terdata <x v='94' u='orang dalam pemantauan'>94 orang dalam pemantauan</x>.",
        "Bersama <x v='1' u='orang dewasa'>satu orang dewasa</x>.",
    ],
)
def test_number_with_the_noun_counted(tagged: str) -> None:
    ALONE.check(tagged, v="value", u="unit", q="qualifier")


@pytest.mark.parametrize(
    "tagged",
    [
        "<x v='100' u='warga' q='&gt;='>Ratusan warga</x> datang.",
        "<x v='10000' u='siswa' q='&gt;='>Puluhan ribu siswa</x> datang.",
        "Dihadiri <x v='100' u='santri' q='&gt;='>ratusan santrinya</x>.",
        "Sekitar <x v='15' u='pemain' q='~'>15 pemain</x> berlatih.",
        "Ada <x v='100' u='petani' q='~'>100-an petani</x> dan"
        " <x v='100' u='nelayan' q='~'>seratusan nelayan</x>.",
        "Lebih dari <x v='40' u='warga' q='&gt;'>40 warga</x> hadir.",
        "Sedikitnya <x v='40' u='warga' q='&gt;='>40 warga</x> hadir.",
        "Kurang dari <x v='40' u='warga' q='&lt;'>40 warga</x> hadir.",
        "Maksimal <x v='40' u='warga' q='&lt;='>40 warga</x> hadir.",
        "Ada <x v='30' u='keluarga' q='&gt;'>30 lebih keluarga</x> mengungsi.",
    ],
)
def test_qualifier_stays_outside_the_span(tagged: str) -> None:
    ALONE.check(tagged, v="value", u="unit", q="qualifier")


@pytest.mark.parametrize(
    "tagged",
    [
        "<x>41 rumah</x> rusak berat.",
        "<x>40 paket bantuan</x> untuk warga.",
        "<x>40 peserta</x> yang hadir.",
        "<x>40 peserta</x> mengikuti lomba.",
        "<x>40 peserta</x> terdiri atas guru.",
        "<x>40 kendaraan bermotor</x> ditilang.",
        "<x>40 warga</x> setempat dan <x>3 desa</x> lainnya.",
        "<x>40 kafe</x> Mawar Jaya.",
        "<x>300 unit kegiatan UKM</x> itu.",
        "<x>30 Warga</x>Mengungsi di balai.",
        "Rumah terdampak (<x>11 KK</x>/<x>30 jiwa</x>).",
        "<x>16 Sekolah Menengah Pertama</x> (SMP) ikut.",
    ],
)
def test_phrase_ends_before_what_is_told_of_it(tagged: str) -> None:
    ALONE.check(tagged)


@pytest.mark.parametrize(
    "tagged",
    [
        "<x>40 warga</x> <loc k='village'>Desa Sukarame</loc>",
        "<x>2.000 warga Sukarame</x> bersorak".replace("Sukarame", "<loc k='city'>Sukarame</loc>"),
        "<x>30 pegawai <org>Dinas Sosial Sukarame</org></x> hadir",
        "<x>17 <org>SKPD</org></x> hadir",
        "<x>40 anggota</x> <per>Darmo</per>",
        "Juara <evt>Lomba 10 Desa</evt> Sukarame",
    ],
)
def test_names_end_the_phrase_unless_they_name_the_counted(tagged: str) -> None:
    ALONE.check(tagged)


@pytest.mark.parametrize(
    "text",
    [
        "HUT ke-79 RI",
        "Ke-40 kelompok itu hadir.",
        "Salah satu warga datang.",
        "Warga RT 09 RW 05 Desa Wonosari.",
        "Kedua belah pihak sepakat.",
        "Skor akhir 3-1 untuk tuan rumah.",
        "Hubungi 112 atau 081234567890 segera.",
        "Sejak 2019 desa itu maju.",
        "Ia siswa kelas 5 SD Negeri 1 Wonosari.",
        "Covid-19 mereda.",
        "Selama tiga hari dan 25 tahun.",
        "Jumlahnya mencapai 879, sembuh 4 di antaranya.",
        "Kendaraan roda dua dilarang.",
        "Dalam satu hal itu benar.",
        "Naik dua kali lipat.",
        "Bus bernopol L 7004 SP mogok.",
    ],
)
def test_ranks_labels_scores_and_bare_numbers_are_no_counts(text: str) -> None:
    assert ALONE(text) == []


def test_what_other_records_cover_is_no_count() -> None:
    text, (money,) = parse("Uang <x>2 juta rupiah</x> untuk 3 warga")
    doc = ALONE.nlp.make_doc(text)
    store(doc, "money", [{"span": {"start": money.start, "end": money.end, "text": money.text}}])
    for _, component in ALONE.nlp.pipeline:
        doc = component(doc)
    assert [one["span"]["text"] for one in doc._.records["counts"]] == ["3 warga"]


@pytest.mark.parametrize("tagged", sentences("counts"))
def test_sentence_gives_its_records_and_no_others(tagged: str) -> None:
    ALONE.check(tagged, v="value", h="high", u="unit", q="qualifier")


def test_golden() -> None:
    ALONE.check_golden()


@given(
    st.integers(2, 10**7),
    st.sampled_from(["warga", "orang", "ekor sapi", "unit rumah", "paket bantuan"]),
    st.sampled_from(["Ada {} {}.", "sebanyak {} {} di desa", "({} {})", "“{} {} hadir,”"]),
)
@settings(max_examples=80, deadline=None)
def test_any_number_of_anything_reads_back(number: int, noun: str, sentence: str) -> None:
    written = f"{number:,}".replace(",", ".")
    (found,) = counts(sentence.format(written, noun))
    assert (found["value"], found["span"]["text"]) == (number, f"{written} {noun}")


@pytest.mark.parametrize("seed", HOSTILE)
def test_hostile_text_gives_spans_in_order_that_never_overlap(seed: str) -> None:
    assert in_order(counts((seed * 100_000)[:100_000]))


@given(st.text(alphabet="0123456789.,-()/ duaorngW\n", max_size=80))
@settings(max_examples=100, deadline=None)
def test_offsets_hold_on_any_text(text: str) -> None:
    ALONE(text)
