// The words of the account's page, in the language of the browser; Portuguese first.

const pt = {
  title: 'Conta comercial', lead: 'O que a Meta decide sobre os números e os modelos. Cada decisão chega ao PyTake por webhook, ou quando ele pergunta.', none: 'Nenhum modelo ainda. Crie um no PyTake e envie para aprovação.',
  approve: 'Aprovar', reject: 'Rejeitar', pause: 'Pausar', disable: 'Desativar', reason: 'Motivo', explanation: 'Explicação', quality: 'Qualidade', category: 'Categoria', announce: 'Avisar mudança', change: 'Mudar', offline: 'Sem conexão com o simulador. Tentando de novo…', error: 'Não deu certo: {message}', was: 'qualidade {score}',
  numbers: 'Números', templates: 'Modelos', noNumber: 'Nenhum número ainda.', quality_rating: 'Nota de qualidade', messaging_limit: 'Limite de pessoas', throughput: 'Velocidade', name_status: 'Nome de exibição', flag: 'Sinalizar', reconnect: 'Deixar conectado', disconnect: 'Desconectar', expire: 'Expirar o token', newToken: 'O token anterior não vale mais. O novo, para colar no PyTake:',
}

const en = {
  title: 'Business account', lead: 'What Meta decides about numbers and templates. Each decision reaches PyTake by webhook, or when it asks.', none: 'No templates yet. Create one in PyTake and submit it for approval.',
  approve: 'Approve', reject: 'Reject', pause: 'Pause', disable: 'Disable', reason: 'Reason', explanation: 'Explanation', quality: 'Quality', category: 'Category', announce: 'Announce a change', change: 'Change', offline: 'No connection to the simulator. Trying again…', error: 'That did not work: {message}', was: 'quality {score}',
  numbers: 'Numbers', templates: 'Templates', noNumber: 'No number yet.', quality_rating: 'Quality rating', messaging_limit: 'Limit of people', throughput: 'Throughput', name_status: 'Display name', flag: 'Flag', reconnect: 'Make it connected', disconnect: 'Disconnect', expire: 'Expire the token', newToken: 'The token before is no longer valid. The new one, to be pasted in PyTake:',
}

const es = {
  title: 'Cuenta comercial', lead: 'Lo que Meta decide sobre los números y las plantillas. Cada decisión llega a PyTake por webhook, o cuando pregunta.', none: 'Aún no hay plantillas. Crea una en PyTake y envíala a aprobación.',
  approve: 'Aprobar', reject: 'Rechazar', pause: 'Pausar', disable: 'Desactivar', reason: 'Motivo', explanation: 'Explicación', quality: 'Calidad', category: 'Categoría', announce: 'Avisar un cambio', change: 'Cambiar', offline: 'Sin conexión con el simulador. Intentando de nuevo…', error: 'No funcionó: {message}', was: 'calidad {score}',
  numbers: 'Números', templates: 'Plantillas', noNumber: 'Ningún número todavía.', quality_rating: 'Nota de calidad', messaging_limit: 'Límite de personas', throughput: 'Velocidad', name_status: 'Nombre para mostrar', flag: 'Señalar', reconnect: 'Dejar conectado', disconnect: 'Desconectar', expire: 'Vencer el token', newToken: 'El token anterior ya no vale. El nuevo, para pegar en PyTake:',
}

const LANGUAGES = { pt, en, es }

function chosen() {
  for (const tag of navigator.languages ?? [navigator.language]) {
    const short = tag.slice(0, 2).toLowerCase()
    if (short in LANGUAGES) return short
  }
  return 'pt'
}

const words = LANGUAGES[chosen()]

export function w(key, values = {}) {
  return words[key].replace(/\{(\w+)\}/g, (_, name) => values[name] ?? '')
}
