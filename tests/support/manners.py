"""What the bot looks through a message for, as shipped and as made up for a swimming pool."""

from functools import cache

from bot.content import load_content, shipped_places
from bot.domain.lexicon import Lexicon, lexicon
from bot.domain.manners import Manners, Sentences
from bot.domain.own_words import own_words
from bot.domain.remarks import Kind, Languages, Remarks
from bot.domain.small_talk import SmallTalk
from bot.domain.strangers import Strangers
from tests.support.content import TODAY


@cache
def shipped_manners() -> Manners:
    """The names, words and sentences that ship."""
    return load_content(shipped_places(), TODAY).manners


def phrases(*texts: str) -> Lexicon:
    """Phrases of one owner."""
    return lexicon({"it": texts})


NONE: frozenset[tuple[str, ...]] = frozenset()
NO_TALK = SmallTalk(NONE, NONE, NONE, NONE, NONE, NONE, NONE, keyboard_rows=())
"""In which nothing is small talk."""

POOL = Manners(
    strangers=Strangers(
        always=lexicon({"the lake": ["lake", "lake pool"]}),
        beside=lexicon({"the gym": ["gym"]}),
        signs_after=phrases("ticket", "price"),
        signs_before=phrases("join the"),
        ours=phrases("pool"),
        compared=phrases("like the", "than the"),
        about=frozenset({"lost-things"}),
        sentences={"the lake": "That is the lake.", "the gym": "That is the gym."},
    ),
    remarks=Remarks(
        kinds={
            "hurt": Kind("Oh dear.", "Oh dear, nothing to add.", gentle=True),
            "lost": Kind("What a pity.", "What a pity, and no answer."),
            "advice": Kind("No advice.", "Ask a doctor.", frozenset({"opening-hours"})),
        },
        lexicon=lexicon(
            {
                "hurt": ["i * fell"],
                "lost": ["i * lost", "i left"],
                "advice": ["ear drops"],
            },
            ["just", "have"],
        ),
        supposing=phrases("if"),
        pleasantries=phrases("hope you", "have a great"),
        languages=Languages(
            {
                "": frozenset({"is", "the", "what", "for", "it", "does"}),
                "Dutch": frozenset({"wat", "kost", "een", "het"}),
            },
            {"HIRAGANA": "Japanese", "CJK": "Chinese"},
            {name: Kind(f"{name}?", f"{name}!") for name in ("Dutch", "Japanese", "Chinese")},
        ),
    ),
    own=own_words(
        {"opening-hours": " ".join(f"hour{at}" for at in range(30)) + " The pool closes at ten."},
        {"opening-hours": "My answer to “When?”."},
    ),
    sentences=Sentences("Too long.", "Both ends.", "No links.", "Code."),
)
"""A pool beside a lake and a gym, with answers that somebody may quote."""
