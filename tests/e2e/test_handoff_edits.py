"""What is edited or deleted in a request's thread reaches the other side."""

from tests.support.handing_off import (
    deletes,
    edits,
    handed_off,
    sees_anew,
    sees_in_thread,
    thread,
)
from tests.support.talk import Person, Talk


async def test_edits_are_carried_over_both_ways_and_marked(talk: Talk, ada: Person) -> None:
    """Both read the same text; a link that Slack unfolds is no edit."""
    both = await handed_off(talk)
    chair = talk.as_("christina")
    ts = await ada.writes("The early train", thread=both.ticket.ts)
    relayed = await sees_in_thread(chair, both.card, "The early train")
    await edits(ada, ts, "The late train, see https://ala.org")
    edited = await sees_anew(chair, relayed, "The late train, see https://ala.org")
    assert "Ada Okafor writes (edited):" in edited.text
    await sees_in_thread(ada, both.ticket, "marked as edited")
    ts = await chair.writes("At noon", thread=both.card.ts)
    relayed = await sees_in_thread(ada, both.ticket, "At noon")
    await edits(chair, ts, "At one")
    assert "From Christina Bloom, CLM (edited):" in (await sees_anew(ada, relayed, "At one")).text
    await talk.quiet()
    assert "The early train" not in str([m.raw for m in await chair.messages()])
    assert "At noon" not in str([m.raw for m in await ada.messages()])


async def test_a_long_message_is_edited_in_all_its_parts(talk: Talk, ada: Person) -> None:
    """Two parts become three and then one; together they are what was typed."""
    both = await handed_off(talk)
    chair = talk.as_("christina")
    first = " ".join(f"old{n:04}" for n in range(700))[:5_000].strip()
    ts = await ada.writes(first, thread=both.ticket.ts)
    await sees_in_thread(chair, both.card, first[-20:])
    longer = " ".join(f"new{n:04}" for n in range(1_000))[:7_500].strip()
    await edits(ada, ts, longer)
    await sees_in_thread(chair, both.card, longer[-20:])
    parts = [m.raw["blocks"][-1]["text"]["text"] for m in await thread(chair, both.card)]
    assert (len(parts), "".join(parts)) == (3, longer)
    await edits(ada, ts, "x" * 13_000)
    await sees_in_thread(ada, both.ticket, "Make it shorter")
    await edits(ada, ts, "In short: yes.")
    await sees_in_thread(chair, both.card, "In short: yes.")
    await talk.quiet()
    kept = [m.text for m in await thread(chair, both.card) if "took back" not in m.text]
    assert [("In short: yes." in text) for text in kept] == [True]


async def test_a_deleted_message_is_taken_back_on_the_other_side(talk: Talk, ada: Person) -> None:
    """Ada deletes what she wrote: the chair no longer reads it, and Ada is told so."""
    both = await handed_off(talk)
    chair = talk.as_("christina")
    ts = await ada.writes("My secret", thread=both.ticket.ts)
    relayed = await sees_in_thread(chair, both.card, "My secret")
    await deletes(ada, ts)
    await sees_anew(chair, relayed, "Ada Okafor took back what stood here.")
    await sees_in_thread(ada, both.ticket, "Taken back from the other side as well.")
    await talk.quiet()
    assert "My secret" not in str([m.raw for m in await chair.messages()])
    assert "My secret" not in str(talk.rows("SELECT * FROM ticket_messages"))


async def test_deleting_anything_else_is_nobodys_business(talk: Talk, ada: Person) -> None:
    """A question that was asked outside of a request and deleted brings no word and no error."""
    await ada.says("how many education hours do I need before I can apply?")
    ts = (await ada.messages())[0].ts
    await talk.quiet()
    before = len(await ada.messages())
    await deletes(ada, ts)
    await talk.quiet()
    assert len(await ada.messages()) == before - 1
