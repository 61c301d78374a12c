"""Clock times: the sentence with its times marked, then their values."""

import json
from pathlib import Path
from typing import Any

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st

from beritaie.extractors.times import find_times
from beritaie.records import ClockTime
from tagged import parse

GOLDEN = Path(__file__).parents[1] / "golden" / "times.json"


def check(tagged: str) -> None:
    """Every `time` tag and nothing else is found, with its value `v`."""
    text, tags = parse(tagged)
    found = find_times(text)
    for time in found:
        ClockTime.model_validate(time)
    assert [(time["span"]["start"], time["span"]["text"], time["value"]) for time in found] == [
        (tag.start, tag.text, tag.attributes["v"]) for tag in tags
    ]


@pytest.mark.parametrize(
    "tagged",
    [
        "Apel dimulai <time v='T09:00+08:00'>pukul 09.00 WITA</time>.",
        "Apel dimulai <time v='T14:30+07:00'>14.30 WIB</time> di lapangan.",
        "Apel dimulai <time v='T07:00+09:00'>pkl. 07:00 WIT</time>.",
        "Gempa terasa <time v='T02:15'>sekitar pukul 02.15 dini hari</time>.",
        "Apel <time v='T10:00+07:00'>pukul 10.00 WIB</time> sampai selesai.",
        "Jemaah tiba <time v='T09:40+03:00'>09.40 WAS</time>.",
        "Ia tiba <time v='T13:20'>pukul 13.20</time> dan pergi <time v='T08:00'>jam 8</time>.",
    ],
)
def test_a_zone_is_given_only_if_written(tagged: str) -> None:
    check(tagged)


@pytest.mark.parametrize(
    "tagged",
    [
        "Buka <time v='T08:00+07:00/T10:00+07:00'>08.00-10.00 WIB</time>.",
        "Buka <time v='T08:15+08:00/T13:45+08:00'>jam 08.15 Wita sampai jam 13.45 Wita</time>.",
        "Buka <time v='T19:20/T04:40'>pukul 19:20 hingga pukul 04:40</time> subuh.",
        "Buka <time v='T15:00/T16:00'>jam 3-4 sore</time>.",
        "Buka <time v='T07:30+07:00/T09:00+07:00'>pukul 07.30 s.d. 09.00 WIB</time>.",
    ],
)
def test_ranges_share_their_zone(tagged: str) -> None:
    check(tagged)


@pytest.mark.parametrize(
    "tagged",
    [
        "Ia tiba <time v='T19:00'>jam 7 malam</time>.",
        "Ia tiba <time v='T10:00'>pukul 10 pagi</time>.",
        "Ia tiba <time v='T11:00'>jam 11 siang</time>.",
        "Ia tiba <time v='T13:00'>jam 1 siang</time>.",
        "Ia tiba <time v='T00:00'>pukul 12 malam</time>.",
        "Ia tiba <time v='T06:30'>jam setengah tujuh</time>.",
        "Ia tiba <time v='T17:00'>jam lima sore</time>.",
        "Ia tiba <time v='T17:00+07:00'>pukul 17.00 WIB</time> sore.",
    ],
)
def test_the_part_of_the_day_decides_between_morning_and_evening(tagged: str) -> None:
    check(tagged)


@pytest.mark.parametrize(
    "text",
    [
        "Ia menunggu 2 jam 30 menit, malam tadi.",
        "Nilainya 14.30 dan 12.50 persen.",
        "Skor 21.15 di jam kerja, jam ke-3.",
        "Pukul 25.00 WIB tidak ada, pukul 09.75 pun tidak.",
        "Ia pukul 30 orang.",
    ],
)
def test_what_is_no_time_of_day_is_left_alone(text: str) -> None:
    assert find_times(text) == []


def test_nothing_is_found_in_what_is_taken() -> None:
    assert find_times("Rp 14.30 WIB", taken=[(3, 12)]) == []


def test_component_stores_times_and_spans() -> None:
    nlp = spacy.blank("id")
    nlp.add_pipe("beritaie_times")
    doc = nlp("Apel pukul 07.30 WIB.")
    assert doc._.records["times"] == [
        {"span": {"start": 5, "end": 20, "text": "pukul 07.30 WIB"}, "value": "T07:30+07:00"}
    ]
    assert [span.text for span in doc.spans["times"]] == ["pukul 07.30 WIB"]


@pytest.mark.parametrize(
    "sample", json.loads(GOLDEN.read_text(encoding="utf-8")), ids=lambda one: one["about"]
)
def test_golden_times(sample: dict[str, Any]) -> None:
    assert find_times(sample["text"]) == sample["times"]


@given(st.times(), st.sampled_from([("WIB", "+07:00"), ("WITA", "+08:00"), ("WIT", "+09:00")]))
@settings(max_examples=60, deadline=None)
def test_any_time_reads_back(time: Any, zone: tuple[str, str]) -> None:
    for mark in ".:":
        [found] = find_times(f"Mulai pukul {time:%H}{mark}{time:%M} {zone[0]} di aula.")
        assert found["value"] == f"T{time:%H:%M}{zone[1]}"


@pytest.mark.parametrize("length", [100_000, 200_000])
@pytest.mark.parametrize(
    "piece", ["1", "1.", "09.00 ", "09.00-", "pukul ", "jam 1 ", "sekitar ", "pukul 1-", "setengah "]
)
def test_hostile_text_comes_to_an_end(piece: str, length: int) -> None:
    text = piece * (length // len(piece))
    assert len(find_times(text)) <= len(text)
