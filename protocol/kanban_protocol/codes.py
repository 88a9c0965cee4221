"""The command codes on the printed sheet: they set what the next scan means. One table."""

from kanban_protocol.signals import Intent

FAIL = "KSS:FAIL"
UNDO = "KSS:UNDO"
RECEIVE = "KSS:RECEIVE"
HELP = "KSS:HELP"  # acts at once, nothing has to follow

INTENTS: dict[str, Intent] = {
    FAIL: Intent.FAIL,
    UNDO: Intent.UNDO,
    RECEIVE: Intent.RECEIVE,
}
COMMANDS = (*INTENTS, HELP)
