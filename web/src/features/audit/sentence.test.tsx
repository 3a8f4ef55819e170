import { beforeAll } from 'vitest'
import { i18n, startTranslations } from '@/shared/i18n/i18n'
import type { AuditRow } from './api'
import { changesOf } from './changes'
import { asQuery, readFilters } from './filters'
import { didOf, whoOf } from './sentence'
import { valueText, type Reading } from './value-text'

const BRUNO = '01a2053f-2632-700a-8654-54c84bc55057'
const VENDAS = '01a2053f-2624-7009-96bd-01685ed36d0e'
const NUMBER = '01a2053f-2624-7009-96bd-01685ed36d10'
const KEY = '01a2053f-2624-7009-96bd-01685ed36d0f'

let reading: Reading

beforeAll(async () => {
  await startTranslations('pt-BR')
  reading = {
    t: i18n.t,
    style: { locale: 'pt-BR', zone: 'America/Sao_Paulo' },
    names: { [BRUNO]: 'Bruno Lima', [VENDAS]: 'Vendas', [KEY]: 'ERP', [NUMBER]: 'Loja' },
  }
})

function aRow(over: Partial<AuditRow>): AuditRow {
  return {
    id: 'row-1',
    sequence: 1,
    action: 'user.updated',
    user_id: 'user-1',
    user_name: 'Ana',
    resource_type: 'user',
    resource_id: BRUNO,
    description: null,
    changes: null,
    metadata: { actor: 'user' },
    ip_address: null,
    user_agent: null,
    created_at: '2026-11-18T17:00:00Z',
    ...over,
  }
}

function change(before: object, after: object) {
  return { before, after }
}

test.each<[string, Partial<AuditRow>]>([
  [
    'mudou a função de Bruno Lima de Atendente para Administrador',
    { changes: change({ role: 'agent' }, { role: 'org_admin' }) },
  ],
  [
    'desativou o acesso de Bruno Lima',
    { changes: change({ is_active: true }, { is_active: false }) },
  ],
  [
    'alterou Bruno Lima: telefone e permissões',
    {
      changes: change(
        { phone_number: null, permissions: [] },
        { phone_number: '11', permissions: ['audit.read'] },
      ),
    },
  ],
  [
    'alterou os dados da empresa: fuso horário de “America/Sao_Paulo” para “America/Manaus”',
    {
      action: 'organization.updated',
      resource_type: 'organization',
      changes: change({ timezone: 'America/Sao_Paulo' }, { timezone: 'America/Manaus' }),
    },
  ],
  [
    'colocou Bruno Lima no departamento Vendas',
    {
      action: 'department.member_set',
      resource_type: 'department',
      resource_id: VENDAS,
      changes: { after: { user_id: BRUNO, is_primary: true } },
    },
  ],
  [
    'excluiu o departamento Antigo',
    {
      action: 'department.deleted',
      resource_type: 'department',
      resource_id: 'gone',
      changes: { before: { name: 'Antigo' } },
    },
  ],
  [
    'alterou o modelo promo: ativo de “Sim” para “Não”',
    {
      action: 'template.updated',
      resource_type: 'template',
      resource_id: VENDAS,
      changes: change({ is_active: true, name: 'promo' }, { is_active: false, name: 'promo' }),
    },
  ],
  [
    'desconectou o número Loja',
    { action: 'number.disconnected', resource_type: 'number', resource_id: NUMBER },
  ],
  [
    'dispensou um alerta do número Loja',
    {
      action: 'alert.dismissed',
      resource_type: 'alert',
      changes: { after: { kind: 'access', whatsapp_number_id: NUMBER } },
    },
  ],
  ['tentou entrar como Bruno Lima com a senha errada', { action: 'session.sign_in_failed' }],
  ['removeu uma pessoa da equipe', { action: 'user.deleted', resource_id: 'gone' }],
  ['thing.done', { action: 'thing.done', resource_type: 'thing' }],
])('%s', (sentence, row) => {
  expect(didOf(aRow(row), reading)).toBe(sentence)
})

test.each<[string, Partial<AuditRow>]>([
  ['Ana', {}],
  ['Quem administra a instalação', { user_name: null }],
  [
    'A chave de API ERP',
    { user_id: null, user_name: null, metadata: { actor: 'machine', api_key_id: KEY } },
  ],
  ['Alguém no servidor', { user_id: null, user_name: null, metadata: { actor: 'command' } }],
  ['Alguém', { user_id: null, user_name: null, metadata: { actor: 'stranger' } }],
  ['O sistema', { user_id: null, user_name: null, metadata: {} }],
])('%s did it', (who, row) => {
  expect(whoOf(aRow(row), reading)).toBe(who)
})

test('only what differs is told, also inside of what is nested', () => {
  const row = aRow({
    changes: change(
      { limits: { max_agents: 3, max_contacts: 10 }, name: 'a' },
      { limits: { max_agents: 5, max_contacts: 10 }, name: 'a' },
    ),
  })
  expect(changesOf(row)).toEqual([{ field: 'limits.max_agents', before: 3, after: 5 }])
})

test.each([
  ['is_active', true, 'Sim'],
  ['phone_number', null, 'vazio'],
  ['password', '[redacted]', 'oculto'],
  ['plan_type', 'professional', 'Profissional'],
  ['locale', 'en', 'English'],
  ['user_id', BRUNO, 'Bruno Lima'],
  ['scopes', ['audit.read', 'new.thing'], 'Ver a auditoria e as chamadas da API e new.thing'],
  ['permissions', [], 'vazio'],
  ['max_contacts', 10_000, '10.000'],
])('%s %s reads %s', (field, value, text) => {
  expect(valueText(field, value, reading)).toBe(text)
})

test('only filters are taken from the address', () => {
  const read = readFilters({
    who: BRUNO,
    action: 'user.updated',
    about: '<script>',
    since: '2026-02-30x',
    until: '2026-11-18',
    row: 7,
    else: 1,
  })
  expect(read).toEqual({
    who: BRUNO,
    action: 'user.updated',
    about: undefined,
    thing: undefined,
    since: undefined,
    until: '2026-11-18',
    row: 7,
  })
  expect(asQuery(read, 'America/Sao_Paulo')).toEqual({
    user_id: BRUNO,
    action: 'user.updated',
    until: '2026-11-19T03:00:00.000Z',
  })
})
