"""What letters say, in the languages of the web application."""

from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import quote

from pytake.accounts.alert_wording import LETTERS
from pytake.accounts.types import Locale, Template

_PAGES: Final = {
    Template.RESET_PASSWORD: "/reset-password",
    Template.VERIFY_EMAIL: "/verify-email",
    Template.INVITATION: "/invitation",
    Template.CHANGE_EMAIL: "/change-email",
}
"""The token stands behind `#`: browsers send it to no server and to no other page."""

_WORDS: Final[Mapping[tuple[Template, Locale], tuple[str, str]]] = {
    (Template.RESET_PASSWORD, Locale.PT_BR): (
        "Crie uma nova senha",
        (
            "Olá, {name}!\n\nAlguém pediu uma nova senha para a sua conta em {organization}. "
            "Se foi você, abra este endereço dentro de uma hora; ele funciona uma única vez:\n\n{link}\n\n"
            "Se não foi você, não precisa fazer nada: a sua senha continua a mesma.\n"
        ),
    ),
    (Template.RESET_PASSWORD, Locale.EN): (
        "Choose a new password",
        (
            "Hello {name},\n\nSomebody asked for a new password for your account at {organization}. "
            "If it was you, open this address within an hour; it works once:\n\n{link}\n\n"
            "If it was not you, there is nothing to do: your password stays as it is.\n"
        ),
    ),
    (Template.RESET_PASSWORD, Locale.ES): (
        "Crea una nueva contraseña",
        (
            "Hola, {name}:\n\nAlguien pidió una nueva contraseña para tu cuenta en {organization}. "
            "Si fuiste tú, abre esta dirección en menos de una hora; funciona una sola vez:\n\n{link}\n\n"
            "Si no fuiste tú, no tienes que hacer nada: tu contraseña sigue siendo la misma.\n"
        ),
    ),
    (Template.VERIFY_EMAIL, Locale.PT_BR): (
        "Confirme o seu e-mail",
        "Olá, {name}!\n\nPara confirmar que este e-mail é seu, abra este endereço em três dias:\n\n{link}\n",
    ),
    (Template.VERIFY_EMAIL, Locale.EN): (
        "Confirm your e-mail address",
        "Hello {name},\n\nTo confirm that this address is yours, open this within three days:\n\n{link}\n",
    ),
    (Template.VERIFY_EMAIL, Locale.ES): (
        "Confirma tu correo electrónico",
        "Hola, {name}:\n\nPara confirmar que el correo es tuyo, ábrela en tres días:\n\n{link}\n",
    ),
    (Template.INVITATION, Locale.PT_BR): (
        "Convite para a equipe de {organization}",
        (
            "Olá, {name}!\n\n{inviter} convidou você para atender em {organization} pelo PyTake. "
            "Para aceitar, abra este endereço em até sete dias e escolha uma senha:\n\n{link}\n"
        ),
    ),
    (Template.INVITATION, Locale.EN): (
        "Join the team of {organization}",
        (
            "Hello {name},\n\n{inviter} invited you to work for {organization} on PyTake. "
            "To accept, open this address within seven days and choose a password:\n\n{link}\n"
        ),
    ),
    (Template.INVITATION, Locale.ES): (
        "Invitación al equipo de {organization}",
        (
            "Hola, {name}:\n\n{inviter} te invitó a atender en {organization} con PyTake. "
            "Para aceptar, abre esta dirección en siete días y elige una contraseña:\n\n{link}\n"
        ),
    ),
    (Template.PASSWORD_CHANGED, Locale.PT_BR): (
        "A sua senha mudou",
        (
            "Olá, {name}!\n\nA senha da sua conta em {organization} acabou de mudar, e os outros aparelhos "
            "saíram da conta. Se não foi você, peça uma nova senha agora mesmo:\n\n{home}\n"
        ),
    ),
    (Template.PASSWORD_CHANGED, Locale.EN): (
        "Your password has changed",
        (
            "Hello {name},\n\nThe password of your account at {organization} has just changed, and other "
            "devices were signed out. If it was not you, ask for a new password right away:\n\n{home}\n"
        ),
    ),
    (Template.PASSWORD_CHANGED, Locale.ES): (
        "Tu contraseña cambió",
        (
            "Hola, {name}:\n\nLa contraseña de tu cuenta en {organization} acaba de cambiar, y los otros "
            "dispositivos salieron de la cuenta. Si no fuiste tú, pide una nueva ahora:\n\n{home}\n"
        ),
    ),
    (Template.CHANGE_EMAIL, Locale.PT_BR): (
        "Confirme o seu novo e-mail",
        (
            "Olá, {name}!\n\nPara passar a entrar em {organization} com este e-mail, abra este endereço "
            "em até 24 horas:\n\n{link}\n\nSe não foi você quem pediu, ignore esta mensagem: nada muda.\n"
        ),
    ),
    (Template.CHANGE_EMAIL, Locale.EN): (
        "Confirm your new e-mail address",
        (
            "Hello {name},\n\nTo sign in to {organization} with this address from now on, open this within "
            "24 hours:\n\n{link}\n\nIf you did not ask for it, ignore this message: nothing changes.\n"
        ),
    ),
    (Template.CHANGE_EMAIL, Locale.ES): (
        "Confirma tu nuevo correo",
        (
            "Hola, {name}:\n\nPara entrar en {organization} con este correo, abre esta dirección en menos de "
            "24 horas:\n\n{link}\n\nSi no lo pediste tú, ignora este mensaje: nada cambia.\n"
        ),
    ),
    (Template.EMAIL_CHANGE_ASKED, Locale.PT_BR): (
        "Pedido de troca de e-mail",
        (
            "Olá, {name}!\n\nAlguém pediu para trocar o e-mail da sua conta em {organization} por {email}. "
            "A troca só acontece quando o novo e-mail for confirmado. Se não foi você, troque a sua senha "
            "agora mesmo; isso também cancela o pedido:\n\n{home}\n"
        ),
    ),
    (Template.EMAIL_CHANGE_ASKED, Locale.EN): (
        "Somebody wants to change your e-mail address",
        (
            "Hello {name},\n\nSomebody asked to change the e-mail address of your account at {organization} "
            "to {email}. It changes once the new address is confirmed. If it was not you, change your "
            "password right away; that also cancels the request:\n\n{home}\n"
        ),
    ),
    (Template.EMAIL_CHANGE_ASKED, Locale.ES): (
        "Pedido de cambio de correo",
        (
            "Hola, {name}:\n\nAlguien pidió cambiar el correo de tu cuenta en {organization} por {email}. "
            "El cambio ocurre cuando se confirme el nuevo correo. Si no fuiste tú, cambia tu contraseña "
            "ahora; eso también cancela el pedido:\n\n{home}\n"
        ),
    ),
    (Template.EMAIL_CHANGED, Locale.PT_BR): (
        "O e-mail da sua conta mudou",
        (
            "Olá, {name}!\n\nA sua conta em {organization} agora usa o e-mail {email}, e este aqui não entra "
            "mais nela. Se não foi você, avise já o administrador da {organization}.\n"
        ),
    ),
    (Template.EMAIL_CHANGED, Locale.EN): (
        "The e-mail address of your account has changed",
        (
            "Hello {name},\n\nYour account at {organization} now uses {email}, and this address no longer "
            "opens it. If it was not you, tell the administrator of {organization} right away.\n"
        ),
    ),
    (Template.EMAIL_CHANGED, Locale.ES): (
        "El correo de tu cuenta cambió",
        (
            "Hola, {name}:\n\nTu cuenta en {organization} ahora usa el correo {email}, y este ya no entra en "
            "ella. Si no fuiste tú, avisa ya al administrador de {organization}.\n"
        ),
    ),
    **{(Template.NUMBER_ALERT, locale): words for locale, words in LETTERS.items()},
}


def write(
    template: Template, locale: Locale, context: Mapping[str, Any], web_url: str, token: str | None
) -> tuple[str, str]:
    """Subject and text. Names are put in as they are, on one line each: none of them is ever a template."""
    said = {name: " ".join(str(value).split()) for name, value in context.items()}
    said["home"] = web_url
    if token is not None:
        said["link"] = f"{web_url}{_PAGES[template]}#{quote(token)}"
    subject, text = _WORDS[template, locale]
    return subject.format_map(said), text.format_map(said)
