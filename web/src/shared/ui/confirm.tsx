import { Button, getDefaultZIndex, Group, Modal, Text, TextInput } from '@mantine/core'
import { useLayoutEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { createStore } from 'zustand/vanilla'

interface ConfirmOptions {
  /** A question that names the thing: "Excluir a Padaria Aurora?" */
  title: string
  /** What follows from it. */
  text: string
  /** What the button does: "Excluir", never "OK". */
  confirm: string
  danger?: boolean
  /** The word that must be typed first. */
  typed?: string
}

interface Asking {
  options: ConfirmOptions | undefined
  /** How many were asked: each begins with nothing typed. */
  count: number
  opened: boolean
  answer: (yes: boolean) => void
}

const asking = createStore<Asking>(() => ({
  options: undefined,
  count: 0,
  opened: false,
  answer: () => undefined,
}))

/** Asks before what cannot be taken back. One question at a time: a second one answers the first with no. */
export function useConfirm(): (options: ConfirmOptions) => Promise<boolean> {
  return ask
}

function ask(options: ConfirmOptions): Promise<boolean> {
  asking.getState().answer(false)
  return new Promise((resolve) => {
    const answer = (yes: boolean) => {
      asking.setState({ opened: false, answer: () => undefined })
      resolve(yes)
    }
    asking.setState(({ count }) => ({ options, count: count + 1, opened: true, answer }))
  })
}

/** Where the question is asked: once, in the providers. */
export function ConfirmDialog() {
  const { options, count, opened, answer } = useStore(asking)
  useEscapeForTheQuestionAlone()

  return (
    <Modal
      opened={opened}
      onClose={() => answer(false)}
      closeOnEscape={false}
      title={options?.title}
      centered
      // Above the drawer that it may have been asked from.
      zIndex={getDefaultZIndex('popover')}
      size="md"
      withCloseButton={false}
    >
      {options && <Question key={count} options={options} onAnswer={answer} />}
    </Modal>
  )
}

/** Every open dialog listens to the window: the one beneath, older, would hear the key first and close. */
function useEscapeForTheQuestionAlone(): void {
  // Before anything else of the page listens.
  useLayoutEffect(() => {
    function hear(event: KeyboardEvent): void {
      const { opened, answer } = asking.getState()
      if (event.key !== 'Escape' || event.isComposing || !opened) return
      event.stopImmediatePropagation()
      answer(false)
    }
    window.addEventListener('keydown', hear, { capture: true })
    return () => window.removeEventListener('keydown', hear, { capture: true })
  }, [])
}

interface QuestionProps {
  options: ConfirmOptions
  onAnswer: (yes: boolean) => void
}

function Question({ options, onAnswer }: QuestionProps) {
  const { t } = useTranslation()
  const { text, confirm, danger = false, typed } = options
  const [word, setWord] = useState('')
  const ready = typed === undefined || word.trim() === typed

  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        if (ready) onAnswer(true)
      }}
    >
      <Text size="md" lh={1.55}>
        {text}
      </Text>
      {typed !== undefined && (
        <TextInput
          data-autofocus
          mt="md"
          label={t('app.typeToConfirm', { word: typed })}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          value={word}
          onChange={(event) => setWord(event.currentTarget.value)}
        />
      )}
      <Group justify="flex-end" gap="sm" mt="xl">
        <Button
          variant="default"
          data-autofocus={typed === undefined && danger ? true : undefined}
          onClick={() => onAnswer(false)}
        >
          {t('app.cancel')}
        </Button>
        <Button
          type="submit"
          // Readable on the dark theme's light red, too.
          {...(danger ? { color: 'var(--danger)', ...(ready && { c: 'var(--panel)' }) } : {})}
          disabled={!ready}
          data-autofocus={typed === undefined && !danger ? true : undefined}
        >
          {confirm}
        </Button>
      </Group>
    </form>
  )
}
