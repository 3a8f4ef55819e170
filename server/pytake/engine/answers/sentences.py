"""Why an answer is of no use, said to the person. An author's own words take their place."""

from collections.abc import Mapping
from typing import Any, Final

SENTENCES: Final[Mapping[str, str]] = {
    "not_text": "Por favor, responda com um texto.",
    "too_short": "Sua resposta precisa de pelo menos {min} caracteres.",
    "too_long": "Sua resposta pode ter no máximo {max} caracteres.",
    "not_in_format": "Essa resposta não está no formato esperado. Pode tentar de novo?",
    "not_a_number": "Não entendi o número. Responda só com algarismos, por favor.",
    "not_a_whole_number": "Preciso de um número inteiro, sem vírgula.",
    "too_small": "O mínimo é {min}. Pode informar outro valor?",
    "too_large": "O máximo é {max}. Pode informar outro valor?",
    "not_an_amount": "Não entendi o valor. Escreva assim: 25,90",
    "not_an_email": "Esse e-mail não parece certo. Escreva assim: nome@exemplo.com",
    "not_a_phone": "Não entendi o telefone. Escreva com DDD, assim: (11) 98765-4321",
    "phone_without_area": "Faltou o DDD. Escreva assim: (11) 98765-4321",
    "not_a_date": "Não entendi a data. Escreva assim: 25/12 ou 25/12/2026",
    "date_impossible": "Essa data não existe no calendário. Pode conferir?",
    "too_early": "A data precisa ser {min} ou depois.",
    "too_late": "A data precisa ser {max} ou antes.",
    "not_a_time": "Não entendi o horário. Escreva assim: 14:30",
    "time_too_early": "O horário precisa ser {min} ou mais tarde.",
    "time_too_late": "O horário precisa ser {max} ou mais cedo.",
    "not_a_cpf": "Esse CPF não é válido. Pode conferir os 11 números?",
    "not_a_cnpj": "Esse CNPJ não é válido. Pode conferir os 14 caracteres?",
    "not_a_cep": "Esse CEP não é válido. São 8 números, assim: 01310-100",
    "not_yes_or_no": "Por favor, responda sim ou não.",
    "not_an_option": "Não encontrei essa opção. Escolha uma da lista, por favor.",
    "not_a_rating": "Por favor, responda com uma nota de {min} a {max}.",
}


def sentence(reason: str, params: Mapping[str, Any]) -> str:
    return SENTENCES[reason].format_map(params)
