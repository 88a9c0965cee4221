from kanban_hub.commands import HOLDS_S, Commands
from kanban_protocol.messages import Command, CommandKind
from kanban_protocol.topics import Down
from tests.hub.bench import TOPICS, HandClock, started


def test_a_command_goes_to_its_station_and_is_not_retained() -> None:
    bench, probe = started()
    commands = Commands(bench.writer._parts.outlet.command)

    assert commands.give("paint", CommandKind.IDENTIFY)

    (command,) = probe.all("command", Command)
    assert command.command is CommandKind.IDENTIFY
    assert probe.heard[-1][0] == TOPICS.down("paint", Down.COMMAND)
    assert TOPICS.down("paint", Down.COMMAND) not in bench.broker.retained


def test_without_a_link_it_is_told_that_nothing_was_sent() -> None:
    bench, _ = started()
    bench.link.drop()

    assert not Commands(bench.writer._parts.outlet.command).give("paint", CommandKind.SELF_TEST)


def test_a_page_may_ask_for_it_while_it_holds() -> None:
    hand = HandClock()
    commands = Commands(lambda _, __: True, hand)
    assert commands.latest("paint") is None
    commands.give("paint", CommandKind.IDENTIFY)
    commands.give("assembly", CommandKind.SELF_TEST)
    hand.seconds += 4

    found = commands.latest("paint")

    assert found is not None
    assert (found[0].command, found[1]) == (CommandKind.IDENTIFY, 4.0)
    hand.seconds += HOLDS_S
    assert commands.latest("paint") is None
