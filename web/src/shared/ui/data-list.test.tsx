import { screen, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { onPhone } from '@/testing/phone'
import { renderPage } from '@/testing/render'
import { DataList, type DataColumn } from './data-list'

interface Bread {
  id: string
  name: string
}

const user = userEvent.setup({ delay: null })
const columns: DataColumn<Bread>[] = [
  { key: 'name', label: 'Nome', render: ({ name }) => name },
  { key: 'id', label: 'Código', render: ({ id }) => id, hideOnPhone: true },
  { key: 'more', label: 'Ações', actions: true, render: () => <button>Excluir</button> },
]
const breads: Bread[] = [
  { id: 'p-1', name: 'Pão francês' },
  { id: 'p-2', name: 'Broa' },
]

function show(items: Bread[] | undefined, onOpen = vi.fn()) {
  const keyOf = ({ id }: Bread) => id
  renderPage(
    <DataList
      label="Pães"
      items={items}
      keyOf={keyOf}
      columns={columns}
      onOpen={onOpen}
      empty="Acabou"
    />,
  )
  return onOpen
}

test('a table whose rows are opened by their first cell', async () => {
  const onOpen = show(breads)
  const table = await screen.findByRole('table', { name: 'Pães' })
  expect(within(table).getAllByRole('row')).toHaveLength(3)
  await user.click(screen.getByRole('button', { name: 'Broa' }))
  expect(onOpen).toHaveBeenCalledExactlyOnceWith(breads[1])
  await user.click(screen.getAllByRole('button', { name: 'Excluir' })[0] ?? table)
  expect(onOpen).toHaveBeenCalledOnce()
})

test('cards on a phone, without what there is no room for', async () => {
  onPhone()
  show(breads)
  const list = await screen.findByRole('list', { name: 'Pães' })
  expect(within(list).getAllByRole('listitem')).toHaveLength(2)
  expect(screen.queryByText('p-1')).not.toBeInTheDocument()
  expect(within(list).getAllByRole('button', { name: 'Excluir' })).toHaveLength(2)
})

test('says that it loads, and that there is nothing', async () => {
  show(undefined)
  expect(await screen.findByRole('status')).toHaveTextContent('Carregando…')
  show([])
  expect(await screen.findByText('Acabou')).toBeVisible()
})
