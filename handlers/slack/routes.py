"""The whole routing table: what Slack sends, and which listener hears it.

A contract test holds it against app.manifest.yaml, both ways.
"""

import re
from collections.abc import Mapping

from slack_bolt.async_app import AsyncApp

from handlers.slack import (
    announcement,
    away,
    chair,
    commands,
    curation,
    curation_history,
    curation_publishing,
    curation_windows,
    dates,
    eligibility,
    faq,
    handoff,
    handover,
    home,
    learning,
    ledger,
    ledger_export,
    leftovers,
    membership,
    messages,
    numbers,
    people,
    plan,
    privacy,
    recertification,
    reminders,
    review,
    saved_replies,
    seasons,
    sessions,
    sessions_desk,
    sessions_windows,
    sharing,
    standing,
    wishes,
    wordings,
)
from handlers.slack.listening import Listener, Listening

EVENTS: Mapping[str, Listener] = {
    "app_home_opened": home.on_home_opened,
    "app_mention": faq.on_mention,
    "app_uninstalled": membership.on_uninstalled,
    "message": messages.on_message,
    "tokens_revoked": membership.on_tokens_revoked,
    "user_change": membership.on_user_change,
}

COMMANDS: Mapping[str, Listener] = {"/clm": commands.on_clm}

SHORTCUTS: Mapping[str, Listener] = {
    "ask_question": faq.on_open,
    "ask_about_message": faq.on_ask_about_message,
    "check_eligibility": eligibility.on_open,
}

ACTIONS: Mapping[str, Listener] = {
    "curation.open": curation.on_open,
    "curation.page": curation.on_page,
    "curation.back": curation.on_back,
    "curation.add": curation.on_add,
    "curation.resume": curation.on_resume,
    "curation.drop": curation.on_drop,
    "curation.edit": curation.on_edit,
    "curation.values": curation.on_values,
    "curation.retire": curation.on_retire,
    "curation.restore": curation.on_restore,
    "curation.approve": curation.on_approve,
    "curation.history": curation_history.on_history,
    "curation.older": curation_history.on_older,
    "curation.undo": curation_history.on_undo,
    "curation.conflict": curation_history.on_conflict,
    "curation.settle": curation_history.on_settle,
    "curation.again": curation_windows.on_again,
    "review.right": review.on_right,
    "review.retire": review.on_retire,
    "review.skip": review.on_skip,
    "review.again": review.on_again,
    "review.undo": review.on_undo,
    "dates.show": dates.on_show,
    "calendar.add": dates.on_add,
    "season.open": seasons.on_open,
    "season.choose": seasons.on_choose,
    "season.withdraw": seasons.on_withdraw,
    "faq.open": faq.on_open,
    "faq.show": faq.on_show,
    "faq.none": faq.on_none_of_these,
    "faq.vote": faq.on_vote,
    "faq.forget": faq.on_forget,
    "learning.wish": wishes.on_wish,
    "learning.unwish": wishes.on_take_back,
    "learning.page": learning.on_page,
    "learning.group": learning.on_group,
    "learning.write": learning.on_write,
    "learning.edit": learning.on_edit,
    "learning.assign": learning.on_assign,
    "learning.dismiss": learning.on_dismiss,
    "learning.restore": learning.on_restore,
    "learning.wordings": wordings.on_open,
    "learning.accept": wordings.on_accept,
    "learning.accept_all": wordings.on_accept_all,
    "learning.reject": wordings.on_reject,
    "learning.save_reply": saved_replies.on_save_reply,
    "eligibility.open": eligibility.on_open,
    "eligibility.told": eligibility.on_open_told,
    "eligibility.back": eligibility.on_back,
    "eligibility.choose": eligibility.on_choose,
    "standing.show": standing.on_show,
    "recert.open": recertification.on_open,
    "plan.open": plan.on_open,
    "plan.season": plan.on_season,
    "plan.compare": plan.on_compare,
    "plan.adopt": plan.on_adopt,
    "gap.drop_sums": plan.on_drop_sums,
    "handoff.open": handoff.on_open,
    "handoff.switch": handoff.on_switch,
    "handoff.withdraw": handoff.on_withdraw,
    "handoff.claim": handoff.on_claim,
    "handoff.release": handoff.on_release,
    "handoff.reply": handoff.on_reply,
    "handoff.close": handoff.on_close,
    "handoff.more": handoff.on_more,
    "handoff.reopen": handoff.on_reopen,
    "chair.word": chair.on_word,
    "people.take": people.on_take,
    "handover.accept": handover.on_accept,
    "handover.decline": handover.on_decline,
    "handover.withdraw": handover.on_withdraw,
    "away.back": away.on_back,
    "away.hand_over": away.on_hand_over,
    "announcement.post": announcement.on_post,
    "announcement.cancel": announcement.on_cancel,
    "reminders.on": reminders.on_turn_on,
    "reminders.off": reminders.on_turn_off,
    "reminders.done": reminders.on_done,
    "reminders.snooze": reminders.on_snooze,
    "reminders.stop": reminders.on_stop,
    "sharing.on": sharing.on_agree,
    "sharing.off": sharing.on_take_back,
    "numbers.show": numbers.on_show,
    "numbers.export": numbers.on_export,
    "ledger.add": ledger.on_add,
    "ledger.edit": ledger.on_edit,
    "ledger.list": ledger.on_list,
    "ledger.delete": ledger.on_delete,
    "ledger.restore": ledger.on_restore,
    "ledger.export": ledger_export.on_export,
    "privacy.ask": privacy.on_ask,
    "privacy.show": privacy.on_show,
    "privacy.export": privacy.on_export,
    "session.attend": sessions.on_attend,
    "session.yes": sessions.on_yes,
    "session.no": sessions.on_no,
    "session.undo": sessions.on_undo,
    "session.confirm": sessions_desk.on_confirm,
    "session.decline": sessions_desk.on_decline,
    "session.confirm_all": sessions_desk.on_confirm_all,
    "session.decline_all": sessions_desk.on_decline_all,
    "session.some": sessions_windows.on_some,
    "session.change": sessions_windows.on_change,
    "session.cancel": sessions_desk.on_cancel,
    "session.repost": sessions_desk.on_repost,
}

