// What the page asks of the simulator.

async function call(method, path, body) {
  const options = { method }
  if (method !== 'GET' && method !== 'DELETE') {
    options.headers = { 'Content-Type': 'application/json' }
    options.body = JSON.stringify(body ?? {})
  }
  const response = await fetch(path, options)
  const answer = await response.json().catch(() => ({}))
  if (!response.ok) throw new Error(answer.error ?? `${response.status}`)
  return answer
}

const customer = (wa_id) => `/_simulator/customers/${encodeURIComponent(wa_id)}`

export const createPerson = (person) => call('POST', '/_simulator/customers', person)
export const sendAs = (wa_id, message) => call('POST', `${customer(wa_id)}/messages`, message)
export const changeAs = (wa_id, change) => call('POST', `${customer(wa_id)}/changes`, change)
/** A file of the person's own, as the body; `how` is what kind it is and what is said of it. */
export async function sendFileAs(wa_id, file, how) {
  const query = new URLSearchParams(how)
  const headers = { 'Content-Type': file.type || 'application/octet-stream' }
  const response = await fetch(`${customer(wa_id)}/files?${query}`, { method: 'POST', headers, body: file })
  const answer = await response.json().catch(() => ({}))
  if (!response.ok) throw new Error(answer.error ?? `${response.status}`)
  return answer
}

export const fileAddress = (id) => `/_simulator/files/${encodeURIComponent(id)}`
export const clearChat = (wa_id, number) =>
  call('DELETE', `${customer(wa_id)}/chat?phone_number_id=${encodeURIComponent(number)}`)
export const listTemplates = () => call('GET', '/_simulator/templates')
export const decide = (id, decision) => call('POST', `/_simulator/templates/${encodeURIComponent(id)}`, decision)
export const listNumbers = () => call('GET', '/_simulator/numbers')
const number = (id) => `/_simulator/numbers/${encodeURIComponent(id)}`
export const changeNumber = (id, changes) => call('PATCH', `${number(id)}/standing`, changes)
export const renewToken = (id) => call('POST', `${number(id)}/token`)
