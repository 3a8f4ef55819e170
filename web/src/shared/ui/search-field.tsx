import { CloseButton, TextInput } from '@mantine/core'
import { useDebouncedCallback, useHotkeys } from '@mantine/hooks'
import { IconSearch } from '@tabler/icons-react'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'

interface SearchFieldProps {
  label: string
  /** What is being searched for, as the address has it. */
  value: string
  onSearch: (value: string) => void
  className?: string | undefined
}

const PAUSE = 250

/** Searches while one types, after a pause. `/` goes to it and Escape empties it. */
export function SearchField({ label, value, onSearch, className }: SearchFieldProps) {
  const { t } = useTranslation()
  const [text, setText] = useState(value)
  const [sent, setSent] = useState(value)
  const input = useRef<HTMLInputElement>(null)
  const search = useDebouncedCallback((next: string) => {
    setSent(next)
    onSearch(next)
  }, PAUSE)
  // The address may change by itself: by going back, or when the filters are cleared.
  if (value !== sent) {
    setSent(value)
    setText(value)
  }
  useHotkeys([['/', () => input.current?.focus()]])

  function change(next: string): void {
    setText(next)
    search(next.trim())
  }

  return (
    <TextInput
      ref={input}
      type="search"
      className={className}
      placeholder={label}
      aria-label={label}
      aria-keyshortcuts="/"
      maxLength={255}
      leftSection={<IconSearch size={16} stroke={1.8} />}
      rightSection={
        text && (
          <CloseButton size="sm" aria-label={t('app.clearSearch')} onClick={() => change('')} />
        )
      }
      value={text}
      onChange={(event) => change(event.currentTarget.value)}
      onKeyDown={(event) => {
        if (event.key === 'Escape') change('')
      }}
    />
  )
}
