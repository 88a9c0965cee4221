"""What stands in the way of a change of the plant, as a sentence for people."""

from kanban_hub.domain.obstacles import Hurdle, Obstacle
from kanban_hub.language import N_, _

_TEXTS: dict[Hurdle, str] = {
    Hurdle.SITE: N_("This hub is site '%(known)s', the file is site '%(wanted)s'."),
    Hurdle.CIRCUIT: N_(
        "Loop '%(loop)s' keeps its item, supplier and consumer: '%(known)s' cannot become '%(wanted)s'; "
        "give the new circuit a new id."
    ),
    Hurdle.MEANING: N_(
        "The cards of loop '%(loop)s' would stand for something else: give the new circuit a new id."
    ),
    Hurdle.ASKED: N_(
        "Loop '%(loop)s': %(cards)s cards are to go and only %(full)s are full. "
        "Try again when more containers are back."
    ),
}


def said(one: Obstacle) -> str:
    """In the language that is spoken."""
    return _(_TEXTS[one.hurdle]) % vars(one)
