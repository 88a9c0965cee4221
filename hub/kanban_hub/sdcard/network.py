"""How a station reaches its hub: by cable always, by Wi-Fi as well, with addresses from DHCP or fixed."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import pbkdf2_hmac
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_interface

Json = dict[str, object]

# IEEE 802.11: a network's name has 1 to 32 bytes, a passphrase 8 to 63 printable ASCII characters.
SSID_BYTES_MOST = 32
PASSPHRASE = re.compile(r"[ -~]{8,63}")
COUNTRY = re.compile(r"[A-Z]{2}")


@dataclass(frozen=True)
class Wifi:
    """A network with WPA2-Personal, also in the mixed mode of WPA2 and WPA3, and where in the world it is.

    `country` is the two letters of ISO 3166: Raspberry Pi OS keeps its radio off until it knows them.
    """

    ssid: str
    passphrase: str
    country: str
    is_hidden: bool = False

    @property
    def key(self) -> str:
        """What the passphrase and the name make of each other, 64 hex digits: it opens this network only.

        PBKDF2 as IEEE 802.11i, annex H.4, has it. It is what `wpa_passphrase` prints.
        """
        derived = pbkdf2_hmac("sha1", self.passphrase.encode("ascii"), self.ssid.encode(), 4096, 32)
        return derived.hex()

    @property
    def is_named(self) -> bool:
        return 1 <= len(self.ssid.encode()) <= SSID_BYTES_MOST

    @property
    def is_keyed(self) -> bool:
        return PASSPHRASE.fullmatch(self.passphrase) is not None

    @property
    def is_placed(self) -> bool:
        return COUNTRY.fullmatch(self.country) is not None

    def faults(self) -> Iterator[str]:
        if not self.is_named:
            size = len(self.ssid.encode())
            yield f"--wifi: a network's name has 1 to {SSID_BYTES_MOST} bytes, this has {size}"
        if not self.is_keyed:
            yield "the Wi-Fi's password has to be 8 to 63 printable ASCII characters"
        if not self.is_placed:
            yield (
                f"--wifi-country: {self.country!r} is not the two capital letters of a country, as DE or US: "
                "the Pi keeps its radio off until it knows them"
            )


@dataclass(frozen=True)
class FixedAddress:
    """Instead of DHCP. `address` is with its prefix, as `10.0.0.21/24`; names are asked of `dns`."""

    address: str
    gateway: str | None = None
    dns: tuple[str, ...] = ()

    def faults(self) -> Iterator[str]:
        try:
            interface = ip_interface(self.address)
        except ValueError:
            interface = None
        if interface is None or "/" not in self.address:
            yield f"--static-ip: {self.address!r} is not an address with its prefix, as 10.0.0.21/24"
        elif self.gateway and _address(self.gateway) and _address(self.gateway) not in interface.network:
            yield f"--gateway: {self.gateway} is not in the network of {self.address}: check both"
        for option, value in (("--gateway", self.gateway), *(("--dns", one) for one in self.dns)):
            if value is not None and _address(value) is None:
                yield f"{option}: {value!r} is not an address, as 10.0.0.1"

    def netplan(self) -> Json:
        settings: Json = {"dhcp4": False, "addresses": [self.address]}
        if self.gateway:
            settings["routes"] = [{"to": "default", "via": self.gateway}]
        if self.dns:
            settings["nameservers"] = {"addresses": list(self.dns)}
        return settings


@dataclass(frozen=True)
class Network:
    """The fixed address is the Wi-Fi's where there is one: two interfaces cannot share it."""

    wifi: Wifi | None = None
    fixed: FixedAddress | None = None

    def faults(self) -> Iterator[str]:
        for part in (self.wifi, self.fixed):
            if part is not None:
                yield from part.faults()

    def netplan(self) -> Json:
        """As netplan's version 2, which cloud-init hands on: netplan.readthedocs.io, YAML reference.

        The cable is optional, so that a station on Wi-Fi does not wait for it at each start; the same the
        other way round.
        """
        fixed = self.fixed.netplan() if self.fixed is not None else {"dhcp4": True}
        if self.wifi is None:
            return {"version": 2, "ethernets": {"eth0": fixed | {"optional": True}}}
        # Without `auth` netplan allows WPA2 and the mixed mode with WPA3, as Raspberry Pi Imager has it.
        point: Json = {"password": self.wifi.key} | ({"hidden": True} if self.wifi.is_hidden else {})
        wlan = fixed | {
            "optional": True,
            "regulatory-domain": self.wifi.country,
            "access-points": {self.wifi.ssid: point},
        }
        return {
            "version": 2,
            "ethernets": {"eth0": {"dhcp4": True, "optional": True}},
            "wifis": {"wlan0": wlan},
        }


def _address(text: str) -> IPv4Address | IPv6Address | None:
    try:
        return ip_address(text)
    except ValueError:
        return None
