import threading

from kanban_hub.web.kept import FOR_S, MOST, Kept


def test_what_was_made_is_made_again_only_when_it_has_grown_old() -> None:
    kept, made = Kept(), iter(range(9))
    assert kept.get("a", 0.0, lambda: next(made)) == 0
    assert kept.get("a", FOR_S - 0.1, lambda: next(made)) == 0
    assert kept.get("a", FOR_S, lambda: next(made)) == 1


def test_who_comes_while_it_is_made_waits_and_does_not_make_it_once_more() -> None:
    kept, made, begun, may_end = Kept(), [], threading.Event(), threading.Event()

    def make() -> str:
        made.append(1)
        begun.set()
        may_end.wait(10)
        return "made"

    found: list[str] = []
    threads = [threading.Thread(target=lambda: found.append(kept.get("a", 0.0, make))) for _ in range(3)]
    for thread in threads:
        thread.start()
    assert begun.wait(10)
    may_end.set()
    for thread in threads:
        thread.join(10)
    assert (found, len(made)) == (["made"] * 3, 1)


def test_it_never_keeps_more_than_its_bound_and_the_oldest_goes() -> None:
    kept = Kept()
    for n in range(MOST + 1):
        kept.get(n, 0.0, lambda: "once")
    assert kept.get(0, 0.0, lambda: "anew") == "anew"
    assert kept.get(MOST, 0.0, lambda: "anew") == "once"
