// Attachments a demo phone can send without files: enough for a bot to react to.

import { t } from './i18n.js'

const SHA = 'pZGm1Av0IEBKARczz7exkNYsZb8LzaMrV7J32a2fFG4='
const mediaId = () => String(1e15 + Math.floor(Math.random() * 8e15))
const raw = (type, content, quotes = null) => ({ do: 'raw', type, content, quotes })

export const stubs = {
  photo: () => ({ do: 'image' }),
  voice: () => raw('audio', { mime_type: 'audio/ogg; codecs=opus', sha256: SHA, id: mediaId(), voice: true }),
  document: () => raw('document', { mime_type: 'application/pdf', sha256: SHA, id: mediaId(), filename: 'comprovante.pdf' }),
  place: (quotes = null) => raw('location', { latitude: -23.561414, longitude: -46.655881, name: t('place'), address: 'Av. Paulista, 1000 · São Paulo' }, quotes),
  phone: (person, quotes) => raw('contacts', [{ origin: 'contact_request', phones: [{ phone: `+${person.wa_id}`, wa_id: person.wa_id, type: 'CELL' }] }], quotes),
  form: (message) => {
    const token = message.content.action?.parameters?.flow_token
    const answer = JSON.stringify(token ? { flow_token: token } : {})
    return raw('interactive', { type: 'nfm_reply', nfm_reply: { name: 'flow', body: 'Sent', response_json: answer } }, message.id)
  },
}
