import { isMeant, zoneOptions } from './zones'

const NOW = new Date('2026-11-18T17:30:00Z')

test('Brazil comes first, by the names of its cities, and the world by its own', () => {
  const { brazil, world } = zoneOptions('America/Sao_Paulo', NOW, 'pt-BR')
  expect(brazil[0]).toEqual({
    value: 'America/Sao_Paulo',
    label: 'Brasília, São Paulo, Rio de Janeiro (GMT-3)',
  })
  expect(world).toContainEqual({
    value: 'Europe/Madrid',
    label: 'Madrid, Europe (GMT+1)',
  })
  expect(world.some(({ value }) => value === 'America/Manaus')).toBe(false)
  expect(world.length).toBeGreaterThan(300)
})

test('a zone that browsers do not list is still there when it is the one in use', () => {
  expect(zoneOptions('Etc/GMT+3', NOW, 'en').world).toContainEqual({
    value: 'Etc/GMT+3',
    label: 'GMT+3, Etc (GMT-3)',
  })
})

test.each(['sao paulo', 'São', 'SAO_PAULO', 'gmt-3', ' brasilia '])(
  '%s finds São Paulo',
  (typed) => {
    const [saoPaulo] = zoneOptions('America/Sao_Paulo', NOW, 'pt-BR').brazil
    expect(saoPaulo && isMeant(saoPaulo, typed)).toBe(true)
  },
)
