"""The signature of a webhook: Standard Webhooks, symmetric scheme `v1` (standardwebhooks.com)."""

import base64
import hashlib
import hmac


def headers(key: bytes, notice_id: str, at_s: int, body: bytes) -> dict[str, str]:
    """The three headers that let the receiver know sender, age and content. `at_s` is Unix time."""
    content = b".".join([notice_id.encode(), str(at_s).encode(), body])
    signed = base64.b64encode(hmac.new(key, content, hashlib.sha256).digest()).decode()
    return {
        "webhook-id": notice_id,
        "webhook-timestamp": str(at_s),
        "webhook-signature": f"v1,{signed}",
    }
