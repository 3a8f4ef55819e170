import { useTranslation } from 'react-i18next'
import { Heading } from '../heading'
import { CommandLine } from './command-line'
import classes from './setup.module.css'

/** Nobody has set this installation up, and the page was opened without the link that may. */
export function NotSetUp({ ended = false }: { ended?: boolean }) {
  const { t } = useTranslation()

  return (
    <>
      <Heading title={t(ended ? 'setup.endedTitle' : 'setup.emptyTitle')} arrived={ended}>
        {t(ended ? 'setup.endedText' : 'setup.emptyText')}
      </Heading>
      <CommandLine command="pytake setup" />
      <p className={classes.small}>{t('setup.whyALink')}</p>
    </>
  )
}
