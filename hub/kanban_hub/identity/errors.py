"""What can go wrong with stations' identities. `reason` is for programs, `status` of HTTP."""

from typing import ClassVar

from kanban_hub.errors import HubError


class IdentityError(HubError):
    """Never raised itself."""

    reason: ClassVar[str] = "refused"
    status: ClassVar[int] = 403


class UnknownStationError(IdentityError):
    reason = "unknown_station"
    status = 404

    def __init__(self, station: str) -> None:
        super().__init__(f"the plant has no station {station[:40]!r}: add it, or correct `station.id`")
        self.station = station


class LifeError(IdentityError):
    """A code that is to live too short or too long."""

    reason = "bad_life"
    status = 400

    def __init__(self, life_s: float, least_s: int, most_s: int) -> None:
        super().__init__(f"a code lives {least_s} to {most_s} s, not {life_s:g}")
        self.life_s = life_s


class NoCodeError(IdentityError):
    reason = "no_code"

    def __init__(self, station: str) -> None:
        super().__init__(f"no code is open for station {station}: make one at the hub")
        self.station = station


class WrongCodeError(IdentityError):
    reason = "wrong_code"

    def __init__(self, station: str, tries_left: int) -> None:
        left = f"{tries_left} tries are left" if tries_left != 1 else "1 try is left"
        told = left if tries_left else "it is void now: make a new one at the hub"
        super().__init__(f"this is not the code of station {station}; {told}")
        self.station = station
        self.tries_left = tries_left


class OtherStationsCodeError(IdentityError):
    reason = "code_of_other_station"

    def __init__(self, station: str) -> None:
        super().__init__(f"this code was made for another station than {station}: SD card or note mixed up?")
        self.station = station


class TooManyTriesError(IdentityError):
    reason = "too_many_tries"

    def __init__(self, station: str) -> None:
        super().__init__(
            f"wrong codes were sent too often: the code of station {station} is void, make a new one"
        )
        self.station = station


class ExpiredCodeError(IdentityError):
    reason = "code_expired"

    def __init__(self, station: str) -> None:
        super().__init__(f"the code of station {station} has expired: make a new one at the hub")
        self.station = station


class UsedCodeError(IdentityError):
    reason = "code_used"

    def __init__(self, station: str) -> None:
        super().__init__(
            f"the code of station {station} was used already, by another key: "
            "if that was not you, revoke the station; make a new code at the hub"
        )
        self.station = station


class WithdrawnCodeError(IdentityError):
    reason = "code_withdrawn"

    def __init__(self, station: str) -> None:
        super().__init__(f"the code of station {station} was withdrawn: make a new one at the hub")
        self.station = station


class TooOftenError(IdentityError):
    reason = "too_often"
    status = 429

    def __init__(self) -> None:
        super().__init__("tried too often from this address: wait a minute")


class RequestError(IdentityError):
    """A certificate request that is not signed."""

    reason = "bad_request"
    status = 400


class CertificateNeededError(IdentityError):
    reason = "no_certificate"
    status = 401

    def __init__(self) -> None:
        super().__init__("this needs the station's own certificate; a station without one joins with a code")


class RevokedError(IdentityError):
    reason = "revoked"

    def __init__(self, station: str) -> None:
        super().__init__(f"the certificate of station {station} is revoked: it joins again with a new code")
        self.station = station


class NothingToRevokeError(IdentityError):
    reason = "nothing_to_revoke"
    status = 404

    def __init__(self, station: str) -> None:
        super().__init__(
            f"station {station} has no certificate of this hub: a user of the broker is removed there, "
            "with mosquitto_passwd -D"
        )
        self.station = station


class AuthorityError(IdentityError):
    """The authority's files cannot be used."""

    reason = "authority"
    status = 500
