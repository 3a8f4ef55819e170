// The words of the account's page, in the language of the browser; Portuguese first.

const pt = {
  title: 'Conta comercial', lead: 'O que a Meta decide sobre os modelos. Cada decisão chega ao PyTake por webhook.', none: 'Nenhum modelo ainda. Crie um no PyTake e envie para aprovação.',
  approve: 'Aprovar', reject: 'Rejeitar', pause: 'Pausar', disable: 'Desativar', reason: 'Motivo', explanation: 'Explicação', quality: 'Qualidade', category: 'Categoria', announce: 'Avisar mudança', change: 'Mudar', offline: 'Sem conexão com o simulador. Tentando de novo…', error: 'Não deu certo: {message}', was: 'qualidade {score}',
}

const en = {
  title: 'Business account', lead: 'What Meta decides about templates. Each decision reaches PyTake by webhook.', none: 'No templates yet. Create one in PyTake and submit it for approval.',
  approve: 'Approve', reject: 'Reject', pause: 'Pause', disable: 'Disable', reason: 'Reason', explanation: 'Explanation', quality: 'Quality', category: 'Category', announce: 'Announce a change', change: 'Change', offline: 'No connection to the simulator. Trying again…', error: 'That did not work: {message}', was: 'quality {score}',
}

const es = {
  title: 'Cuenta comercial', lead: 'Lo que Meta decide sobre las plantillas. Cada decisión llega a PyTake por webhook.', none: 'Aún no hay plantillas. Crea una en PyTake y envíala a aprobación.',
  approve: 'Aprobar', reject: 'Rechazar', pause: 'Pausar', disable: 'Desactivar', reason: 'Motivo', explanation: 'Explicación', quality: 'Calidad', category: 'Categoría', announce: 'Avisar un cambio', change: 'Cambiar', offline: 'Sin conexión con el simulador. Intentando de nuevo…', error: 'No funcionó: {message}', was: 'calidad {score}',
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
