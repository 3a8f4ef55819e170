import { matching, type Entry } from './entries'

function entries(...labels: string[]): Entry[] {
  return labels.map((label) => ({ id: label, label, icon: null, run: () => undefined }))
}

function found(query: string, ...labels: string[]) {
  return matching(entries(...labels), query).map(({ label }) => label)
}

test('without a word everything is shown, in its order', () => {
  expect(found('  ', 'Equipe', 'Conversas')).toEqual(['Equipe', 'Conversas'])
})

test('accents and case do not count, and every word must be there', () => {
  expect(found('CONFIGURACOES', 'Configurações', 'Conversas')).toEqual(['Configurações'])
  expect(found('tema esc', 'Usar tema claro', 'Usar tema escuro')).toEqual(['Usar tema escuro'])
  expect(found('tema azul', 'Usar tema claro')).toEqual([])
})

test('what begins so comes first, then what has a word that does', () => {
  expect(found('con', 'Icones', 'Ver a conta', 'Conversas')).toEqual([
    'Conversas',
    'Ver a conta',
    'Icones',
  ])
})

test('a name is told from another by its detail, and found by it', () => {
  const maria: Entry = {
    id: '1',
    label: 'Maria',
    detail: 'bom dia',
    icon: null,
    run: () => undefined,
  }
  expect(matching([maria], 'dia')).toEqual([maria])
})
