"""Yes or no."""

from typing import ClassVar, Final, Literal

from typing_extensions import override

from pytake.engine.answers.answer import Answer, Kind, accept, refuse
from pytake.engine.choices import Option
from pytake.engine.scope import Scope
from pytake.engine.text import fold

_YES: Final = frozenset(
    {
        *(
            "sim",
            "s",
            "ss",
            "si",
            "yes",
            "y",
            "aham",
            "uhum",
            "ok",
            "okay",
            "blz",
            "beleza",
            "bora",
            "positivo",
        ),
        *(
            "claro",
            "claro que sim",
            "com certeza",
            "certeza",
            "logico",
            "verdade",
            "perfeito",
            "correto",
            "certo",
        ),
        *("quero", "eu quero", "quero sim", "pode", "pode ser", "pode sim", "isso", "isso mesmo", "exato"),
        *(
            "exatamente",
            "confirmo",
            "confirmado",
            "aceito",
            "concordo",
            "ta",
            "ta bom",
            "esta bom",
            "tudo bem",
            "1",
        ),
    }
)
_NO: Final = frozenset(
    {
        *(
            "nao",
            "n",
            "nn",
            "naum",
            "nops",
            "no",
            "nunca",
            "jamais",
            "negativo",
            "de jeito nenhum",
            "nem pensar",
        ),
        *(
            "de forma alguma",
            "agora nao",
            "hoje nao",
            "ainda nao",
            "nao quero",
            "nao obrigado",
            "nao obrigada",
        ),
        *("obrigado nao", "obrigada nao", "dispenso", "recuso", "discordo", "errado", "2"),
    }
)
_THUMBS: Final = {"👍": True, "✅": True, "👎": False, "❌": False}


class YesNo(Kind):
    """Shown with two buttons."""

    title: ClassVar[str] = "Sim ou não"
    example: ClassVar[str] = "claro!"

    kind: Literal["yes_no"] = "yes_no"

    @override
    def choices(self) -> tuple[Option, ...]:
        return (_SAY_YES, _SAY_NO)

    @override
    def read(self, text: str, scope: Scope) -> Answer:
        said = scope.option == _SAY_YES.id if scope.option in {"sim", "nao"} else _meant(text)
        if said is None:
            return refuse("not_yes_or_no")
        return accept(said, "sim" if said else "não", (_SAY_YES if said else _SAY_NO).id)


_SAY_YES: Final = Option.model_validate({"id": "sim", "title": "Sim"})
_SAY_NO: Final = Option.model_validate({"id": "nao", "title": "Não"})


def _meant(text: str) -> bool | None:
    """What a word of agreement or refusal says; the first word decides when the rest does not object."""
    if text[:1] in _THUMBS:
        return _THUMBS[text[0]]
    folded = fold(text)
    if folded in _YES or folded in _NO:
        return folded in _YES
    first, *rest = folded.split() or [""]
    if first in {"sim", "claro", "quero", "isso", "pode", "ok"} and not _NO.intersection(rest):
        return True
    return False if first in {"nao", "nunca", "jamais"} and not {"sim", "claro"}.intersection(rest) else None
