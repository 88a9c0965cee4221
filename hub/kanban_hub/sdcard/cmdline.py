"""The kernel's command line on the boot partition, changed by words."""

# What the image's own first start is told by, and what another card-writing program has left.
_STALE = ("resize", "systemd.run=", "systemd.run_success_action=", "systemd.unit=kernel-command-line.target")
_OURS = ("ds=nocloud", "cfg80211.ieee80211_regdom=")

# What Raspberry Pi OS has on it (RPi-Distro/pi-gen, stage1/00-boot-files), with the root partition named by
# the label that every image gives it, where the image's own number cannot be read.
STOCK = "console=serial0,115200 console=tty1 root=LABEL=rootfs rootfstype=ext4 fsck.repair=yes rootwait"


def prepared(line: str, instance: str, country: str | None) -> str:
    """`line`, so that cloud-init knows the card and the root partition stays as it is.

    - Without the word `resize` the image does not stretch its root over the whole card at the first start
      (raspberrypi-sys-mods, initramfs-tools/scripts/local-premount/resize_early): the room behind it is for
      the partition that keeps the station's signals.
    - `ds=nocloud;i=` and the radio's country are what Raspberry Pi Imager adds.
    """
    words = [word for word in line.split() if not _is_replaced(word)]
    words.append(f"ds=nocloud;i={instance}")
    if country is not None:
        words.append(f"cfg80211.ieee80211_regdom={country}")
    return " ".join(words) + "\n"


def _is_replaced(word: str) -> bool:
    return word == "resize" or word.startswith((*_STALE[1:], *_OURS))
