"""The few rows that sum an article up: what is known of it, who holds which office, what happened."""

from __future__ import annotations

from beritaie.records import Article


def heading(article: Article) -> tuple[str, str]:
    """The title (or the id) and one line of what is known of the page.

    >>> heading(Article(id="a1", outlet="Kabar Muara", published="2024-08-20", raw="x", text="x", kept=[]))
    ('a1', 'Kabar Muara · 2024-08-20 · a1')
    """
    published = article.published.isoformat() if article.published else None
    known = [article.outlet, published, ", ".join(article.authors), article.dateline, article.id, article.url]
    return article.title or article.id, " · ".join(part for part in known if part)


def official_rows(article: Article) -> list[tuple[str, ...]]:
    """Name, position and status of every official."""
    return [(official.name, official.position, official.status) for official in article.officials]


def event_rows(article: Article) -> list[tuple[str, ...]]:
    """Type, what, when, where and who of every event, the main event marked."""
    names = {place.id: place.name for place in article.places}
    return [
        (
            f"{event.type} (main)" if event.main else event.type,
            event.what,
            " ".join(part for part in (event.date, event.time) if part),
            ", ".join(names.get(place, place) for place in event.places),
            ", ".join(f"{who.name} ({who.role})" for who in event.participants),
        )
        for event in article.events
    ]
