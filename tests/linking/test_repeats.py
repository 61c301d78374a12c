"""A name found once is found again: the sentence, the mentions the network gave, and those added."""

from beritaie.language.tokens import split
from beritaie.linking.mention import Mention
from beritaie.linking.repeats import with_repeats


def persons(text: str, *names: str, score: float = 0.9) -> list[str]:
    found = [Mention(text.index(name), text.index(name) + len(name), name, "PER", score) for name in names]
    return [mention.text for mention in with_repeats(text, list(split(text)), found)]


def test_a_part_of_a_name_is_the_person_again():
    text = "Dian Wiriyawan membuka acara. Menurut Dian, acara itu penting."
    assert persons(text, "Dian Wiriyawan") == ["Dian Wiriyawan", "Dian"]


def test_titles_before_the_part_come_along():
    text = "Iptu Darmanto Lase menyelidiki. Kemudian Iptu Darmanto pulang."
    assert persons(text, "Darmanto Lase") == ["Darmanto Lase", "Iptu Darmanto"]


def test_a_part_beside_a_mention_completes_it():
    text = "Yosefina Laka hadir. Kemudian Yosefina Laka pulang."
    found = [Mention(0, 13, "Yosefina Laka", "PER", 0.9), Mention(30, 38, "Yosefina", "PER", 0.7)]
    assert [m.text for m in with_repeats(text, list(split(text)), found)] == ["Yosefina Laka", "Yosefina Laka"]


def test_a_word_also_written_small_is_no_name():
    text = "Bunga Melati hadir. Toko Bunga menjual bunga."
    assert persons(text, "Bunga Melati") == ["Bunga Melati"]


def test_an_unsure_mention_tells_nothing():
    text = "Dian Wiriyawan membuka acara. Menurut Dian, acara itu penting."
    assert persons(text, "Dian Wiriyawan", score=0.3) == ["Dian Wiriyawan"]


def test_initials_are_persons_in_the_whole_article():
    text = "Pelaku berinisial ABD ditangkap. Polisi membawa ABD."
    assert persons(text) == ["ABD", "ABD"]


def test_initials_with_an_age_are_persons():
    text = "Seorang siswi, KLM (15), hilang. Ibu KLM melapor."
    assert persons(text) == ["KLM", "Ibu KLM"]


def test_initials_win_over_another_label():
    text = "Pelaku berinisial ABD ditangkap."
    [mention] = with_repeats(text, list(split(text)), [Mention(18, 21, "ABD", "ORG", 0.9)])
    assert mention.label == "PER"


def test_other_mentions_stay_as_they_are():
    text = "Kantor Dian Wiriyawan di Dian Raya."
    places = [Mention(7, 21, "Dian Wiriyawan", "PER", 0.9), Mention(25, 34, "Dian Raya", "LOC", 0.8, "area")]
    assert with_repeats(text, list(split(text)), places) == places
