#!/bin/sh
# Makes a fresh Raspberry Pi OS (Trixie, 64-bit) the station of this card, at its first start, without a screen
# and without any network but the hub.
#
#   start   what cloud-init calls at each start: installs the unit that calls `run`, and returns
#   run     the installation. Each step looks first whether it is done, so it goes on after a power cut
#   blink   one lamp, until it is ended (lamps.sh)
#
# Exit codes of `run`: 0 done; 1 worth another try; 3 a person has to do something first.
# What happened stands in log.txt and result.txt beside this file, on the partition that every laptop reads.

set -eu

ROOT=${KANBAN_ROOT:-} # another root than /, to try this out
HERE=$ROOT/boot/firmware/kanban
STATE=$ROOT/var/lib/kanban-firstboot
ETC=$ROOT/etc/kanban-station
OPT=$ROOT/opt/kanban-station
DATA=$ROOT/var/lib/kanban-station

# shellcheck source=/dev/null
. "$HERE/setup.conf"
for part in report lamps system partition program root; do
    # shellcheck source=/dev/null
    . "$HERE/$part.sh"
done

STEPS="check_machine set_clock end_dialogue make_user let_in make_data put_files install_program
put_units join_hub start_station clean_card close_root"

start() {
    open_radio
    install -m 644 "$HERE/kanban-firstboot.service" "$ROOT/etc/systemd/system/kanban-firstboot.service"
    systemctl daemon-reload
    # Enabled too: it goes on also where cloud-init takes its own work for done.
    systemctl enable kanban-firstboot.service
    # Not waited for: cloud-init holds back the whole system until this has returned.
    systemctl start --no-block kanban-firstboot.service
}

run() {
    mkdir -p "$STATE"
    begin_report
    still
    lamps works
    for step in $STEPS; do
        STEP=$step
        say "$step"
        $step
    done
    touch "$STATE/done"
    end_report
    lamps station
    sync
    # Once, so that the closed system comes up. The station has been working since `start_station`.
    [ ! -e "$STATE/restart" ] || systemctl reboot
}

case ${1:-} in
    start) start ;;
    run) run ;;
    blink) blink "$2" "$3" ;;
    *)
        echo "usage: firstboot.sh start | run | blink PIN PATTERN" >&2
        exit 2
        ;;
esac
