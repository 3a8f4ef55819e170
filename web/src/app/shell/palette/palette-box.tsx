import { Loader, UnstyledButton, VisuallyHidden } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { useEffect, useId, useState, type KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { Keys } from '../keys'
import type { Entry, EntryGroup } from './entries'
import classes from './palette.module.css'
import { useEntries } from './use-entries'

/** A combobox: what is typed stays in the field, the arrows walk through the list below it. */
export function PaletteBox({ onDone }: { onDone: () => void }) {
  const { t } = useTranslation()
  const id = useId()
  const [query, setQuery] = useState('')
  const [active, setActive] = useState<string>()
  const { groups, searching, failed } = useEntries(query)
  const entries = groups.flatMap(({ entries }) => entries)
  const at = Math.max(
    0,
    entries.findIndex((entry) => entry.id === active),
  )
  const chosen = entries[at]

  useEffect(() => {
    if (chosen) document.getElementById(optionId(id, chosen))?.scrollIntoView({ block: 'nearest' })
  }, [id, chosen])

  function finish(entry: Entry | undefined) {
    if (!entry) return
    onDone()
    entry.run()
  }

  function onKeyDown(event: KeyboardEvent) {
    if (event.nativeEvent.isComposing) return
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : undefined
    if (step !== undefined) {
      event.preventDefault()
      setActive(entries[(at + step + entries.length) % entries.length]?.id)
    } else if (event.key === 'Enter') {
      event.preventDefault()
      finish(chosen)
    }
  }

  return (
    <>
      <div className={classes.field}>
        <IconSearch size={19} stroke={1.8} aria-hidden="true" />
        <input
          data-autofocus
          // At once: what a quick hand types while the dialog fades in is meant for it.
          autoFocus
          type="text"
          role="combobox"
          className={classes.input}
          placeholder={t('shell.palettePlaceholder')}
          aria-label={t('shell.search')}
          aria-expanded
          aria-controls={`${id}list`}
          aria-autocomplete="list"
          aria-activedescendant={chosen && optionId(id, chosen)}
          autoComplete="off"
          spellCheck={false}
          value={query}
          onChange={(event) => {
            setQuery(event.currentTarget.value)
            setActive(undefined)
          }}
          onKeyDown={onKeyDown}
        />
        <UnstyledButton className={classes.leave} onClick={onDone}>
          <VisuallyHidden>{t('app.close')} </VisuallyHidden>
          <Keys keys={['esc']} />
        </UnstyledButton>
      </div>
      <div id={`${id}list`} role="listbox" aria-label={t('shell.search')} className={classes.list}>
        {groups.map((group) => (
          <Group
            key={group.title}
            group={group}
            boxId={id}
            chosen={chosen}
            onPoint={(entry) => setActive(entry.id)}
            onChoose={finish}
          />
        ))}
      </div>
      {searching ? (
        <p className={classes.searching}>
          <Loader size={14} aria-hidden="true" /> {t('shell.paletteSearching')}
        </p>
      ) : failed ? (
        <p className={classes.searching}>{t('shell.paletteFailed')}</p>
      ) : (
        entries.length === 0 && (
          <p className={classes.nothing}>{t('shell.paletteNothing', { query })}</p>
        )
      )}
      <VisuallyHidden role="status">
        {query && !searching && t('shell.paletteCount', { count: entries.length })}
      </VisuallyHidden>
    </>
  )
}

interface GroupProps {
  group: EntryGroup
  boxId: string
  chosen: Entry | undefined
  onPoint: (entry: Entry) => void
  onChoose: (entry: Entry) => void
}

function Group({ group: { title, entries }, boxId, chosen, onPoint, onChoose }: GroupProps) {
  return (
    <div role="group" aria-label={title} className={classes.group}>
      <div className={classes.title} aria-hidden="true">
        {title}
      </div>
      {entries.map((entry) => (
        <div
          key={entry.id}
          id={optionId(boxId, entry)}
          role="option"
          aria-selected={entry === chosen}
          className={classes.option}
          onMouseMove={() => onPoint(entry)}
          onClick={() => onChoose(entry)}
        >
          <span className={classes.icon} aria-hidden="true">
            {entry.icon}
          </span>
          <span className={classes.label}>{entry.label}</span>
          {entry.detail && <span className={classes.detail}>{entry.detail}</span>}
        </div>
      ))}
    </div>
  )
}

function optionId(boxId: string, entry: Entry): string {
  return `${boxId}${entry.id}`
}
