"""The shape of recertification.yaml."""

from bot.content.eligibility_file import UnitFile
from bot.content.schema import Line, Strict
from bot.domain.recertification import Counting


class SubjectFile(Strict):
    """One subject; `minimum` names the fact that holds its least hours."""

    label: Line
    minimum: Line | None = None


class RecertificationFile(Strict):
    """recertification.yaml."""

    subjects: dict[str, SubjectFile]
    kinds: dict[str, Counting]
    units: dict[str, UnitFile]
