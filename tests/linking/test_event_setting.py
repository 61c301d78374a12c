"""What speaks for a date being the event's: the sentence with its dates, then the features of one."""

from beritaie.linking.event_features import root
from beritaie.linking.event_phrases import Facts, head_of_word, phrases
from beritaie.linking.event_setting import Setting, date_features, roles_near
from beritaie.linking.linear import Features


def features(body: str, *days: str, index: int = 0) -> Features:
    """The features of the ``index``-th of the ``days`` in an article on a road that is to be repaired."""
    title = "Pemkab Perbaiki Jalan Sukarame"
    text = f"{title}\n\n{body}"
    dates = [
        {"span": {"start": text.index(day), "end": text.index(day) + len(day)}, "value": f"2024-12-0{i}"}
        for i, day in enumerate(days, 1)
    ]
    facts = Facts(text, (0, 30), ((0, 30), (32, len(text))), records={"dates": dates})
    return date_features(facts, Setting(phrases(facts)[0], "infrastructure"), index)


def test_day_behind_a_verb_of_speech_is_that_of_the_talk() -> None:
    found = features('"Jalan itu rusak," kata Camat di Sukarame, Senin (2/12).', "Senin (2/12)")
    assert {"talk", "talk infrastructure", "behind quotation", "only day"} <= found.keys()


def test_speech_inside_the_quotation_does_not_claim_the_day() -> None:
    found = features('"Kami kata orang lamban." Pada Senin (2/12) alat berat datang.', "Senin (2/12)")
    assert "talk" not in found
    assert "no talk done" in found


def test_day_in_a_sentence_with_the_head_of_the_event() -> None:
    assert root("diperbaiki") == root("perbaiki")
    assert head_of_word("diperbaiki") is not None
    assert "head in sentence" in features("Jalan diperbaiki Senin (2/12).", "Senin (2/12)")
    assert "head in sentence" not in features("Alat berat datang Senin (2/12).", "Senin (2/12)")


def test_first_day_of_an_article_is_told_from_later_ones() -> None:
    body = "Jalan ditutup Senin (2/12) dan dibuka Rabu (4/12)."
    first, later = (features(body, "Senin (2/12)", "Rabu (4/12)", index=i) for i in (0, 1))
    assert {"first day", "one of days"} <= first.keys()
    assert {"later day", "one of days"} <= later.keys()


def test_roles_come_in_the_order_in_which_the_sentence_names_them() -> None:
    text = "Darmo menghadiri lalu memimpin rapat."
    assert list(roles_near(Facts(text, sentences=((0, len(text)),)), [(0, 5)])) == ["attendee", "leader"]
