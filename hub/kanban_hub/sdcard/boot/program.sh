# The station's program: what is signed is installed, joins the hub, and runs.

HUB_TRIES=10
HUB_PAUSE_S=10

# The signature first, then every hash: only what your key has signed runs here. No network is asked.
install_program() {
    if [ -e "$OPT/current" ] && [ ! -d "$HERE/release" ]; then
        return 0
    fi
    number=$(signed_number "$HERE/release")
    [ -n "$number" ] || fail 3 "the release on the card is not signed by your key" "have the hub write the card again"
    if [ "$(basename "$(readlink "$OPT/current" || true)")" = "$number" ]; then
        return 0
    fi
    unpack_release "$HERE/release" "$STATE/unpacked" 2>"$STATE/said.txt" ||
        fail 3 "the release on the card cannot be used: $(tail -n 1 "$STATE/said.txt")" \
            "have the hub write the card again"
    # The release's own installer puts it where later ones come to lie beside it.
    PYTHONPATH=$STATE/unpacked python3 -m kanban_device update install "$HERE/release" \
        --config "$ETC/station.toml" --key "$ETC/release.pub" --root "$OPT" >"$STATE/said.txt" 2>&1 ||
        fail 3 "the release was not installed: $(tail -n 1 "$STATE/said.txt")" \
            "have the hub write a card with another release"
    rm -rf "$STATE/unpacked"
    sync
}

# The number of the release in FOLDER, or nothing if no key of ours has signed it.
signed_number() {
    rm -rf "$STATE/keys"
    mkdir -p "$STATE/keys"
    # openssl reads one key a file.
    awk -v to="$STATE/keys/" '/BEGIN PUBLIC KEY/ { n++ } n { print > (to n ".pem") }' "$ETC/release.pub"
    for key in "$STATE"/keys/*.pem; do
        if openssl pkeyutl -verify -pubin -inkey "$key" -rawin -in "$1/manifest.json" \
            -sigfile "$1/manifest.sig" >/dev/null 2>&1; then
            python3 -c 'import json, sys; print(int(json.load(open(sys.argv[1]))["number"]))' "$1/manifest.json"
            return 0
        fi
    done
}

# The wheels of the release in FOLDER for this machine, each compared with the manifest, unpacked into TARGET.
unpack_release() { # FOLDER TARGET
    rm -rf "$2"
    python3 - "$1" "$2" <<'PYTHON'
import hashlib, io, json, platform, re, sys, zipfile
from pathlib import Path

folder, target = map(Path, sys.argv[1:])
minor, machine = sys.version_info.minor, platform.machine()


def fits(file):
    if file["machine"] not in ("any", machine):
        return False
    named = re.fullmatch(r"cp3(\d+)(\+?)", file["python"])
    return named is None or minor == int(named[1]) or (bool(named[2]) and minor > int(named[1]))


files = [file for file in json.loads((folder / "manifest.json").read_bytes())["files"] if fits(file)]
if not any(file["name"].startswith("kanban_signal_station-") for file in files):
    sys.exit(f"it has no station's program for Python 3.{minor} on {machine}")
for file in files:
    try:
        content = (folder / file["name"]).read_bytes()
    except OSError as error:
        sys.exit(f"{file['name']}: {error.strerror}")
    if hashlib.sha256(content).hexdigest() != file["sha256"]:
        sys.exit(f"{file['name']} is not whole")
    zipfile.ZipFile(io.BytesIO(content)).extractall(target)
PYTHON
}

# The one-time code makes a key of this Pi known to the hub; asked again with the same key, it answers the same.
join_hub() {
    [ ! -e "$STATE/joined" ] || return 0
    tries=1
    # By the environment: what stands on a command line, every process may read.
    KANBAN_JOIN_CODE=$(cat "$HERE/code")
    export KANBAN_JOIN_CODE
    while :; do
        code=0
        runuser -u kanban -- "$OPT/current/bin/kanban-station" join --config "$ETC/station.toml" \
            --hub "$DOOR" --ca "$ETC/ca.crt" >"$STATE/said.txt" 2>&1 || code=$?
        [ "$code" -ne 0 ] || break
        why=$(tail -n 1 "$STATE/said.txt")
        say "join: $why"
        [ "$code" -ne 2 ] || fail 3 "the station's file is faulty: $why" "mend it, and have the hub write the card again"
        [ "$tries" -lt "$HUB_TRIES" ] || fail 1 "this station has not joined: $why" \
            "look at the network and the hub ($DOOR); is the code void, have the hub write the card again"
        tries=$((tries + 1))
        sleep "$HUB_PAUSE_S"
    done
    touch "$STATE/joined"
    sync
}

# The release carries the units and settings that go with it (`kanban_device/pi` in its own wheel).
put_units() {
    for tree in "$OPT"/current/lib/python3*/site-packages/kanban_device/pi; do
        cp -R "$tree/." "$ROOT/"
    done
    systemctl daemon-reload
    systemctl restart systemd-modules-load.service systemd-journald.service || true
}

start_station() {
    for unit in kanban-station.service kanban-station-update.path kanban-station-renew.timer; do
        [ ! -e "$ROOT/etc/systemd/system/$unit" ] || systemctl enable --now "$unit"
    done
}
