"""A made-up bank about a swimming pool, small enough to read and large enough to match with."""

from bot.domain.matching import OUT_OF_SCOPE, Example

_UTTERANCES = {
    "opening-hours": [
        "when are you open",
        "what time does the pool close tonight",
        "opening hours on sunday?",
        "how early can I come in the morning",
        "are you open on holidays",
        "closing time",
    ],
    "ticket-price": [
        "how much is a ticket",
        "what does it cost to swim",
        "price for children?",
        "is there a cheaper ticket for students",
        "entry fee",
        "cost of a day ticket",
    ],
    "swimming-course": [
        "do you teach swimming",
        "I want to learn to swim, is there a course",
        "swimming lessons for adults",
        "beginner course for my daughter",
        "can I book a trainer who teaches me crawl",
        "classes for kids?",
    ],
    "lost-things": [
        "I left my towel there",
        "lost and found",
        "somebody found my keys maybe",
        "forgot my goggles yesterday where can I get them back",
        "lost my ring in the water",
        "did anyone hand in a blue towel",
    ],
}
_STRANGE = [
    "when does the train leave",
    "what does a haircut cost",
    "is the library open today",
    "price of petrol",
    "who won the match",
    "my printer is broken",
    "good recipe for soup",
    "how do I file my taxes",
    "weather tomorrow",
    "yoga lessons downtown",
    "where is the parking garage",
    "book a table for two",
]


def pool_bank(*, strange: bool = True) -> list[Example]:
    """Four entries with six utterances each, and twelve out-of-scope examples."""
    bank = [Example(text, label) for label, texts in _UTTERANCES.items() for text in texts]
    return bank + ([Example(text, OUT_OF_SCOPE) for text in _STRANGE] if strange else [])
