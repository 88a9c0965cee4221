"""What the page of a software station says of itself, by the key under which its scripts ask for it.

In braces stands what the scripts put in.
"""

from kanban_hub.language import N_, _
from kanban_protocol.refusals import TEXTS

_TEXTS: dict[str, str] = {
    "starting": N_("The hub has not been heard yet: what these buttons mean is not known"),
    "forbidden": N_("This browser may only look"),
    "stored": N_("Stored here"),
    "accepted": N_("The hub has it"),
    "taken_back": N_("Taken back"),
    "already": N_("Already asked for"),
    "refused": N_("Refused"),
    "armed_fail": N_("Quality fail: press the item or scan the card"),
    "armed_undo": N_("Take back: scan the card"),
    "armed_receive": N_("Receive: scan the card"),
    "fail_not_now": N_("Quality fail: not now"),
    "which_defect": N_("What is wrong? Nobody has to say it."),
    "which_cannot": N_("Why can {item} not be delivered?"),
    "no_reason": N_("Without a reason"),
    "hub_starting": N_("Looking for the hub"),
    "hub_heard": N_("Hub heard"),
    "hub_lost": N_("Hub not heard since {time}. Go on: what you press is kept here."),
    "hub_forbidden": N_("Nothing may be pressed here"),
    "kept": N_("Kept here, will be sent: {count}"),
    "store_full": N_("No room left in this browser: call for help"),
    "store_broken": N_("This browser cannot keep signals: use another one, or not in private mode"),
    "pattern_off": N_("off"),
    "pattern_slow": N_("blinks slowly"),
    "pattern_on": N_("on"),
    "pattern_fast": N_("blinks fast"),
    "pattern_double": N_("no information"),
    "needed": N_("{full} of {cards} full, they last {lasts}. From {supplier}"),
    "needed_none": N_("None left of {cards}. From {supplier}"),
    "made": N_("Asked for: {count}, {spare}"),
    "made_none": N_("Nothing asked"),
    "card_more": N_("{state}, {asked}"),
    "card_for": N_("{quantity} for {consumer}"),
    "call_word": N_("{word}, {age}"),
    "undo_pull": N_("the pull, for {left} s"),
    "undo_advance": N_("the step, for {left} s"),
    "undo_scan": N_("the scan, for {left} s"),
    "undo_fail": N_("the quality fail, for {left} s"),
    "undo_cannot": N_("the answer, for {left} s"),
    "undo_help": N_("the call for help, for {left} s"),
    "offline_lasting": N_("This page opens without the hub too, and keeps its signals for good."),
    "offline_opens": N_(
        "This page opens without the hub too. The browser may clear it when it runs short of room."
    ),
    "offline_stay_open": N_("Leave this page open: without HTTPS it opens only while the hub is there."),
}


def texts() -> dict[str, str]:
    """All of them in the language that is spoken, and those of the refusals by their reasons."""
    refusals = {reason.value: text for reason, text in TEXTS.items()}
    return {key.replace("_", "-"): _(text) for key, text in {**refusals, **_TEXTS}.items()}
