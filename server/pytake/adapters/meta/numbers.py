"""Numbers at the Graph API: what they are, registering them, what customers see of them."""

import orjson

from pytake.adapters.meta.ask import Asking, segment
from pytake.adapters.meta.lenient import array_of, object_of, text_of
from pytake.ports.whatsapp import Json, PhoneNumber, Sender
from pytake.ports.whatsapp_numbers import CodeMethod, Profile

PHONE_NUMBER_FIELDS = (
    "id,verified_name,display_phone_number,status,quality_rating,name_status,code_verification_status,"
    "platform_type,throughput,whatsapp_business_manager_messaging_limit,account_mode,"
    "is_official_business_account,is_on_biz_app,health_status"
)
_PROFILE_FIELDS = "about,address,description,email,profile_picture_url,websites,vertical"


class MetaNumbers(Asking):
    async def get_phone_number(self, sender: Sender) -> PhoneNumber:
        path = f"{segment(sender.phone_number_id)}?fields={PHONE_NUMBER_FIELDS}"
        return _phone_number(await self.ask("GET", path, sender.access_token))

    async def list_phone_numbers(self, waba_id: str, access_token: str) -> list[PhoneNumber]:
        """An account has twenty numbers at most, so one page holds them all."""
        path = f"{segment(waba_id)}/phone_numbers?fields={PHONE_NUMBER_FIELDS}&limit=100"
        answer = await self.ask("GET", path, access_token)
        return [_phone_number(object_of(number)) for number in array_of(answer.get("data"))]

    async def subscribe(self, waba_id: str, access_token: str) -> None:
        await self.ask("POST", f"{segment(waba_id)}/subscribed_apps", access_token)

    async def register(self, sender: Sender, pin: str) -> None:
        await self._tell(sender, "/register", {"messaging_product": "whatsapp", "pin": pin})

    async def deregister(self, sender: Sender) -> None:
        await self._tell(sender, "/deregister", {"messaging_product": "whatsapp"})

    async def set_pin(self, sender: Sender, pin: str) -> None:
        await self._tell(sender, "", {"pin": pin})

    async def request_code(self, sender: Sender, method: CodeMethod, language: str) -> None:
        await self._tell(sender, "/request_code", {"code_method": method, "language": language})

    async def verify_code(self, sender: Sender, code: str) -> None:
        await self._tell(sender, "/verify_code", {"code": code})

    async def get_profile(self, sender: Sender) -> Profile:
        path = f"{segment(sender.phone_number_id)}/whatsapp_business_profile?fields={_PROFILE_FIELDS}"
        answer = await self.ask("GET", path, sender.access_token)
        told = object_of(next(iter(array_of(answer.get("data"))), None))
        return _profile(object_of(told.get("business_profile")) or told)

    async def set_profile(self, sender: Sender, changes: Json) -> None:
        await self._tell(sender, "/whatsapp_business_profile", {"messaging_product": "whatsapp", **changes})

    async def _tell(self, sender: Sender, edge: str, body: Json) -> None:
        path = f"{segment(sender.phone_number_id)}{edge}"
        await self.ask("POST", path, sender.access_token, orjson.dumps(body))


def _phone_number(answer: Json) -> PhoneNumber:
    return PhoneNumber(
        id=text_of(answer.get("id")) or "",
        display_phone_number=text_of(answer.get("display_phone_number")) or "",
        verified_name=text_of(answer.get("verified_name")),
        status=text_of(answer.get("status")),
        quality_rating=text_of(answer.get("quality_rating")),
        throughput=text_of(object_of(answer.get("throughput")).get("level")),
        messaging_limit=text_of(answer.get("whatsapp_business_manager_messaging_limit")),
        platform_type=text_of(answer.get("platform_type")),
        name_status=text_of(answer.get("name_status")),
        code_verification_status=text_of(answer.get("code_verification_status")),
        is_on_phone=answer.get("is_on_biz_app") is True,
        health=object_of(answer.get("health_status")),
    )


def _profile(told: Json) -> Profile:
    """One page nests what real answers have flat."""
    return Profile(
        about=text_of(told.get("about")),
        address=text_of(told.get("address")),
        description=text_of(told.get("description")),
        email=text_of(told.get("email")),
        websites=tuple(site for each in array_of(told.get("websites")) if (site := text_of(each))),
        vertical=text_of(told.get("vertical")),
        picture_url=text_of(told.get("profile_picture_url")),
    )
