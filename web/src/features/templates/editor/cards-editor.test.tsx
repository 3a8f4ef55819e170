import { screen, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { useState } from 'react'
import { renderPage } from '@/testing/render'
import { CardsEditor } from './cards-editor'
import { EMPTY, type Draft } from './draft'
import { edited } from './fields'
import { OfferFields } from './offer-fields'

const user = userEvent.setup({ delay: null })
const empty: Draft = { ...EMPTY, body_text: 'Veja:' }

function Fields({ onDraft }: { onDraft: (draft: Draft) => void }) {
  const [draft, setDraft] = useState(empty)
  const fields = {
    draft,
    issues: [
      { path: 'cards.0.header_content', code: 'header_sample_required', message: '', params: {} },
    ],
    disabled: false,
    onEdit: (changes: Parameters<typeof edited>[1]) => {
      const next = edited(draft, changes)
      setDraft(next)
      onDraft(next)
    },
  }
  return (
    <>
      <CardsEditor {...fields} numberId="number-1" />
      <OfferFields {...fields} hasOffers />
    </>
  )
}

async function open() {
  let latest = empty
  renderPage(<Fields onDraft={(draft) => (latest = draft)} />)
  await screen.findByRole('button', { name: 'Adicionar cartão' })
  return () => latest
}

test('cards are made alike, each with its words', async () => {
  const draft = await open()
  await user.click(screen.getByRole('button', { name: 'Adicionar cartão' }))
  await user.click(screen.getByRole('button', { name: 'Botão em todos' }))
  await user.click(await screen.findByRole('menuitem', { name: 'Resposta rápida' }))
  const card = (number: number) =>
    within(screen.getByRole('listitem', { name: `Cartão ${number}` }))
  await user.type(card(1).getByLabelText('Texto do cartão'), 'Bolo')
  await user.type(card(2).getByLabelText('Texto do botão'), 'Quero')

  expect(draft().cards.map((card) => card.body_text)).toEqual(['Bolo', ''])
  expect(draft().cards.map((card) => card.buttons?.map(({ text }) => text))).toEqual([
    [''],
    ['Quero'],
  ])
  expect(card(1).getByText('Falta o arquivo de amostra.')).toBeVisible()
  expect(card(2).queryByText('Falta o arquivo de amostra.')).toBeNull()

  await user.click(screen.getByRole('button', { name: 'Remover cartão 1' }))
  expect(draft().cards.map((card) => card.body_text)).toEqual([''])
})

test('an offer and the request to call are written', async () => {
  const draft = await open()
  await user.type(screen.getByLabelText('Oferta por tempo limitado'), 'Só hoje!')
  await user.click(screen.getByLabelText('Mostrar quanto tempo falta'))
  await user.click(screen.getByLabelText('Perguntar se a empresa pode ligar'))

  expect(draft()).toMatchObject({
    offer_text: 'Só hoje!',
    offer_expires: true,
    asks_to_call: true,
  })
})
