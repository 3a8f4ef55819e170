"""Every mistake a drawing can have: its code, whether it stops publishing, and its sentence."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Final, Self

Param = str | int | list[str]


class Severity(StrEnum):
    ERROR = "error"
    """The flow cannot be published."""
    WARNING = "warning"
    """It can, but somebody should look."""


ERRORS: Final[Mapping[str, str]] = {
    # the file and the canvas
    "file_unreadable": "O arquivo não é um JSON válido.",
    "file_too_large": "O arquivo passa de {most} bytes.",
    "canvas_unreadable": "O desenho do fluxo não pôde ser lido: {reason}.",
    "canvas_too_large": "O fluxo ocupa mais de {most} bytes.",
    "canvas_too_deep": "O fluxo tem conteúdo aninhado em mais de {most} níveis.",
    "too_many_nodes": "O fluxo tem {found} blocos; o máximo é {most}.",
    "too_many_edges": "O fluxo tem {found} ligações; o máximo é {most}.",
    "schema_version_unknown": "A versão {version} do formato não é conhecida.",
    "keyword_empty": "A palavra-chave “{keyword}” não tem letras nem números, então nunca seria reconhecida.",
    # the graph
    "no_start": "O fluxo não tem bloco de início.",
    "many_starts": "O fluxo tem mais de um bloco de início.",
    "node_id_invalid": "O identificador do bloco não é um UUID.",
    "node_id_repeated": "Há mais de um bloco com este identificador.",
    "node_ids_too_alike": "O identificador termina igual ao de outro bloco; recrie este bloco.",
    "node_type_unknown": "O tipo de bloco “{type}” não existe.",
    "label_too_long": "O nome do bloco passa de {most} caracteres.",
    "edge_source_missing": "Uma ligação sai de um bloco que não existe mais.",
    "edge_target_missing": "A saída “{handle}” leva a um bloco que não existe mais.",
    "edge_handle_unknown": "Este bloco não tem a saída “{handle}”.",
    "edge_handle_repeated": "A saída “{handle}” leva a mais de um lugar.",
    "jump_target_missing": "O bloco de destino do salto não existe.",
    "cycle_without_wait": "Estes blocos formam uma volta que nunca espera o contato responder.",
    # a node's content
    "field_required": "Este campo é obrigatório.",
    "field_unknown": "Este campo não existe neste bloco.",
    "field_type": "O valor deveria ser {expected}.",
    "field_choice": "O valor deve ser um destes: {expected}.",
    "field_pattern": "O valor não tem o formato esperado.",
    "field_invalid": "Valor inválido ({reason}).",
    "text_too_long": "O texto tem {found} caracteres; o máximo é {most}.",
    "text_too_short": "O texto precisa de ao menos {least} caracteres.",
    "number_too_small": "O número deve ser no mínimo {least}.",
    "number_too_large": "O número deve ser no máximo {most}.",
    "too_many_items": "São {found} itens; o máximo é {most}.",
    "too_few_items": "É preciso ao menos {least} itens.",
    "text_required": "A mensagem está sem texto.",
    "options_twice": "Use botões ou seções, não os dois.",
    "needs_options": "Cabeçalho e rodapé só existem em mensagens com opções.",
    "id_repeated": "O identificador “{id}” aparece mais de uma vez.",
    "title_repeated": "O WhatsApp não aceita duas opções com o mesmo título: “{title}”.",
    "section_title_required": "Com mais de uma seção, cada uma precisa de um título.",
    "bounds_crossed": "O mínimo é maior que o máximo.",
    "duration_invalid": "A duração deve ser um número de segundos ou algo como 30m, 2h, 1d.",
    "operator_unknown": "O operador “{operator}” não existe.",
    "operator_needs_value": "Este operador precisa de um valor para comparar.",
    "rule_too_deep": "A condição tem mais de {most} níveis.",
    "regex_invalid": "A expressão regular não é válida: {reason}.",
    "variable_invalid": "O nome da variável só pode ter letras, números e _, e não começa com número.",
    "variable_reserved": "“{name}” é um nome do sistema; escolha outro para a variável.",
    # an expression
    "expression_syntax": "A expressão tem um erro perto de “{near}”.",
    "expression_incomplete": "A expressão está incompleta.",
    "expression_unclosed": "Falta fechar a expressão com }}.",
    "expression_unknown_function": "A função “{name}” não existe.",
    "expression_arguments": "A função “{name}” recebe de {least} a {most} valores.",
    "expression_too_long": "A expressão passa de {most} caracteres.",
    "expression_too_complex": "A expressão é complexa demais; divida em partes.",
    "template_too_long": "O texto passa de {most} caracteres.",
}

WARNINGS: Final[Mapping[str, str]] = {
    "node_unreachable": "Nenhum caminho chega a este bloco.",
    "open_exit": "A saída “{handle}” não leva a lugar nenhum; a conversa termina aqui.",
    "variable_never_written": "A variável “{name}” é usada, mas nenhum bloco a preenche.",
}


@dataclass(frozen=True, slots=True)
class Issue:
    code: str
    severity: Severity
    message: str
    node_id: str | None = None
    handle: str | None = None
    path: str | None = None
    """The field, as `content.buttons.0.title`."""
    params: Mapping[str, Param] = field(default_factory=dict)

    @property
    def is_error(self) -> bool:
        return self.severity is Severity.ERROR

    @property
    def spoken(self) -> str:
        """The sentence with where it applies: node, then field or exit."""
        where = [part for part in (self.node_id, self.path or self.handle) if part]
        return f"{' '.join(where)}: {self.message}" if where else self.message

    def dump(self) -> dict[str, Any]:
        return {
            "code": self.code,
            "severity": self.severity.value,
            "message": self.message,
            "node_id": self.node_id,
            "handle": self.handle,
            "path": self.path,
            "params": dict(self.params),
        }

    @classmethod
    def of(
        cls,
        code: str,
        *,
        node_id: str | None = None,
        handle: str | None = None,
        path: str | None = None,
        **params: Param,
    ) -> Self:
        """The issue of that code, with its severity and its sentence."""
        severity = Severity.ERROR if code in ERRORS else Severity.WARNING
        sentence = ERRORS[code] if code in ERRORS else WARNINGS[code]
        message = sentence.format_map(_spoken({"handle": handle or "", **params}))
        return cls(code, severity, message, node_id, handle, path, params)


def _spoken(params: Mapping[str, Param]) -> dict[str, Param]:
    """The params as a sentence takes them."""
    return {name: ", ".join(value) if isinstance(value, list) else value for name, value in params.items()}
