"""The grammar, straight to closures.

pipe    := or { "|" name [ "(" arguments ")" ] }
or      := and { ("or" | "ou") and }
and     := not { ("and" | "e") not }
not     := ("not" | "não") not | compare
compare := sum [ ("==" | "!=" | "<" | "<=" | ">" | ">=" | ["not"] "in") sum ]
sum     := product { ("+" | "-") product }
product := unary { ("*" | "/" | "%") unary }
unary   := "-" unary | postfix
postfix := atom { "." name | "[" pipe "]" }
atom    := number | text | literal | name [ "(" arguments ")" ] | "(" pipe ")" | "[" arguments "]"
"""

from collections.abc import Mapping
from decimal import Decimal
from typing import Final

from pytake.engine.expressions.errors import ExpressionError
from pytake.engine.expressions.evaluation import Evaluate
from pytake.engine.expressions.functions import FUNCTIONS
from pytake.engine.expressions.lexer import Token, tokens
from pytake.engine.expressions.nodes import (
    apply,
    binary,
    both,
    constant,
    either,
    field,
    inverse,
    items,
    name,
    negative,
    within_not,
)
from pytake.engine.limits import MAX_NESTING, MAX_OPERATIONS
from pytake.engine.values import number

_LITERALS: Final[Mapping[str, bool | None]] = {
    "true": True,
    "verdadeiro": True,
    "false": False,
    "falso": False,
    "null": None,
    "nulo": None,
}
_WORDS: Final[Mapping[str, str]] = {
    "and": "and",
    "e": "and",
    "or": "or",
    "ou": "or",
    "not": "not",
    "não": "not",
    "nao": "not",
    "in": "in",
    "em": "in",
}
_COMPARISONS: Final = frozenset({"==", "!=", "<", "<=", ">", ">="})


class Parser:
    """Reads one expression. `names` collects the variables it starts from."""

    def __init__(self, source: str) -> None:
        self._tokens = tokens(source)
        self._at = 0
        self._depth = 0
        self._operations = 0
        self.names: set[str] = set()

    def parse(self) -> Evaluate:
        found = self._pipe()
        if self._now.kind != "end":
            raise self._unexpected()
        return found

    # --- moving -----------------------------------------------------------------------------------------

    @property
    def _now(self) -> Token:
        return self._tokens[self._at]

    def _word(self) -> str:
        """The operator a word stands for here, if any: `e` between two values is `and`, elsewhere a name."""
        return _WORDS.get(self._now.text, "") if self._now.kind == "name" else ""

    def _take(self) -> Token:
        token = self._now
        self._at += 1
        self._operations += 1
        if self._operations > MAX_OPERATIONS:
            raise ExpressionError("expression_too_complex")
        return token

    def _took(self, *signs: str) -> str | None:
        if self._now.kind == "sign" and self._now.text in signs:
            return self._take().text
        return None

    def _expect(self, sign: str) -> None:
        if self._took(sign) is None:
            raise self._unexpected()

    def _unexpected(self) -> ExpressionError:
        if self._now.kind == "end":
            return ExpressionError("expression_incomplete")
        return ExpressionError("expression_syntax", near=self._now.text[:20])

    # --- the grammar ------------------------------------------------------------------------------------

    def _pipe(self) -> Evaluate:
        self._depth += 1
        if self._depth > MAX_NESTING:
            raise ExpressionError("expression_too_complex")
        left = self._or()
        while self._took("|"):
            left = self._call(self._name(), left)
        self._depth -= 1
        return left

    def _or(self) -> Evaluate:
        left = self._and()
        while self._word() == "or":
            self._take()
            left = either(left, self._and())
        return left

    def _and(self) -> Evaluate:
        left = self._not()
        while self._word() == "and":
            self._take()
            left = both(left, self._not())
        return left

    def _not(self) -> Evaluate:
        inversions = 0
        while self._word() == "not" and self._begins_a_value(self._tokens[self._at + 1]):
            self._take()
            inversions += 1
        found = self._compare()
        for _ in range(inversions):
            found = inverse(found)
        return found

    @staticmethod
    def _begins_a_value(token: Token) -> bool:
        if token.kind == "name":
            return _WORDS.get(token.text, "not") == "not"
        return token.kind in {"number", "text"} or token.text in {"(", "["}

    def _compare(self) -> Evaluate:
        left = self._sum()
        if (sign := self._took(*_COMPARISONS)) is not None:
            return binary(sign, left, self._sum())
        if self._word() == "in":
            self._take()
            return binary("in", left, self._sum())
        if self._word() == "not" and _WORDS.get(self._tokens[self._at + 1].text) == "in":
            self._take()
            self._take()
            return within_not(left, self._sum())
        return left

    def _sum(self) -> Evaluate:
        left = self._product()
        while (sign := self._took("+", "-")) is not None:
            left = binary(sign, left, self._product())
        return left

    def _product(self) -> Evaluate:
        left = self._unary()
        while (sign := self._took("*", "/", "%")) is not None:
            left = binary(sign, left, self._unary())
        return left

    def _unary(self) -> Evaluate:
        signs = 0
        while self._took("-"):
            signs += 1
        found = self._postfix()
        return negative(found) if signs % 2 else found

    def _postfix(self) -> Evaluate:
        found = self._atom()
        while (sign := self._took(".", "[")) is not None:
            if sign == ".":
                found = field(found, constant(self._name()))
            else:
                found = field(found, self._pipe())
                self._expect("]")
        return found

    def _atom(self) -> Evaluate:
        token = self._now
        match token.kind:
            case "number":
                return constant(number(Decimal(self._take().text)))
            case "text":
                return constant(self._take().text)
            case "name":
                return self._name_or_call()
            case _:
                return self._bracket()

    def _bracket(self) -> Evaluate:
        if self._took("("):
            found = self._pipe()
            self._expect(")")
            return found
        if self._took("["):
            return items(self._arguments("]"))
        raise self._unexpected()

    def _name_or_call(self) -> Evaluate:
        word = self._take().text
        if self._now.text == "(" and self._now.kind == "sign":
            return self._call(word)
        if word in _LITERALS:
            return constant(_LITERALS[word])
        self.names.add(word)
        return name(word)

    def _name(self) -> str:
        if self._now.kind != "name":
            raise self._unexpected()
        return self._take().text

    def _call(self, word: str, *piped: Evaluate) -> Evaluate:
        function = FUNCTIONS.get(word.lower())
        if function is None:
            raise ExpressionError("expression_unknown_function", name=word)
        given = list(piped)
        if self._took("("):
            given += self._arguments(")")
        if not function.least <= len(given) <= function.most:
            raise ExpressionError("expression_arguments", name=word, least=function.least, most=function.most)
        return apply(function, tuple(given))

    def _arguments(self, closing: str) -> list[Evaluate]:
        found: list[Evaluate] = []
        if self._took(closing):
            return found
        found.append(self._pipe())
        while self._took(","):
            found.append(self._pipe())
        self._expect(closing)
        return found
