"""What speaks for a date or a place being the event's: the sentence with them, then the features of one."""

import numpy as np

from beritaie.linking.event_features import root
from beritaie.linking.event_phrases import Facts, head_of_word, phrases
from beritaie.linking.event_setting import Setting, company_features, date_features, roles_near
from beritaie.linking.events import choose_places
from beritaie.linking.linear import Features, Linear


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


def company(*scores: float, index: int) -> Features:
    """What the other places of `Rumah terbakar di Desa Gatak, Kecamatan Ngaran. Warga Solo datang.` say of one."""
    text = "Rumah terbakar di Desa Gatak, Kecamatan Ngaran. Warga Solo datang."
    places = [
        {
            "id": f"l{i}",
            "kind": kind,
            "code": code,
            "spans": [{"start": text.index(name), "end": text.index(name) + len(name)}],
        }
        for i, (name, kind, code) in enumerate(
            (
                ("Desa Gatak", "village", "33.10.05.2001"),
                ("Kecamatan Ngaran", "district", "33.10.05"),
                ("Solo", "city", "33.72"),
            )
        )
    ]
    facts = Facts(text, None, ((0, 47), (48, len(text))), records={"places": places})
    return company_features(facts, places, scores)[index]


def test_place_in_a_chain_with_a_likely_one_is_likely() -> None:
    found = company(2.5, -0.1, -3.0, index=1)
    assert {"chained before more", "holds:more district", "beside:more", "chosen:1"} <= found.keys()
    assert found["chained"] == 2.5


def test_place_that_stands_alone_has_no_company() -> None:
    found = company(2.5, 1.5, -3.0, index=2)
    assert {"holds:none city", "within:none", "beside:none", "score:-2", "chosen:2"} <= found.keys()
    assert "chained" not in found


def test_places_are_chosen_together() -> None:
    text = "Rumah di Desa Gatak, Kecamatan Ngaran terbakar"
    places = [
        {"id": name, "name": name, "kind": kind, "spans": [{"start": start, "end": start + len(name)}]}
        for name, kind, start in (("Desa Gatak", "village", 9), ("Kecamatan Ngaran", "district", 21))
    ]
    facts = Facts(text, (0, len(text)), ((0, len(text)),), records={"places": places})
    setting = Setting(phrases(facts)[0], "disaster")
    alone = Linear(("score",), ("level:village", "level:district"), np.array([[3.0], [-0.5]], dtype=np.float32))
    beside = Linear(("score",), ("score", "chained before more"), np.array([[1.0], [2.0]], dtype=np.float32))
    assert [place["id"] for place in choose_places(facts, setting, {"place": alone})] == ["Desa Gatak"]
    chosen = choose_places(facts, setting, {"place": alone, "company": beside})
    assert [place["id"] for place in chosen] == ["Desa Gatak", "Kecamatan Ngaran"]


def test_the_likeliest_of_very_many_places_are_looked_at_twice() -> None:
    text = "Terbakar " + " ".join(f"Desa{i}" for i in range(500))
    places = [
        {"id": name, "name": name, "kind": "village", "spans": [{"start": at, "end": at + len(name)}]}
        for name in text.split()[1:]
        for at in [text.index(name)]
    ]
    facts = Facts(text, (0, 8), ((0, 8), (9, len(text))), records={"places": places})
    every = Linear(("score",), ("bias",), np.array([[1.0]], dtype=np.float32))
    chosen = choose_places(facts, Setting(phrases(facts)[0], "disaster"), {"place": every, "company": every})
    assert [place["id"] for place in chosen] == [f"Desa{i}" for i in range(40)]
