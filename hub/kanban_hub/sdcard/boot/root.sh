# The system, never written again: a card is worn out, and torn by power cuts, by what is written to it.
# Raspberry Pi OS would fetch the package overlayroot for it from the network (raspi-config, enable_overlayfs).

CMDLINE=$ROOT/boot/firmware/cmdline.txt
INITRAMFS=$ROOT/etc/initramfs-tools

close_root() {
    if [ -e "$STATE/plain" ] || [ -n "$WRITABLE" ]; then
        note "the system stays writable"
        return 0
    fi
    mkdir -p "$INITRAMFS/scripts/init-bottom"
    install -m 755 "$HERE/overlay" "$INITRAMFS/scripts/init-bottom/kanban-overlay"
    grep -qx overlay "$INITRAMFS/modules" 2>/dev/null || echo overlay >>"$INITRAMFS/modules"
    # For every kernel: which one starts depends on the Pi.
    if ! update-initramfs -u -k all >"$STATE/said.txt" 2>&1; then
        note "the system stays writable: $(tail -n 1 "$STATE/said.txt")"
        return 0
    fi
    sync
    sed 's|\([[:space:]]/boot/firmware[[:space:]].*defaults\)\([[:space:]]\)|\1,ro\2|' "$ROOT/etc/fstab" \
        >"$ROOT/etc/fstab.new"
    mv "$ROOT/etc/fstab.new" "$ROOT/etc/fstab"
    if ! grep -qw kanban.root=overlay "$CMDLINE"; then
        echo "$(cat "$CMDLINE") kanban.root=overlay" >"$CMDLINE.new"
        sync
        mv "$CMDLINE.new" "$CMDLINE"
    fi
    # Its room is free at the next start, and nothing makes it again.
    rm -f "$ROOT/var/swap"
    touch "$STATE/restart"
    sync
}
