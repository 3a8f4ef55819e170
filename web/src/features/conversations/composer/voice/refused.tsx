import { CloseButton } from '@mantine/core'
import { IconMicrophoneOff } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { MicrophoneProblem } from './microphone'
import classes from '../files/files.module.css'

interface RefusedProps {
  problem: MicrophoneProblem
  onClose: () => void
}

/** Why nothing can be recorded, and how that is changed. */
export function Refused({ problem, onClose }: RefusedProps) {
  const { t } = useTranslation()
  return (
    <div className={classes.refusals} role="alert">
      <IconMicrophoneOff size={18} stroke={1.8} aria-hidden="true" />
      <ul>
        <li>{t(`voice.problem.${problem}`)}</li>
      </ul>
      <CloseButton aria-label={t('app.dismiss')} onClick={onClose} />
    </div>
  )
}
