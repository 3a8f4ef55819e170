import { aConversation } from '@/testing/factories'
import { searchConversations } from './search'

function person(id: string, name: string | null, phone = '5511900000011') {
  return aConversation({
    id,
    contact: { id, name, whatsapp_name: null, phone, username: null, is_group: false },
    last_message: null,
  })
}

const all = [
  person('1', 'João Araújo'),
  person('2', 'Maria da Conceição'),
  person('3', null, '5521988887777'),
]

test.each([
  ['', ['1', '2', '3']],
  ['joao', ['1']],
  ['CONCEICAO maria', ['2']],
  ['98888-7777', ['3']],
  ['5521988', ['3']],
  ['ninguém', []],
])('“%s” finds %j', (query, ids) => {
  expect(searchConversations(all, query).map(({ id }) => id)).toEqual(ids)
})

test('finds the words of the last message', () => {
  const conversation = aConversation()
  expect(searchConversations([conversation], 'pao de queijo')).toEqual([conversation])
})
