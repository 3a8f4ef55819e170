"""Signed webhooks as bytes, in Meta's wire form, filled into templates."""

import hmac
import time

from bench.load.plan import Number

_AROUND = (
    b'{"object":"whatsapp_business_account","entry":[{"id":"310277445566100","changes":[{"value":'
    b'{"messaging_product":"whatsapp","metadata":{"display_phone_number":"551130000100","phone_number_id":"%b"},'
)
_CONTACT = b'"contacts":[{"profile":{"name":"Maria %b"},"wa_id":"%b","user_id":"%b"}],'
_MESSAGE = (
    b'"messages":[{"from":"%b","from_user_id":"%b","id":"%b","timestamp":"%d",'
    b'"text":{"body":"%b"},"type":"text"}]},"field":"messages"}]}]}'
)
_STATUS = (
    b'"statuses":[{"id":"%b","status":"%b","timestamp":"%d","recipient_id":"%b","recipient_user_id":"%b"%b%b}]},'
    b'"field":"messages"}]}]}'
)
_CALLBACK = b',"biz_opaque_callback_data":"%b"'
_PRICING = (
    b',"pricing":{"billable":false,"pricing_model":"PMP","category":"service","type":"free_customer_service"}'
)
_PRICED = (b"sent", b"delivered")
_HEAD = (
    b"POST %b HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-type: application/json\r\n"
    b"user-agent: facebookexternalua\r\n"
)
_REST = b"content-length: %d\r\nx-hub-signature-256: sha256=%b\r\n\r\n%b"


class Writer:
    """Writes the webhooks of one number."""

    def __init__(self, number: Number) -> None:
        self._head = _HEAD % number.path.encode()
        self._around = _AROUND % number.phone_number_id.encode()
        self._business = number.phone_number_id[-9:].encode()
        self._secret = number.secret.encode()

    def message(self, wa_id: bytes, wamid: bytes, text: bytes) -> bytes:
        user_id, contact = self._who(wa_id)
        return self._signed(contact + _MESSAGE % (wa_id, user_id, wamid, int(time.time()), text))

    def status(self, wa_id: bytes, wamid: bytes, status: bytes, callback: bytes | None) -> bytes:
        user_id, contact = self._who(wa_id)
        said_back = _CALLBACK % callback if callback else b""
        pricing = _PRICING if status in _PRICED else b""
        told = _STATUS % (wamid, status, int(time.time()), wa_id, user_id, said_back, pricing)
        return self._signed(contact + told)

    def _who(self, wa_id: bytes) -> tuple[bytes, bytes]:
        """The id that the person has with this business, and how a webhook introduces the person."""
        user_id = b"BR.%b%b" % (self._business, wa_id[-11:])
        return user_id, _CONTACT % (wa_id[-4:], wa_id, user_id)

    def _signed(self, rest: bytes) -> bytes:
        body = self._around + rest
        digest = hmac.digest(self._secret, body, "sha256").hex().encode()
        return self._head + _REST % (len(body), digest, body)


def wa_id(person: int) -> bytes:
    """A mobile number of São Paulo."""
    return b"55119%08d" % person


def wamid(first_person: int, place: int) -> bytes:
    """As long as Meta's."""
    return b"wamid.HBgNNTUxMTk5OTk5OTk5ORUCABIYFjNF%09d%011d" % (first_person, place)
