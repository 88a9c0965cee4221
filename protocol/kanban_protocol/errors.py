"""What can be wrong with a message. `reason` is the short word counted and stored with the message."""

from typing import ClassVar


class ProtocolError(ValueError):
    """Something that crossed MQTT does not follow the contract. Never raised itself."""

    reason: ClassVar[str] = "protocol"


class UnknownTopicError(ProtocolError):
    reason = "unknown_topic"


class TooLargeError(ProtocolError):
    reason = "too_large"

    def __init__(self, size_bytes: int, limit_bytes: int) -> None:
        super().__init__(f"{size_bytes} bytes, at most {limit_bytes} are allowed")
        self.size_bytes = size_bytes
        self.limit_bytes = limit_bytes


class EmptyMessageError(ProtocolError):
    reason = "empty"


class NotUtf8Error(ProtocolError):
    reason = "not_utf8"


class NotJsonError(ProtocolError):
    reason = "not_json"


class NotAnObjectError(ProtocolError):
    reason = "not_an_object"


class TooDeepError(ProtocolError):
    reason = "too_deep"


class DuplicateKeyError(ProtocolError):
    """JSON leaves open which of two equal keys counts (RFC 8259 §4), so neither does."""

    reason = "duplicate_key"


class NotANumberError(ProtocolError):
    """NaN and Infinity are no JSON, though many writers send them."""

    reason = "not_a_number"


class UnknownVersionError(ProtocolError):
    reason = "unknown_version"


class SchemaError(ProtocolError):
    """A JSON object of a known version that is not of the message's form. Never raised itself."""

    reason = "schema"


class UnknownFieldError(SchemaError):
    reason = "unknown_field"


class MissingFieldError(SchemaError):
    reason = "missing_field"


class WrongTypeError(SchemaError):
    reason = "wrong_type"


class WrongValueError(SchemaError):
    """Of the right type, out of its range, length or list."""

    reason = "wrong_value"


class BadIdError(WrongValueError):
    """A string that should be an id and is not of an id's form."""

    reason = "bad_id"
