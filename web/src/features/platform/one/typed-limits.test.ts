import { changedLimits, typedOf } from './typed-limits'

const before = {
  monthly_message_limit: 1000,
  max_agents: 3,
  max_contacts: null,
  max_whatsapp_numbers: 1,
  max_chatbots: 1,
  max_departments: 0,
}

test('nothing typed is nothing changed', () => {
  expect(changedLimits(before, typedOf(before))).toEqual({})
})

test('an emptied field is no limit, and nought is a limit', () => {
  const typed = { ...typedOf(before), max_agents: '', max_contacts: 0, max_chatbots: '7' }
  expect(changedLimits(before, typed)).toEqual({
    max_agents: null,
    max_contacts: 0,
    max_chatbots: 7,
  })
})
