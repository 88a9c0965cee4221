"""Renewal: another pair in time, tried before it is used."""

from dataclasses import dataclass
from pathlib import Path

import msgspec

from kanban_device.errors import DataUnusableError
from kanban_device.joining.doorway import Doorway
from kanban_device.joining.errors import JoinError, NotJoinedError, NotTakenError
from kanban_device.joining.identity import Facts, Identity, Pair
from kanban_device.joining.request import Request
from kanban_protocol.endpoint import Endpoint
from kanban_protocol.handshake import Verdict, tried


@dataclass(frozen=True)
class Renewal:
    """`endpoint` is the broker as the file names it; `url` the hub's door, where the file names one."""

    data: Path
    endpoint: Endpoint
    url: str | None = None

    def facts(self) -> Facts:
        """Of the pair in use. Raises `NotJoinedError`."""
        return self._current()[1]

    def renew(self) -> Pair:
        """Get another pair with the one in use, try it at hub and broker, and use it.

        Raises a `DeviceError`; the pair in use then goes on.
        """
        (pair, facts), identity = self._current(), Identity(self.data)
        url = self.url or facts.hub
        request = Request.of(facts.station)
        try:
            trusted = pair.trusted.read_text()
            answer = Doorway(url, trusted, pair).post("/renew", {"csr": request.text})
            fresh = identity.keep(request.answered(answer, url))
            try:
                self._try(fresh, url)
            except JoinError:
                identity.drop(fresh)
                raise
            identity.switch(fresh)
        except OSError as error:
            raise DataUnusableError(identity.folder, error.strerror or str(error)) from error
        return fresh

    def _try(self, pair: Pair, url: str) -> None:
        try:
            Doorway(url, pair.trusted.read_text(), pair).get("/certificate")
        except JoinError as error:
            raise NotTakenError(url, str(error)) from None
        if (
            not self.endpoint.tls
            or self.endpoint.certificate is not None
            or self.endpoint.username is not None
        ):
            return  # the broker goes by something else
        named = Endpoint(
            self.endpoint.host,
            self.endpoint.port,
            tls=True,
            ca=self.endpoint.ca or str(pair.trusted),
            certificate=str(pair.certificate),
            key=str(pair.key),
        )
        found = tried(named)
        if found.verdict is not Verdict.ACCEPTED:
            raise NotTakenError(str(self.endpoint), found.detail or found.verdict.value)

    def _current(self) -> tuple[Pair, Facts]:
        pair = Identity(self.data).current()
        if pair is None:
            raise NotJoinedError
        try:
            return pair, pair.facts()
        except (OSError, msgspec.DecodeError):
            raise NotJoinedError from None
