"""The score table: exact, overlapping and with the right value, as the guidelines define them."""

import json

import pytest

from articles import RAW, SAMPLE, span
from beritaie.errors import InputError
from beritaie.training.evaluate import evaluate, read_gold


def gold(*spans, id="sumba-1"):
    found = [{**span(text), "label": label, "attrs": attributes} for text, label, attributes in spans]
    return {"id": id, "text": RAW, "spans": found, "record": {}}


def figures(rows, name):
    row = rows[name]
    return row.hits, row.gold, row.found


def test_the_same_span_with_the_same_value_counts_three_times():
    rows = evaluate([gold(("45 kader", "NUM", {"v": "45", "u": "kader"}))], {"sumba-1": SAMPLE})
    for row in ("NUM exact", "NUM overlap", "NUM value"):
        assert figures(rows, row) == (1, 1, 1)


@pytest.mark.parametrize(
    "attributes", [{"v": "46", "u": "kader"}, {"v": "45", "u": "warga"}, {"v": "?", "u": "kader"}]
)
def test_a_wrong_number_or_unit_is_no_right_value(attributes):
    rows = evaluate([gold(("45 kader", "NUM", attributes))], {"sumba-1": SAMPLE})
    assert figures(rows, "NUM value") == (0, 1, 1)


def test_a_longer_span_overlaps_but_is_not_exact():
    rows = evaluate(
        [gold(("melatih 45 kader", "NUM", {"v": "45", "u": "kader posyandu"}))], {"sumba-1": SAMPLE}
    )
    assert figures(rows, "NUM exact") == (0, 1, 1)
    assert figures(rows, "NUM overlap") == figures(rows, "NUM value") == (1, 1, 1)


def test_each_found_span_pairs_once():
    wanted = gold(("45", "NUM", {"v": "45", "u": "kader"}), ("kader di", "NUM", {"v": "1", "u": "x"}))
    assert figures(evaluate([wanted], {"sumba-1": SAMPLE}), "NUM overlap") == (1, 2, 1)


def test_an_institution_inside_a_position_is_free():
    institution = {"id": "i1", "name": "Sumba Tengah", "spans": [span("Sumba Tengah")]}
    article = SAMPLE.model_validate(SAMPLE.model_dump() | {"institutions": [institution]})
    rows = evaluate([gold(("Bupati Sumba Tengah", "POS", {}))], {"sumba-1": article})
    assert figures(rows, "ORG exact") == (0, 0, 0)


def test_an_article_that_is_missing_found_nothing():
    rows = evaluate([gold(("Waibakul", "LOC", {"k": "area"}), id="hilang")], {"sumba-1": SAMPLE})
    assert figures(rows, "LOC value") == (0, 1, 0)
    assert rows["LOC value"].f1 == rows["LOC value"].precision == 0


def test_figures_are_per_cent_over_all_articles():
    wanted = [
        gold(("45 kader", "NUM", {"v": "45", "u": "kader"})),
        gold(("di", "NUM", {"v": "1", "u": "x"}), id="b"),
    ]
    row = evaluate(wanted, {"sumba-1": SAMPLE})["NUM exact"]
    assert (row.precision, row.recall, round(row.f1, 1)) == (100, 50, 66.7)


def test_a_bad_gold_line_is_named(tmp_path):
    path = tmp_path / "gold.jsonl"
    path.write_text(json.dumps(gold()) + '\n{"id": "x", "text": "y"}\n')
    with pytest.raises(InputError, match=r"gold.jsonl line 2: a gold article needs spans, record"):
        list(read_gold(path))
    path.write_text("{")
    with pytest.raises(InputError, match=r"gold.jsonl line 1: no gold article"):
        list(read_gold(path))
    with pytest.raises(InputError, match="cannot be read"):
        list(read_gold(tmp_path / "tidak-ada.jsonl"))
