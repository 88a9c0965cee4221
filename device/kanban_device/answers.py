"""What the hub's receipts mean at the station: what leaves the outbox, what is shown and heard. Pure."""

from kanban_device.arrivals import Settled
from kanban_device.display import Display
from kanban_device.effects import Beep, Effect, Renew, Settle
from kanban_device.texts import Texts
from kanban_hardware.buzzer import Tone
from kanban_protocol.messages import Receipt, Receipts, ReceiptStatus
from kanban_protocol.refusals import Refusal


class Answers:
    """The receipts of one outbox epoch."""

    def __init__(self, outbox_epoch: str, display: Display) -> None:
        self._epoch = outbox_epoch
        self._display = display
        self._has_renewed = False
        self.foreign = 0

    def take(self, receipts: Receipts) -> list[Effect]:
        if receipts.epoch != self._epoch:
            self.foreign += 1
            return []
        in_conflict = [r for r in receipts.signals if r.reason is Refusal.CONFLICT and not self._has_renewed]
        settled = tuple(r for r in receipts.signals if r not in in_conflict)
        effects: list[Effect] = [Settle(settled)] if settled else []
        if in_conflict:
            # Our numbers have been used with other content: this card is an old copy. Under a new epoch the
            # signal can still be taken. Once a run: a conflict of its id cannot be healed so.
            self._has_renewed = True
            effects.append(Renew("the hub has other content under our numbers"))
        return effects

    def renew(self, outbox_epoch: str) -> None:
        self._epoch = outbox_epoch

    def show(self, settled: Settled, now_s: float) -> list[Effect]:
        """Sound and show what the operator has to know; an accepted signal shows by its lamp alone."""
        effects: list[Effect] = []
        for receipt in settled.receipts:
            if receipt.status is not ReceiptStatus.ACCEPTED:
                self._display.say(text_of(receipt, self._display.own), now_s)
                refused = receipt.status is ReceiptStatus.REFUSED
                effects = [Beep(Tone.LONG if refused else Tone.SHORT)]
        return effects


def text_of(receipt: Receipt, own: Texts) -> str:
    """The text for people: for a known reason the station's own, in its language; else what the hub says."""
    if receipt.reason is not None:
        return own.refusal(receipt.reason)
    return receipt.text or own.status(receipt.status.value)
