import { keysOfThreeTries } from '@/testing/tries'
import { useCreateDepartment } from './departments'
import { useInvite } from './invitations'

test('an invitation whose answer was lost is asked for again, not a second one', async () => {
  const keys = await keysOfThreeTries('/api/v1/invitations', useInvite, {
    email: 'bia.reis@padaria.example',
    full_name: 'Bia Reis',
    role: 'agent',
  })

  expect(keys[0]).toBeTruthy()
  expect(keys[1]).toBe(keys[0])
  expect(keys[2]).not.toBe(keys[1])
})

test('and so is a department', async () => {
  const keys = await keysOfThreeTries('/api/v1/departments', useCreateDepartment, {
    name: 'Encomendas',
    color: '#12a150',
    auto_assign_enabled: false,
    assignment_strategy: 'round_robin',
    max_queue_size: 100,
    is_active: true,
  })

  expect(keys[0]).toBeTruthy()
  expect(keys[1]).toBe(keys[0])
  expect(keys[2]).not.toBe(keys[1])
})
