"""Errors of the product, drawn as a tree.

BotError                 a fault that has a sentence for the person who caused or meets it
├── SettingsError        the environment is not usable (exit 78)
├── ContentError         content files are not usable (exit 65)
├── InputError           a file given on the command line cannot be read (exit 66)
├── StoreError           the database cannot be used (exit 74)
├── SemanticError        the weights of the semantic level cannot be had or used (exit 69)
└── NotAllowed           the person has no right to what was asked

Expected outcomes (an unknown question, an invalid field) are values, never exceptions.
"""

from collections.abc import Sequence


class BotError(Exception):
    """A fault that a person can be told in a sentence; `exit_code` is the command line's."""

    exit_code = 70


class SettingsError(BotError):
    """The environment lacks or contradicts something; all faults are told at once."""

    exit_code = 78

    def __init__(self, faults: Sequence[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = tuple(faults)


class ContentError(BotError):
    """Content cannot be used; each fault names its file and line."""

    exit_code = 65

    def __init__(self, faults: Sequence[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = tuple(faults)


class InputError(BotError):
    """A file named on the command line cannot be read as what it should be."""

    exit_code = 66


class StoreError(BotError):
    """The database is locked, full, read-only, damaged or newer than this version."""

    exit_code = 74


class SemanticError(BotError):
    """The weights of the semantic level are missing, damaged, or could not be fetched."""

    exit_code = 69


class NotAllowed(BotError):
    """The person asked for something that only others may do."""

    exit_code = 77
