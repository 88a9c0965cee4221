import pytest

from kanban_hub.domain.binding import Target, bind, bound, unbind
from kanban_hub.domain.errors import DomainError
from kanban_hub.domain.records.binding import Binding
from kanban_hub.domain.standing import lose
from tests.hub.domain.shopfloor import Shopfloor, kanban_loop

KEY = "gtin:09506000134352"


@pytest.fixture
def shop() -> Shopfloor:
    return Shopfloor(kanban_loop("kb", cards=100, item="kb"))


def test_a_label_means_what_it_is_bound_to(shop: Shopfloor) -> None:
    shop.order(bind(shop.floor, KEY, Target(item="kb")))

    assert bound(shop.floor, KEY) == Binding(KEY, shop.now_ms, item="kb")


def test_only_the_whole_key_matches(shop: Shopfloor) -> None:
    shop.order(bind(shop.floor, "text:KB100", Target(card="kb-0100")))

    assert [bound(shop.floor, f"text:{part}") for part in ("KB10", "KB1000", "kb100", "KB100 ", "")] == [
        None
    ] * 5


def test_the_same_binding_once_more_is_nothing_new(shop: Shopfloor) -> None:
    shop.order(bind(shop.floor, KEY, Target(loop="kb")))

    assert bind(shop.floor, KEY, Target(loop="kb")) == []


def test_a_label_is_never_silently_given_another_meaning(shop: Shopfloor) -> None:
    shop.order(bind(shop.floor, KEY, Target(card="kb-0010")))

    with pytest.raises(DomainError, match="bound to kb-0010"):
        bind(shop.floor, KEY, Target(card="kb-0011"))


def test_a_binding_ends_and_the_label_may_be_bound_anew(shop: Shopfloor) -> None:
    shop.order(bind(shop.floor, KEY, Target(card="kb-0010")))
    shop.order(unbind(shop.floor, KEY))
    assert bound(shop.floor, KEY) is None

    shop.order(bind(shop.floor, KEY, Target(item="kb")))

    assert bound(shop.floor, KEY) == Binding(KEY, shop.now_ms, item="kb")
    assert shop.replayed().records == shop.floor.records


@pytest.mark.parametrize(
    ("key", "target"),
    [
        (KEY, Target()),
        (KEY, Target(card="kb-0001", item="kb")),
        (KEY, Target(card="kb-0101")),
        (KEY, Target(item="bracket")),
        (KEY, Target(loop="bracket")),
        ("", Target(item="kb")),
        ("x" * 161, Target(item="kb")),
    ],
)
def test_what_cannot_be_bound_is_refused(shop: Shopfloor, key: str, target: Target) -> None:
    with pytest.raises(DomainError):
        bind(shop.floor, key, target)


def test_a_void_number_cannot_be_bound(shop: Shopfloor) -> None:
    shop.order(lose(shop.floor, shop.card(1, "kb")))

    with pytest.raises(DomainError, match="lost"):
        bind(shop.floor, KEY, Target(card="kb-0001"))


def test_what_is_not_bound_cannot_be_taken_away(shop: Shopfloor) -> None:
    with pytest.raises(DomainError, match="nothing is bound"):
        unbind(shop.floor, KEY)
