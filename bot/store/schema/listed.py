"""The list that each change of the schema is entered in."""

from sqlite_utils.migrations import Migrations

migrations = Migrations("clm")