SUBMISSIONS: Mapping[str, Listener] = {
    "curation.find": curation.on_find,
    "curation.save": curation_windows.on_save,
    "curation.publish": curation_publishing.on_publish,
    "people.give": people.on_give,
    "handover.ask": handover.on_ask,
    "season.enter": seasons.on_entered,
    "season.save": seasons.on_saved,
    "faq.ask": faq.on_ask_submitted,
    "learning.assign": learning.on_assign_submitted,
    "learning.reply": saved_replies.on_reply_chosen,
    "eligibility.step": eligibility.on_step_submitted,
    "ledger.save": ledger.on_save,
    "plan.save": plan.on_save,
    "recert.save": recertification.on_save,
    "plan.what_if": plan.on_what_if,
    "handoff.preview": handoff.on_preview_submitted,
    "handoff.reply": handoff.on_reply_submitted,
    "handoff.close": handoff.on_close_submitted,
    "handoff.reassign": handoff.on_reassign_submitted,
    "handoff.snooze": handoff.on_snooze_submitted,
    "handoff.note": handoff.on_note_submitted,
    "privacy.really": privacy.on_really,
    "privacy.erase": privacy.on_confirmed,
    "session.draft": sessions_windows.on_draft_submitted,
    "session.post": sessions_windows.on_post_submitted,
    "session.decide": sessions_windows.on_decide_submitted,
}


def register(app: AsyncApp, listening: Listening) -> None:
    """Give Bolt the table; what no row names still ends in something visible."""
    for name, listener in EVENTS.items():
        app.event(name)(listening.of(listener))
    for name, listener in COMMANDS.items():
        app.command(name)(listening.of(listener))
    for name, listener in SHORTCUTS.items():
        app.shortcut(name)(listening.of(listener))
    for name, listener in ACTIONS.items():
        app.action(_with_position(name))(listening.of(listener))
    for name, listener in SUBMISSIONS.items():
        app.view(name)(listening.of(listener))
    everything = re.compile(".*", re.DOTALL)
    app.action(everything)(listening.of(leftovers.on_old_button))
    app.view(everything)(listening.of(leftovers.on_old_window))
    app.shortcut(everything)(listening.of(leftovers.on_old_button))
    app.command(everything)(listening.of(leftovers.on_unknown_command))
    app.event(everything)(listening.of(leftovers.on_other_event))


def _with_position(name: str) -> re.Pattern[str]:
    # Action ids are unique within a row of buttons, so some carry their position: faq.show:2.
    return re.compile(rf"^{re.escape(name)}(:\d+)?$")
