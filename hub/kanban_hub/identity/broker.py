"""What Mosquitto needs of the hub: its certificate, whom it may trust, who was revoked, who may say what.

All of it lies in `identity/broker` of the data directory. Mosquitto's own directory is written by root, who
copies these files there when they change (`kanban-hub-broker.path`).
"""

from collections.abc import Iterable

from cryptography import x509

from kanban_hub.identity import keyfile, own, paper
from kanban_hub.identity.authority import Authority, locked
from kanban_hub.identity.own import HUB_NAME
from kanban_protocol.topics import ROOT

CANARY = "kanban_canary"
PORT = 8883
INSTALLED = "/etc/mosquitto/kanban"

_SETTINGS = """\
# Mosquitto for kanban stations, written by `kanban-hub broker`. Put it to /etc/mosquitto/conf.d/kanban.conf.
listener {port}
certfile {at}/server.crt
keyfile {at}/server.key
{identity}
acl_file {at}/kanban.acl
allow_anonymous false
# The name in the certificate or at the log-in is the client's id too: nobody throws out another station.
use_username_as_clientid true
# The outboxes and the hub keep all that must outlive the broker.
persistence false
set_tcp_nodelay true
max_packet_size 20000
max_queued_messages 2000
max_inflight_messages 200
"""
_BY_CERTIFICATE = """\
cafile {at}/ca.crt
crlfile {at}/crl.pem
require_certificate true
use_identity_as_username true"""
_BY_PASSWORD = "password_file {at}/passwords"  # noqa: S105  # a setting's name
_ACCESS = """\
pattern write {root}/{site}/up/%u/#
pattern read {root}/{site}/down/%u/#
pattern read {root}/{site}/hub/#
user {hub}
topic readwrite {root}/{site}/#
"""


class BrokerFolder:
    """The files of the broker, beside the authority's."""

    def __init__(self, authority: Authority) -> None:
        self._authority = authority
        self.path = authority.folder / "broker"
        self.canary = authority.folder / "canary.pem"

    @property
    def is_made(self) -> bool:
        """Whether the broker was ever set up from here."""
        return (self.path / "server.crt").exists()

    def make(self, site: str, names: Iterable[str], now_ms: int, *, by_password: bool = False) -> None:
        """Write everything for a broker that is reached under `names`."""
        keyfile.make_folder(self.path)
        identity = (_BY_PASSWORD if by_password else _BY_CERTIFICATE).format(at=INSTALLED)
        settings = _SETTINGS.format(port=PORT, at=INSTALLED, identity=identity)
        access = _ACCESS.format(root=ROOT, site=site, hub=HUB_NAME)
        with locked(self._authority.folder):
            keyfile.write(self.path / "kanban.conf", settings.encode())
            keyfile.write(self.path / "kanban.acl", access.encode())
            self._certify(names, now_ms)
            self._keep(now_ms)

    def keep(self, now_ms: int) -> None:
        """Renew what runs out, and follow the authority; nothing where no broker was set up from here."""
        if self.is_made:
            with locked(self._authority.folder):
                self._keep(now_ms)

    def _keep(self, now_ms: int) -> None:
        certificate, bundle = self.path / "server.crt", self.path / "ca.crt"
        is_fresh = own.is_fresh(certificate.read_bytes(), self._authority, now_ms)
        is_known = bundle.exists() and bundle.read_bytes() == self._authority.bundle
        if is_fresh and is_known and self._is_whole():
            return
        if not is_fresh:
            self._certify(sorted(own.names_in(certificate.read_bytes())), now_ms)
        keyfile.write(bundle, self._authority.bundle)
        # Each authority has a list of its own. It is written last: who watches it then copies all of them.
        self._list(self.listed(), now_ms)

    def listed(self) -> set[int]:
        """The serial numbers in the list, without the canary's."""
        return self._in_list() - self._canary_serial()

    def revoke(self, serials: Iterable[int], now_ms: int) -> bool:
        """Have at least `serials` in the list; whether it was written.

        What is in it stays: a hub that was restored has forgotten some.
        """
        keyfile.make_folder(self.path)
        with locked(self._authority.folder):
            listed = self.listed()
            if set(serials) <= listed and self._is_whole():
                return False
            self._list(listed | set(serials), now_ms)
        return True

    def _is_whole(self) -> bool:
        """Whether the canary is in the list: a power cut may have come between the two."""
        canary = self._canary_serial()
        return bool(canary) and canary <= self._in_list()

    def _in_list(self) -> set[int]:
        path = self.path / "crl.pem"
        if not path.exists():
            return set()
        return {entry.serial_number for one in _lists(path.read_bytes()) for entry in one}

    def _list(self, serials: Iterable[int], now_ms: int) -> None:
        """With each list a certificate is made and revoked in it: who is refused by it has read this list."""
        key = paper.fresh_key()
        span_ms = now_ms, now_ms + paper.AUTHORITY_DAYS * paper.DAY_MS
        made = paper.client(self._authority.signer, CANARY, key.public_key(), span_ms)
        keyfile.write(self.canary, paper.key_pem(key) + paper.pem(made))
        revoked = {*serials, made.serial_number}
        lists = (paper.revocations(one, revoked, now_ms // 1000, now_ms) for one in self._authority.signers)
        keyfile.write(self.path / "crl.pem", b"".join(lists))

    def _canary_serial(self) -> set[int]:
        if not self.canary.exists():
            return set()
        return {x509.load_pem_x509_certificate(self.canary.read_bytes()).serial_number}

    def _certify(self, names: Iterable[str], now_ms: int) -> None:
        key, span_ms = paper.fresh_key(), (now_ms, now_ms + paper.SERVER_DAYS * paper.DAY_MS)
        made = paper.server(self._authority.signer, names, key.public_key(), span_ms)
        keyfile.write(self.path / "server.key", paper.key_pem(key))
        keyfile.write(self.path / "server.crt", paper.pem(made))


def _lists(pem: bytes) -> list[x509.CertificateRevocationList]:
    end = b"-----END X509 CRL-----"
    return [x509.load_pem_x509_crl(part + end) for part in pem.split(end) if part.strip()]
