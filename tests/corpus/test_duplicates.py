"""The same story printed twice is found, two stories of one event are not."""

from beritaie.corpus import duplicates
from beritaie.records import Article

STORY = (
    "Banjir bandang menerjang empat desa di Kecamatan Masamba, Senin dini hari. Sebanyak 1.240 warga "
    "mengungsi setelah Sungai Rongkong meluap. Air setinggi satu setengah meter merendam rumah. "
    "Pemerintah kabupaten mendirikan tiga posko dan menetapkan status tanggap darurat selama dua pekan."
)
SAME_EVENT = (
    "Tiga posko didirikan untuk menampung 1.240 warga Masamba yang rumahnya terendam. Sungai Rongkong meluap "
    "pada Senin dini hari akibat hujan sembilan jam. Bupati meminta air bersih, selimut, dan susu bayi."
)


def article(id: str, text: str) -> Article:
    return Article(id=id, raw=text, text=text, kept=[(0, len(text))])


def test_reprints_are_grouped_in_the_order_of_the_input():
    reprint = "MASAMBA, JK - " + STORY.replace("Senin dini hari", "Senin (13/1) dini hari").upper()
    found = duplicates(
        [article("a", STORY), article("b", SAME_EVENT), article("c", reprint), article("d", STORY)]
    )
    assert found == [["a", "c", "d"]]


def test_how_alike_is_the_users_to_say():
    longer = STORY + SAME_EVENT.rpartition(". ")[2]
    assert duplicates([article("a", STORY), article("b", longer)], alike=0.95) == []
    assert duplicates([article("a", STORY), article("b", longer)], alike=0.6) == [["a", "b"]]


def test_articles_without_words_are_no_duplicates():
    assert duplicates([article("a", "…"), article("b", "…"), article("c", "")]) == []


def test_very_short_articles_are_compared_whole():
    short = [article("a", "Hujan."), article("b", "hujan"), article("c", "Panas")]
    assert duplicates(short) == [["a", "b"]]
