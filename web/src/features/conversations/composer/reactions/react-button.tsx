import { ActionIcon, Popover, TextInput } from '@mantine/core'
import { IconMoodSmile } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Message } from '../../types'
import { COMMON, firstEmoji } from './own-emoji'
import classes from './reactions.module.css'
import { ourReaction, useReact } from './use-react'

interface ReactButtonProps {
  message: Message
  tabIndex?: number
  onReacted?: () => void
}

/** Six that are common, any other one by typing it; the one that is there is taken back by choosing it again. */
export function ReactButton({ message, tabIndex, onReacted }: ReactButtonProps) {
  const { t } = useTranslation()
  const [opened, setOpened] = useState(false)
  const react = useReact(message)
  const ours = ourReaction(message)

  function choose(emoji: string): void {
    setOpened(false)
    react.mutate(emoji === ours ? '' : emoji, { onSuccess: () => onReacted?.() })
  }

  return (
    <Popover opened={opened} onChange={setOpened} position="top" shadow="md" trapFocus returnFocus>
      <Popover.Target>
        <ActionIcon
          variant="subtle"
          radius="xl"
          size={28}
          tabIndex={tabIndex}
          aria-label={t('reactions.react')}
          title={t('reactions.react')}
          loading={react.isPending}
          onClick={() => setOpened(!opened)}
        >
          <IconMoodSmile size={18} stroke={1.8} aria-hidden="true" />
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown className={classes.emojis} aria-label={t('reactions.react')}>
        {COMMON.map((emoji) => (
          <button
            key={emoji}
            type="button"
            className={classes.emoji}
            aria-pressed={emoji === ours}
            aria-label={t(emoji === ours ? 'reactions.takeBack' : 'reactions.with', { emoji })}
            onClick={() => choose(emoji)}
          >
            {emoji}
          </button>
        ))}
        <Other ours={ours} onChoose={choose} />
      </Popover.Dropdown>
    </Popover>
  )
}

interface OtherProps {
  ours: string | undefined
  onChoose: (emoji: string) => void
}

function Other({ ours, onChoose }: OtherProps) {
  const { t } = useTranslation()
  const isOther = ours !== undefined && !COMMON.some((emoji) => emoji === ours)
  return (
    <>
      {isOther && (
        <button
          type="button"
          className={classes.emoji}
          aria-pressed
          aria-label={t('reactions.takeBack', { emoji: ours })}
          onClick={() => onChoose(ours)}
        >
          {ours}
        </button>
      )}
      <TextInput
        className={classes.other}
        size="xs"
        aria-label={t('reactions.other')}
        placeholder={t('reactions.other')}
        value=""
        onChange={({ currentTarget }) => {
          const emoji = firstEmoji(currentTarget.value)
          if (emoji) onChoose(emoji)
        }}
      />
    </>
  )
}
