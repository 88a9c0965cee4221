"""A list of open requests as DELJIT, UN/EDIFACT directory D.97A: the just-in-time call-off.

One SEQ group a request, in the order of the queue, with the kanban card number as GIR of set 3 (package).
The message replaces the one before (message function 5), as each call-off of VDA 4905 does: what is no
longer on it is served or withdrawn.
"""

from kanban_hub.requests.edifact import EdifactError, Envelope, interchange, pieces, segment, stamp
from kanban_hub.requests.request import OpenRequest, RequestList

KIND = "DELJIT:D:97A:UN"
SEQ_MOST = 9_999
IDENTITY_MOST = 35
"""Data element 7402."""
_BY_BUYER = "92"  # 3055: assigned by the buyer


def deljit(requests: RequestList) -> bytes:
    """The interchange. With nothing open it has one SEQ of number 0 and no line, for a SEQ is mandatory.

    Raises `EdifactError` where a number does not fit.
    """
    if len(requests.requests) > SEQ_MOST:
        raise EdifactError(f"{len(requests.requests)} requests: a DELJIT holds {SEQ_MOST}; take CSV or JSON")
    body = [*_head(requests)]
    for request in requests.requests:
        body += _group(request)
    if not requests.requests:
        body.append(segment("SEQ", "", 0))
    reference = str(requests.number)
    envelope = Envelope(requests.site, requests.supplier, reference, requests.as_of_ms)
    return interchange(envelope, KIND, body)


def _head(requests: RequestList) -> list[str]:
    name = pieces(requests.supplier_name, 5)
    return [
        segment("BGM", 242, requests.number, 5),  # 1001: delivery just in time; 1225: replace
        segment("DTM", (137, stamp(requests.as_of_ms), 203)),  # document time
        segment("NAD", "BY", (requests.site, "", _BY_BUYER)),
        segment("NAD", "SU", (requests.supplier, "", _BY_BUYER), "", name),
    ]


def _group(request: OpenRequest) -> list[str]:
    number = request.card.upper()
    if len(number) > IDENTITY_MOST:
        raise EdifactError(f"{number} is longer than {IDENTITY_MOST} characters: take CSV or JSON")
    own = [segment("PIA", 1, (request.supplier_item, "SA"))] if request.supplier_item else []
    return [
        segment("SEQ", "", request.place),
        segment("LIN", request.place, "", (request.item, "IN")),  # 7143: buyer's item number
        *own,  # SA: supplier's article number
        segment("IMD", "F", "", ("", "", "", *pieces(request.item_name, 2))),
        segment("GIR", 3, (number, "ML")),  # 7297: package; 7405: marking or label number
        segment("LOC", 159, (request.consumer, "", _BY_BUYER)),  # 3227: where inside the plant
        segment("QTY", (131, request.quantity, "PCE")),  # 6063: delivery quantity
        segment("DTM", (2, stamp(request.needed_ms), 203)),  # 2005: delivery requested
    ]
