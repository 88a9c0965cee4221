from kanban_hub.web.kept import FOR_S, MOST, Kept


def test_what_was_made_is_made_again_only_when_it_has_grown_old() -> None:
    kept, made = Kept(), iter(range(9))
    assert kept.get("a", 0.0, lambda: next(made)) == 0
    assert kept.get("a", FOR_S - 0.1, lambda: next(made)) == 0
    assert kept.get("a", FOR_S, lambda: next(made)) == 1


def test_it_never_keeps_more_than_its_bound_and_the_oldest_goes() -> None:
    kept = Kept()
    for n in range(MOST + 1):
        kept.get(n, 0.0, lambda: "once")
    assert kept.get(0, 0.0, lambda: "anew") == "anew"
    assert kept.get(MOST, 0.0, lambda: "anew") == "once"
