"""What letters say of WhatsApp numbers that need somebody."""

from collections.abc import Mapping
from typing import Final

from pytake.accounts.types import Locale

LETTERS: Final[Mapping[Locale, tuple[str, str]]] = {
    Locale.PT_BR: (
        "O número {number} precisa de atenção",
        (
            "Olá, {name}!\n\nSobre o número de WhatsApp {number}, de {organization}: {matter}\n\n"
            "Veja o que fazer:\n\n{home}/numbers\n"
        ),
    ),
    Locale.EN: (
        "The number {number} needs attention",
        (
            "Hello {name},\n\nAbout the WhatsApp number {number} of {organization}: {matter}\n\n"
            "See what to do:\n\n{home}/numbers\n"
        ),
    ),
    Locale.ES: (
        "El número {number} necesita atención",
        (
            "Hola, {name}:\n\nSobre el número de WhatsApp {number}, de {organization}: {matter}\n\n"
            "Mira qué hacer:\n\n{home}/numbers\n"
        ),
    ),
}

_MATTERS: Final[Mapping[str, Mapping[Locale, str]]] = {
    "access": {
        Locale.PT_BR: "o token de acesso não vale mais. As mensagens esperam até que haja um novo.",
        Locale.EN: "its access token is no longer valid. Messages wait until there is a new one.",
        Locale.ES: "el token de acceso ya no es válido. Los mensajes esperan hasta que haya uno nuevo.",
    },
    "stopped": {
        Locale.PT_BR: "a Meta recusou os envios, e as mensagens esperam até que isso seja resolvido.",
        Locale.EN: "Meta refused what it sends, and messages wait until that is mended.",
        Locale.ES: "Meta rechazó los envíos, y los mensajes esperan hasta que eso se resuelva.",
    },
    "quality": {
        Locale.PT_BR: "a qualidade caiu; clientes bloquearam ou denunciaram mensagens.",
        Locale.EN: "its quality has dropped; customers blocked or reported messages.",
        Locale.ES: "la calidad bajó; hay clientes que bloquearon o denunciaron mensajes.",
    },
    "status": {
        Locale.PT_BR: "ele não está mais conectado normalmente ao WhatsApp.",
        Locale.EN: "it is no longer connected to WhatsApp as it should be.",
        Locale.ES: "ya no está conectado a WhatsApp con normalidad.",
    },
    "restriction": {
        Locale.PT_BR: "a Meta restringiu a conta do WhatsApp Business.",
        Locale.EN: "Meta has restricted the WhatsApp Business account.",
        Locale.ES: "Meta restringió la cuenta de WhatsApp Business.",
    },
    "banned": {
        Locale.PT_BR: "a Meta desativou a conta do WhatsApp Business, ou vai desativar.",
        Locale.EN: "Meta has disabled the WhatsApp Business account, or is about to.",
        Locale.ES: "Meta desactivó la cuenta de WhatsApp Business, o está por hacerlo.",
    },
    "name": {
        Locale.PT_BR: "a Meta recusou o nome de exibição.",
        Locale.EN: "Meta has refused the display name.",
        Locale.ES: "Meta rechazó el nombre para mostrar.",
    },
    "notice": {
        Locale.PT_BR: "a Meta tem um aviso sobre a conta.",
        Locale.EN: "Meta has a notice about the account.",
        Locale.ES: "Meta tiene un aviso sobre la cuenta.",
    },
}


def matter(kind: str, locale: Locale) -> str:
    return _MATTERS[kind][locale]
