import { Textarea } from '@mantine/core'
import { useEffect, useRef, type KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { reveal } from '../thread/anchor'
import type { Message } from '../types'
import { nextQuote } from './answerable'
import classes from './composer.module.css'
import type { Draft } from './drafts'

interface TextBoxProps {
  draft: Draft
  messages: Message[]
  name: string
  /** What is written goes below a file. */
  isCaption: boolean
  onSend: () => void
  onFiles: (files: Iterable<File>) => void
}

/** Enter sends, Shift and Enter break the line; Alt with the arrows chooses what is answered, Escape lets go of it. */
export function TextBox({ draft, messages, name, isCaption, onSend, onFiles }: TextBoxProps) {
  const { t } = useTranslation()
  const box = useRef<HTMLTextAreaElement>(null)
  const { text, quoted, write, quote } = draft

  useEffect(() => {
    // On a phone the keyboard would cover half of what there is to read.
    if (hasKeyboard()) box.current?.focus({ preventScroll: true })
  }, [])
  useEffect(() => {
    if (quoted) box.current?.focus({ preventScroll: true })
  }, [quoted])

  function walk(step: -1 | 1): void {
    const next = nextQuote(messages, quoted, step)
    quote(next)
    if (next) reveal(next)
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (event.nativeEvent.isComposing) return
    const press = keyOf(event)
    if (!press) return
    event.preventDefault()
    if (press === 'send') onSend()
    else if (press === 'earlier') walk(-1)
    else if (press === 'later') walk(1)
    else if (quoted) quote(undefined)
    else leave()
  }

  return (
    <Textarea
      ref={box}
      className={classes.text}
      classNames={{ input: classes.input }}
      variant="unstyled"
      aria-label={t('composer.label', { name })}
      placeholder={t(isCaption ? 'composer.caption' : 'composer.placeholder')}
      aria-keyshortcuts="Enter Alt+ArrowUp Alt+ArrowDown"
      enterKeyHint={hasKeyboard() ? 'send' : 'enter'}
      autosize
      minRows={1}
      maxRows={8}
      value={text}
      onChange={({ currentTarget }) => write(currentTarget.value)}
      onKeyDown={onKeyDown}
      onPaste={(event) => {
        const { files, types } = event.clipboardData
        // A table that was copied is words and, for those who cannot read, a picture of them.
        if (files.length === 0 || types.includes('text/plain')) return
        event.preventDefault()
        onFiles(files)
      }}
    />
  )
}

type Press = 'send' | 'earlier' | 'later' | 'leave'

function keyOf({ key, shiftKey, altKey, ctrlKey, metaKey }: KeyboardEvent): Press | undefined {
  if (key === 'Escape') return 'leave'
  if (altKey && key === 'ArrowUp') return 'earlier'
  if (altKey && key === 'ArrowDown') return 'later'
  if (key !== 'Enter' || shiftKey || altKey) return undefined
  // The Enter of a phone's keyboard breaks lines; there is a button to send.
  return ctrlKey || metaKey || hasKeyboard() ? 'send' : undefined
}

function hasKeyboard(): boolean {
  return !globalThis.matchMedia('(hover: none) and (pointer: coarse)').matches
}

/** Back to the list, where the arrows go on to the next conversation. */
function leave(): void {
  document.querySelector<HTMLElement>('[data-row][aria-current="page"]')?.focus()
}
