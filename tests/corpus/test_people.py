"""One person in many articles: the name alone does not decide, the offices do."""

import pytest

from beritaie.corpus import people
from beritaie.records import Article

SPAN = {"start": 0, "end": 1, "text": "x"}


def article(id: str, name: str, *offices: tuple[str, str]) -> Article:
    """An article with one person, whose offices are given as head and rest."""
    held = [(f"j{n}", head, f"{head} {rest}") for n, (head, rest) in enumerate(offices)]
    return Article.model_validate(
        {
            "id": id, "raw": "x", "text": "x", "kept": [(0, 1)],
            "persons": [{"id": "p1", "name": name, "spans": [SPAN]}],
            "positions": [
                {"id": position, "name": office, "head": head, "spans": [SPAN]}
                for position, head, office in held
            ],
            "officials": [
                {"person": "p1", "name": name, "position": office, "position_id": position, "evidence": SPAN}
                for position, _, office in held
            ],
        }
    )  # fmt: skip


def who(*articles: Article) -> list[int]:
    return people(articles)["who"].tolist()


BUPATI_AGAM = ("Bupati", "Agam")


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ([BUPATI_AGAM], [BUPATI_AGAM]),
        ([BUPATI_AGAM], []),
        ([BUPATI_AGAM], [("Kepala Dinas", "Kesehatan Agam")]),
        ([("Ketua", "KPU Sikka")], [("Anggota", "KPU Sikka")]),
    ],
)
def test_offices_that_go_together_are_one_person(first, second):
    assert who(article("a", "Sari Utami", *first), article("b", "SARI UTAMI", *second)) == [0, 0]


def test_the_same_office_elsewhere_is_another_person():
    assert who(article("a", "Sari Utami", BUPATI_AGAM), article("b", "Sari Utami", ("Bupati", "Sikka"))) == [
        0,
        1,
    ]


def test_an_office_held_later_counts_too():
    steps = [[BUPATI_AGAM], [BUPATI_AGAM, ("Anggota", "DPR")], [("Ketua", "Komisi II DPR")]]
    assert who(*(article(str(n), "Sari Utami", *offices) for n, offices in enumerate(steps))) == [0, 0, 0]


def test_a_single_word_needs_the_same_office():
    found = who(article("a", "Sari", BUPATI_AGAM), article("b", "Sari"), article("c", "Sari", BUPATI_AGAM))
    assert found == [0, 1, 0]


def test_rows_lead_back_to_the_persons_of_each_article():
    table = people([article("a", "Sari Utami", BUPATI_AGAM)])
    assert table.to_dict("records") == [
        {"who": 0, "article_id": "a", "person": "p1", "name": "Sari Utami", "positions": ["Bupati Agam"]}
    ]
    assert people([]).columns.tolist() == table.columns.tolist()
