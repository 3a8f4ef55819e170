// What a demo phone can send without choosing a file: samples, places, cards, forms.

import { t } from './i18n.js'

const raw = (type, content, quotes = null) => ({ do: 'raw', type, content, quotes })

export const stubs = {
  voice: () => ({ do: 'sample', name: 'voice' }),
  sticker: () => ({ do: 'sample', name: 'sticker' }),
  place: (quotes = null) => raw('location', { latitude: -23.561414, longitude: -46.655881, name: t('place'), address: 'Av. Paulista, 1000 · São Paulo' }, quotes),
  phone: (person, quotes) => raw('contacts', [{ origin: 'contact_request', phones: [{ phone: `+${person.wa_id}`, wa_id: person.wa_id, type: 'CELL' }] }], quotes),
  form: (message) => {
    const token = message.content.action?.parameters?.flow_token
    const answer = JSON.stringify(token ? { flow_token: token } : {})
    return raw('interactive', { type: 'nfm_reply', nfm_reply: { name: 'flow', body: 'Sent', response_json: answer } }, message.id)
  },
}
