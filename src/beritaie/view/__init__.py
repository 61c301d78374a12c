"""Articles shown to people: HTML for notebooks and reports, colours for the terminal."""

from beritaie.view.html import article_html
from beritaie.view.terminal import article_terminal

__all__ = ["article_html", "article_terminal"]
