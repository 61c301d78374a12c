"""From a raw page to the article in it: furniture cut away, every offset kept, the page's own facts read."""

from beritaie.cleaning.cleaner import clean, clean_pages
from beritaie.cleaning.page import Cut, Page

__all__ = ["Cut", "Page", "clean", "clean_pages"]
