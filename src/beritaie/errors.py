"""Everything that beritaie raises on purpose: one tree, each message with what to do next."""


class BeritaieError(Exception):
    """The root of all errors that beritaie raises on purpose."""


class InputError(BeritaieError, ValueError):
    """The input cannot be read: says what was wrong, where, and what to do."""


class ModelNotFound(BeritaieError, LookupError):
    """No trained pipeline under that name: lists those that are there."""
