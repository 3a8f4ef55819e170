"""Functions on text."""

import re
from typing import Final

from pytake.engine.expressions.coercion import as_text, as_whole, bounded
from pytake.engine.expressions.errors import Error
from pytake.engine.expressions.functions.function import Function, function
from pytake.engine.limits import MAX_ITEMS, MAX_VALUE_CHARACTERS
from pytake.engine.text import fold, loose, shorten
from pytake.engine.values import Value

_SMALL_WORDS: Final = frozenset({"da", "das", "de", "do", "dos", "e", "di", "du", "del", "van", "von"})


@function(
    "maiusculo",
    "maiúsculo",
    "upper",
    takes=(as_text,),
    summary="Tudo em maiúsculas.",
    example="{{ nome | maiusculo }}",
)
def upper(text: str) -> str:
    return text.upper()


@function(
    "minusculo",
    "minúsculo",
    "lower",
    takes=(as_text,),
    summary="Tudo em minúsculas.",
    example="{{ nome | minusculo }}",
)
def lower(text: str) -> str:
    return text.lower()


@function(
    "titulo",
    "título",
    "title",
    takes=(as_text,),
    summary="Nome próprio: iniciais maiúsculas, menos em “da”, “de”, “dos”…",
    example="{{ nome | titulo }}",
)
def title(text: str) -> str:
    words = text.lower().split()
    kept = [word if at and word in _SMALL_WORDS else word.capitalize() for at, word in enumerate(words)]
    return " ".join(kept)


@function(
    "capitalizar",
    "capitalize",
    takes=(as_text,),
    summary="Só a primeira letra em maiúscula.",
    example="{{ frase | capitalizar }}",
)
def capitalize(text: str) -> str:
    return text[:1].upper() + text[1:]


@function(
    "aparar",
    "trim",
    takes=(as_text,),
    summary="Sem espaços no começo, no fim e repetidos.",
    example="{{ nome | aparar }}",
)
def trim(text: str) -> str:
    return " ".join(text.split())


@function(
    "substituir",
    "replace",
    takes=(as_text, as_text, as_text),
    summary="Troca um trecho por outro.",
    example='{{ codigo | substituir("-", "") }}',
)
def replace(text: str, old: str, new: str) -> Value:
    if not old:
        return text
    if len(text) + text.count(old) * (len(new) - len(old)) > MAX_VALUE_CHARACTERS:
        return Error("value_too_large")
    return text.replace(old, new)


@function(
    "primeira_palavra",
    "first_word",
    takes=(as_text,),
    summary="A primeira palavra; de um nome completo, o primeiro nome.",
    example="{{ contato.nome | primeira_palavra }}",
)
def first_word(text: str) -> str:
    return next(iter(text.split()), "")


@function(
    "palavra",
    "word",
    takes=(as_text, as_whole),
    summary="A palavra daquela posição, contando de 1; negativa conta do fim.",
    example="{{ nome | palavra(-1) }}",
)
def word(text: str, position: int) -> Value:
    words = text.split()
    index = position - 1 if position > 0 else position
    return words[index] if position and -len(words) <= index < len(words) else None


@function(
    "encurtar",
    "truncate",
    takes=(as_text, as_whole),
    summary="No máximo tantos caracteres, com reticências se cortar.",
    example="{{ mensagem | encurtar(20) }}",
)
def truncate(text: str, most: int) -> str:
    return shorten(text, max(most, 1))


@function(
    "contem",
    "contém",
    "contains",
    takes=(as_text, as_text),
    summary="Verdadeiro quando o trecho aparece, sem ligar para acentos e maiúsculas.",
    example='{{ contem(mensagem, "entrega") }}',
)
def contains(text: str, part: str) -> bool:
    return loose(part) in loose(text)


@function(
    "comeca_com",
    "starts_with",
    takes=(as_text, as_text),
    summary="Verdadeiro quando o texto começa assim.",
    example='{{ comeca_com(cep, "01") }}',
)
def starts_with(text: str, part: str) -> bool:
    return loose(text).startswith(loose(part))


@function(
    "termina_com",
    "ends_with",
    takes=(as_text, as_text),
    summary="Verdadeiro quando o texto termina assim.",
    example='{{ termina_com(email, ".br") }}',
)
def ends_with(text: str, part: str) -> bool:
    return loose(text).endswith(loose(part))


@function(
    "dividir",
    "split",
    takes=(as_text, as_text),
    optional=1,
    summary="A lista dos trechos entre os separadores (vírgula, se nada for dito).",
    example='{{ dividir(itens, ";") }}',
)
def divide(text: str, separator: str = ",") -> Value:
    pieces = text.split(separator, MAX_ITEMS) if separator else text.split(maxsplit=MAX_ITEMS)
    return Error("value_too_large") if len(pieces) > MAX_ITEMS else [piece.strip() for piece in pieces]


@function(
    "sem_acentos",
    "fold",
    takes=(as_text,),
    summary="Só as palavras: sem acentos, maiúsculas, pontuação e emojis.",
    example="{{ mensagem | sem_acentos }}",
)
def words_only(text: str) -> str:
    return fold(text)


@function(
    "digitos",
    "dígitos",
    "digits",
    takes=(as_text,),
    summary="Só os algarismos.",
    example="{{ contato.telefone | digitos }}",
)
def digits(text: str) -> str:
    return "".join(re.findall("[0-9]", text))


@function(
    "texto",
    "text",
    takes=(as_text,),
    summary="O valor como texto, do jeito que apareceria na mensagem.",
    example="{{ texto(quantidade) }}",
)
def written(text: str) -> str:
    return text


@function(
    "concatenar",
    "concat",
    takes=(as_text,),
    variadic=20,
    summary="Os valores, um atrás do outro.",
    example='{{ concatenar(nome, " ", sobrenome) }}',
)
def concat(*texts: str) -> Value:
    return bounded("".join(texts))


@function(
    "mascara",
    "máscara",
    "mask",
    takes=(as_text, as_text),
    summary="Encaixa os caracteres na máscara: cada # recebe um.",
    example='{{ cpf | mascara("###.###.###-##") }}',
)
def mask(text: str, pattern: str) -> str:
    characters = iter(text)
    return "".join(next(characters, "") if place == "#" else place for place in pattern)


FUNCTIONS: Final[tuple[Function, ...]] = (
    upper,
    lower,
    title,
    capitalize,
    trim,
    replace,
    first_word,
    word,
    truncate,
    contains,
    starts_with,
    ends_with,
    divide,
    words_only,
    digits,
    written,
    concat,
    mask,
)
