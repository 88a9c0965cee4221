# The operating system as the image brings it, made fit for a station.

FLASH="flash Raspberry Pi OS Lite (64-bit, Trixie) and have the hub write the card again"

check_machine() {
    machine=$(dpkg --print-architecture)
    [ "$machine" = arm64 ] || fail 3 "this Raspberry Pi OS is for $machine, not for 64 bits" "$FLASH"
    python3 -c 'import sys; sys.exit(sys.version_info < (3, 11))' ||
        fail 3 "this Raspberry Pi OS has no Python 3.11 or later" "$FLASH"
    python3 -c 'import ensurepip, lgpio, venv' ||
        fail 3 "python3-venv or python3-lgpio is missing in this image" "$FLASH"
}

# The image keeps Wi-Fi off until a country is known (RPi-Distro/pi-gen, stage2/02-net-tweaks). The card knows one.
# Called before NetworkManager starts.
open_radio() {
    [ -n "$WIFI" ] || return 0
    state=$ROOT/var/lib/NetworkManager/NetworkManager.state
    [ ! -e "$state" ] || sed -i 's/^WirelessEnabled=false/WirelessEnabled=true/' "$state"
    for blocked in "$ROOT"/var/lib/systemd/rfkill/*:wlan; do
        [ ! -e "$blocked" ] || echo 0 >"$blocked"
    done
    rfkill unblock wifi || true
}

# Without a clock of its own the Pi starts at the day when the image was made. The hub's certificate is younger.
set_clock() {
    [ "$(date +%s)" -ge "$WRITTEN_AT_S" ] || date -s "@$WRITTEN_AT_S" >/dev/null
}

# The image asks at its first start for a user's name, on a screen, and multi-user.target waits for the answer
# (userconf-pi). These are the lines of its own `cancel-rename`.
end_dialogue() {
    systemctl disable --now userconfig.service || true
    rm -f "$ROOT/etc/ssh/sshd_config.d/rename_user.conf"
    systemctl enable getty@tty1.service || true
}

make_user() {
    for group in gpio i2c input dialout; do
        getent group "$group" >/dev/null || groupadd --system "$group"
    done
    getent passwd kanban >/dev/null || useradd --system --user-group --home-dir /var/lib/kanban-station \
        --no-create-home --shell /usr/sbin/nologin kanban
    usermod --append --groups gpio,dialout,input,i2c kanban
}

# Nobody logs in by a password, and by a key only who was named for this card.
let_in() {
    if [ ! -f "$HERE/ssh.pub" ]; then
        systemctl disable --now ssh.service || true
        return 0
    fi
    user=$(getent passwd 1000 | cut -d: -f1)
    home=$(getent passwd 1000 | cut -d: -f6)
    [ -n "$user" ] || fail 3 "this image has no first user to whom the SSH key could be given" "$FLASH"
    install -d -m 700 -o "$user" "$ROOT$home/.ssh"
    install -m 600 -o "$user" "$HERE/ssh.pub" "$ROOT$home/.ssh/authorized_keys"
    put "$ROOT/etc/ssh/sshd_config.d/10-kanban.conf" 644 "PasswordAuthentication no"
    put "$ROOT/etc/sudoers.d/010-kanban" 440 "$user ALL=(ALL) NOPASSWD:ALL"
    systemctl enable --now ssh.service
}

put_files() {
    mkdir -p "$ETC" "$OPT/releases"
    install -d -m 700 -o kanban -g kanban "$DATA"
    install -m 640 -o root -g kanban "$HERE/station.toml" "$ETC/station.toml"
    install -m 644 "$HERE/ca.crt" "$ETC/ca.crt"
    install -m 644 "$HERE/release.pem" "$ETC/release.pub"
    # The image swaps to a file of up to 2 GB in the room of its root partition (raspberrypi/rpi-swap, zram+file).
    put "$ROOT/etc/rpi/swap.conf.d/90-kanban.conf" 644 "[Main]
Mechanism=zram"
    # The scanner that is plugged in, by a name that the station's file can say before anybody has seen it.
    put "$ROOT/etc/udev/rules.d/60-kanban-scanner.rules" 644 \
        'SUBSYSTEM=="tty", KERNEL=="ttyACM*|ttyUSB*", SYMLINK+="kanban-scanner"'
    udevadm control --reload || true
    udevadm trigger --subsystem-match=tty || true
}

# put FILE MODE LINE: whole or not at all.
put() {
    mkdir -p "$(dirname "$1")"
    echo "$3" >"$1.new"
    chmod "$2" "$1.new"
    mv "$1.new" "$1"
}

# What nobody may find on the card any more, and what has no work left.
clean_card() {
    rm -f "$HERE/code" "$ROOT/boot/firmware/network-config" "$ROOT/boot/firmware/network-config.before-kanban"
    rm -rf "$HERE/release"
    touch "$ROOT/etc/cloud/cloud-init.disabled"
    sync
}
