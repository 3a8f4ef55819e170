import { screen, within } from '@testing-library/react'
import { http, HttpResponse } from 'msw'
import { renderPage } from '@/testing/render'
import { server } from '@/testing/server'
import type { Department, Member } from '../types'
import { Members } from './members'

const department: Department = {
  id: 'd-1',
  name: 'Encomendas',
  description: null,
  color: '#22A052',
  whatsapp_number_id: null,
  auto_assign_enabled: true,
  assignment_strategy: 'round_robin',
  max_queue_size: 100,
  business_hours: {},
  is_active: true,
  member_count: 2,
  created_at: '2026-03-09T12:00:00Z',
}

function aMember(user_id: string, full_name: string, avatar_url: string | null): Member {
  return {
    user_id,
    full_name,
    avatar_url,
    role: 'agent',
    is_active: true,
    is_online: false,
    is_primary: false,
    can_pull_from_queue: true,
    max_concurrent_conversations: 5,
    priority_level: 0,
  }
}

test('who works here is shown by their picture, and without one by their initials', async () => {
  const picture = '/api/v1/avatars/a.jpg'
  const items = [aMember('1', 'Ana Souza', picture), aMember('2', 'Bia Lima', null)]
  server.use(http.get('*/api/v1/departments/d-1/members', () => HttpResponse.json({ items })))
  renderPage(<Members department={department} readOnly />)
  const [ana, bia] = await screen.findAllByRole('listitem')
  expect(ana?.querySelector('img')).toHaveAttribute('src', picture)
  expect(bia?.querySelector('img')).toBeNull()
  expect(within(bia ?? document.body).getByText('BL')).toBeInTheDocument()
})
