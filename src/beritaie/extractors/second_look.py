"""What the network overlooked and the rest of the article, or the gazetteer, tells: mentions added and made whole."""

from __future__ import annotations

from collections.abc import Callable

from spacy.language import Language
from spacy.tokens import Doc

from beritaie.extractors._store import mentions, store_mentions, taken
from beritaie.linking.acronyms import with_expansions
from beritaie.linking.places import with_gazetteer
from beritaie.linking.repeats import with_repeats
from beritaie.linking.whole_institutions import with_whole_institutions
from beritaie.linking.whole_offices import with_whole_offices


@Language.factory("beritaie_second_look", assigns=["doc.spans", "doc.ents"])
def make_second_look(nlp: Language, name: str) -> Callable[[Doc], Doc]:
    """The spaCy factory behind ``nlp.add_pipe("beritaie_second_look")``; it adds to the mentions there are.

    >>> import spacy
    >>> nlp = spacy.blank("id")
    >>> _ = nlp.add_pipe("beritaie_second_look")
    >>> [(entity.text, entity.label_) for entity in nlp("Siswi berinisial RS pindah ke Malaysia.").ents]
    [('RS', 'PER'), ('Malaysia', 'LOC')]
    """

    def second_look(doc: Doc) -> Doc:
        text = doc.text
        found = with_expansions(text, with_whole_institutions(text, mentions(doc)))
        found = with_gazetteer(text, found, taken(doc, ["laws"]))
        tokens = [(token.idx, token.idx + len(token)) for token in doc]
        found = with_whole_offices(text, tokens, with_repeats(text, tokens, found))
        store_mentions(doc, found)
        return doc

    return second_look
