import { screen, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { onPhone } from '@/testing/phone'
import { renderPage } from '@/testing/render'
import { useState } from 'react'
import { DataList, type DataColumn, type Sorted } from './data-list'

interface Bread {
  id: string
  name: string
}

const user = userEvent.setup({ delay: null })
const columns: DataColumn<Bread, 'name' | 'id'>[] = [
  { key: 'name', label: 'Nome', sort: 'name', render: ({ name }) => name },
  {
    key: 'id',
    label: 'Código',
    sort: 'id',
    downFirst: true,
    render: ({ id }) => id,
    hideOnPhone: true,
  },
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

function Sortable({ onSort }: { onSort: (sorted: string | undefined) => void }) {
  const [sorted, setSorted] = useState<Sorted<'name' | 'id'>>()
  return (
    <DataList
      label="Pães"
      items={breads}
      keyOf={({ id }) => id}
      columns={columns}
      empty="Acabou"
      sorted={sorted}
      onSort={(next) => {
        setSorted(next)
        onSort(next)
      }}
    />
  )
}

test('a heading sorts one way, the other way, and not at all', async () => {
  const onSort = vi.fn()
  renderPage(<Sortable onSort={onSort} />)
  const heading = await screen.findByRole('columnheader', { name: 'Nome' })
  expect(heading).toHaveAttribute('aria-sort', 'none')
  within(heading).getByRole('button').focus()
  await user.keyboard('{Enter}')
  expect(heading).toHaveAttribute('aria-sort', 'ascending')
  await user.keyboard('{Enter}')
  expect(heading).toHaveAttribute('aria-sort', 'descending')
  await user.keyboard('{Enter}')
  expect(heading).toHaveAttribute('aria-sort', 'none')
  await user.click(screen.getByRole('button', { name: 'Código' }))
  expect(onSort.mock.calls).toEqual([['name'], ['-name'], [undefined], ['-id']])
  expect(screen.queryByRole('button', { name: 'Ações' })).not.toBeInTheDocument()
})

test('on a phone the order is chosen from a list', async () => {
  onPhone()
  const onSort = vi.fn()
  renderPage(<Sortable onSort={onSort} />)
  await user.click(await screen.findByRole('combobox', { name: 'Ordenar por' }))
  await user.click(await screen.findByRole('option', { name: 'Código' }))
  expect(onSort).toHaveBeenCalledExactlyOnceWith('-id')
})
