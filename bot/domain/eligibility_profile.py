"""What a member tells about their work and their education hours, before anything is judged.

The values of the choices are those of the profile format that `clm check --json` reads.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

SPECIALIST = "functional_specialist"
OTHER_ROLE = "other"
ROLES = ("principal_administrator", "branch_office_manager", SPECIALIST, OTHER_ROLE)
SPECIALTIES = ("finance", "hr", "systems", "facilities", "marketing", "practice")
ORGANIZATIONS = (
    "law_firm",
    "legal_clinic",
    "government",
    "corporate_legal",
    "court",
    "other",
)
BASE_CATEGORIES = (
    "writing",
    "communication",
    "self_management",
    "technology",
    "organizational_development",
)
EXTRA_CATEGORY = "specialist_extra"
CATEGORIES = (*BASE_CATEGORIES, EXTRA_CATEGORY)
LIVE = "live"
SELF_STUDY = "self_study"
KINDS = (
    LIVE,
    "webinar",
    SELF_STUDY,
    "recording",
    "college_semester_credit",
    "college_quarter_credit",
    "vendor_demo",
    "round_table",
    "social",
    "teaching",
)


@dataclass(frozen=True, slots=True)
class CourseHours:
    """One entry of education hours; a part that is None has not been told.

    `hours` is the number of credits where `kind` is a college credit. `summed` says that the entry
    is the sum of several courses, so that the length of each of them cannot be judged.
    """

    day: date | None = None
    hours: Decimal | None = None
    category: str | None = None
    kind: str | None = None
    title: str | None = None
    summed: bool = False


@dataclass(frozen=True, slots=True)
class Profile:
    """A member as far as told: None means that the member has not said.

    `hours` is None when nothing was said about education, and empty when none was earned.
    `apply_on` is the day of the application; without it, it is the day of the check.
    """

    role: str | None = None
    specialty: str | None = None
    years_experience: Decimal | None = None
    full_time: bool | None = None
    exempt: bool | None = None
    supervises: bool | None = None
    employed_now: bool | None = None
    months_since_last_job: Decimal | None = None
    organization: str | None = None
    combined_roles: bool | None = None
    country: str | None = None
    endorses_ethics_code: bool | None = None
    holds_degree: bool | None = None
    ala_member: bool | None = None
    hours: tuple[CourseHours, ...] | None = None
    apply_on: date | None = None

    @property
    def is_specialist(self) -> bool:
        """Whether the rules for functional specialists apply."""
        return self.role == SPECIALIST
