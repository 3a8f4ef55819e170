import { expect, test } from 'vitest'
import { aConversation, aMessage } from '@/testing/factories'
import { authorOf, unnamed } from './person'

test('a group without a name is called a group', () => {
  const { contact } = aConversation()
  expect(unnamed({ ...contact, is_group: true })).toBe('conversations.group')
  expect(unnamed(contact)).toBe('conversations.unnamed')
})

test('a message in a group says who wrote it: a name, else the phone, else nothing', () => {
  const by = (author: object) => authorOf(aMessage({ metadata: { author } }))
  expect(by({ name: 'Jane Roe', wa_id: '12025550143' })).toBe('Jane Roe')
  expect(by({ wa_id: '5511900000011' })).toBe('+55 11 90000-0011')
  expect(by({ user_id: 'US.88' })).toBeUndefined()
  expect(authorOf(aMessage())).toBeUndefined()
})
