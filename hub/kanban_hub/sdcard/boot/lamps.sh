# Until the station's own program is there: the small green lamp on the board, and the stack light if one is wired.

BLINKER=

# One sign a tick of 0.25 s, as the station's own patterns: `double` says that nothing is known yet, `fast` that
# somebody is wanted.
blink() { # PIN PATTERN
    while :; do
        rest=$2
        while [ -n "$rest" ]; do
            case $rest in
                '#'*) pinctrl set "$1" op dh ;;
                *) pinctrl set "$1" op dl ;;
            esac
            rest=${rest#?}
            sleep 0.25
        done
    done
}

lamps() { # works, failed or station
    case $1 in
        works) board_led timer 500 500 && blink_here "$PIN_AMBER" '#.#.....' ;;
        failed) board_led timer 100 100 && blink_on "$PIN_RED" '#.' ;;
        station) board_led mmc0 ;;
    esac
}

# A child of this script: it ends with it.
blink_here() {
    can_blink "$1" || return 0
    blink "$1" "$2" >/dev/null 2>&1 &
    BLINKER=$!
}

# A unit of its own: it goes on when this script has ended, until the next try.
blink_on() {
    can_blink "$1" || return 0
    systemd-run --quiet --collect --unit=kanban-firstboot-lamp /bin/sh "$HERE/firstboot.sh" blink "$1" "$2" || true
}

can_blink() {
    [ -n "$1" ] && command -v pinctrl >/dev/null
}

still() {
    systemctl stop kanban-firstboot-lamp.service 2>/dev/null || true
    if [ -n "$BLINKER" ]; then
        kill "$BLINKER" 2>/dev/null || true
        BLINKER=
    fi
    for pin in $PIN_RED $PIN_AMBER; do
        ! can_blink "$pin" || pinctrl set "$pin" op dl || true
    done
}

board_led() { # TRIGGER [ON_MS OFF_MS]; a Pi without such a lamp has none
    for led in "$ROOT"/sys/class/leds/ACT "$ROOT"/sys/class/leds/led0; do
        if [ -w "$led/trigger" ]; then
            echo "$1" >"$led/trigger" || true
            [ $# -lt 3 ] || { echo "$2" >"$led/delay_on" && echo "$3" >"$led/delay_off"; } 2>/dev/null || true
            break
        fi
    done
    return 0
}
