# What people read on the card afterwards: log.txt, and result.txt, whose first word is done, failed or waits.

STEP=begin
TOLD=
NOTES=

say() {
    line="$(date '+%Y-%m-%d %H:%M:%S') $*"
    echo "$line"
    echo "$line" >>"$HERE/log.txt" || true
}

result() {
    { printf '%s\n' "$@" >"$HERE/result.new" && mv "$HERE/result.new" "$HERE/result.txt"; } || true
    sync
}

# Worth knowing when all is done, and no failure.
note() {
    say "note: $1"
    NOTES="${NOTES}Note: $1
"
}

begin_report() {
    trap ended EXIT
    result "waits: the installation goes on since $(date '+%Y-%m-%d %H:%M')" "Leave the power on."
}

end_report() {
    result "done: this Raspberry Pi is the station $STATION" "${NOTES}Its page at the hub shows it online. \
Test it there: light each lamp in turn, and press each button once."
    say "done"
    TOLD=yes
}

# fail CODE WHAT REMEDY: 1 is tried again by itself, 3 at the next start only.
fail() {
    say "failed: $2"
    again="It tries again every half minute."
    [ "$1" -eq 1 ] || again="It tries again when the power is switched off and on."
    result "failed: $2" "What to do: $3" "$again" "What was done before is kept. The whole story is in log.txt."
    TOLD=yes
    exit "$1"
}

# Whatever ends this, and however: the lamps and the result say so.
ended() {
    code=$?
    if [ "$code" -ne 0 ] && [ -z "$TOLD" ]; then
        code=1
        (fail 1 "the step $STEP stopped" \
            "read the last lines of log.txt; flash the card again if it does not help") || true
    fi
    still
    [ "$code" -eq 0 ] || lamps failed
    exit "$code"
}
