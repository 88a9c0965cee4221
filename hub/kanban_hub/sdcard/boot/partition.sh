# A partition of its own for signals, keys and releases, behind the system's, so that the system can be read-only.
# Never touched: anything on the card that this script has not made itself.

MIB_SECTORS=2048
DATA_LEAST_MIB=1024
DATA_MOST_MIB=8192
# As device/read-only/fstab has them: what a station keeps, and its releases.
DATA_LINE="LABEL=KANBAN-DATA  /data  ext4  \
data=ordered,commit=5,errors=remount-ro,noatime,nodev,nosuid,nofail,x-systemd.device-timeout=180s  0  2"
STATION_LINE="/data/station   /var/lib/kanban-station  none  bind,nofail  0  0"
RELEASES_LINE="/data/releases  /opt/kanban-station      none  bind,nofail  0  0"

make_data() {
    [ ! -e "$STATE/plain" ] || return 0
    find_disk
    if [ -z "$(bounds)" ] && [ ! -s "$STATE/partition" ]; then
        choose_bounds || return 0
    fi
    if [ -s "$STATE/partition" ]; then
        cut_partition || return 0
    fi
    if [ "$(blkid -s LABEL -o value "$part" || true)" != KANBAN-DATA ]; then
        go_plain "partition 3 of the card is somebody else's, and was left alone"
        return 0
    fi
    mount_data
}

# Sets disk, and part as the kernel names its third partition: mmcblk0p3, nvme0n1p3, sda3.
find_disk() {
    disk=/dev/$(lsblk -n -o PKNAME "$(findmnt -n -o SOURCE /)" | head -n 1)
    case $disk in
        *[0-9]) part=${disk}p3 ;;
        *) part=${disk}3 ;;
    esac
}

# Notes the first and last sector of the room at the end of the card, before anything is done to it.
choose_bounds() {
    table=$(parted -m -s "$disk" unit s print free)
    numbers=$(parted -m -s "$disk" unit s print | awk -F: '$1 ~ /^[0-9]+$/ { printf "%s ", $1 }')
    # The last line of the list is the room at the end, if there is any: "1:START:END:SIZE:free;".
    room=$(echo "$table" | tail -n 1 | awk -F: '$5 == "free;" { gsub("s", ""); print $2, $3 }')
    room=${room:-0 0}
    step=$((4 * MIB_SECTORS))
    first=$(((${room% *} + step - 1) / step * step))
    size=$((${room#* } + 1 - first))
    if [ "$numbers" != "1 2 " ] || [ "$size" -lt $((DATA_LEAST_MIB * MIB_SECTORS)) ]; then
        go_plain "there is no room of $DATA_LEAST_MIB MiB behind the system's partition: for one, flash the card \
again and write it before its first start"
        return 1
    fi
    # The rest stays empty: a card lives longer with room that is never written.
    [ "$size" -le $((DATA_MOST_MIB * MIB_SECTORS)) ] || size=$((DATA_MOST_MIB * MIB_SECTORS))
    echo "$first $((first + size - 1))" >"$STATE/partition.new"
    sync
    mv "$STATE/partition.new" "$STATE/partition"
    sync
}

# Goes on wherever a power cut left it: the note goes last, and while it is there the partition is ours and empty.
cut_partition() {
    wanted=$(cat "$STATE/partition")
    [ -n "$(bounds)" ] || parted -s "$disk" unit s mkpart primary ext4 "${wanted% *}" "${wanted#* }"
    partprobe "$disk" || true
    udevadm settle || true
    if [ "$(bounds)" != "$wanted" ]; then
        rm "$STATE/partition"
        go_plain "partition 3 of the card is not the one that was cut, and was left alone"
        return 1
    fi
    say "making the file system of $part, sectors $wanted"
    mkfs.ext4 -q -F -L KANBAN-DATA "$part"
    sync
    rm "$STATE/partition"
}

# The first and the last sector of partition 3, or nothing.
bounds() {
    parted -m -s "$disk" unit s print | awk -F: '$1 == 3 { gsub("s", ""); print $2, $3 }'
}

# Without the partition everything lies on the system's, which then stays writable.
go_plain() {
    note "no data partition: $1"
    echo "$1" >"$STATE/plain"
    sync
}

mount_data() {
    mkdir -p "$ROOT/data" "$DATA" "$OPT"
    mount_line /data "$DATA_LINE"
    mkdir -p "$ROOT/data/station" "$ROOT/data/releases"
    mount_line /var/lib/kanban-station "$STATION_LINE"
    mount_line /opt/kanban-station "$RELEASES_LINE"
}

mount_line() { # PLACE LINE
    keep_in_fstab "$1" "$2"
    systemctl daemon-reload
    is_mounted "$1" || mount "$1"
}

keep_in_fstab() { # PLACE LINE
    grep -q " $1 " "$ROOT/etc/fstab" && return 0
    { cat "$ROOT/etc/fstab" && echo "$2"; } >"$ROOT/etc/fstab.new"
    sync
    mv "$ROOT/etc/fstab.new" "$ROOT/etc/fstab"
}

is_mounted() {
    findmnt -n -M "$ROOT$1" >/dev/null
}
