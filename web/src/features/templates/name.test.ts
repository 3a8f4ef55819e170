import { expect, test } from 'vitest'
import { asName } from './name'

test.each([
  ['Confirmação de agenda', 'confirmacao_de_agenda'],
  ['Promo 50% OFF!', 'promo_50_off'],
  ['pedido_enviado', 'pedido_enviado'],
  ['a'.repeat(600), 'a'.repeat(512)],
])('%s becomes a name that Meta takes', (typed, name) => {
  expect(asName(typed)).toBe(name)
})
