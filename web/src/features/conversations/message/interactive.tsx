import { IconClick, IconForms, IconList, IconPhoneCheck, IconPhoneX } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { fullTime } from '@/shared/format/time'
import { useTimeStyle } from '@/shared/format/use-time-style'
import {
  isRecord,
  parseJson,
  readNumber,
  readRecord,
  readRecords,
  readString,
  type Json,
} from '@/shared/json/read'
import classes from './content.module.css'
import { Offer } from './offer'

interface InteractiveProps {
  content: Json
}

export function Buttons({ content }: InteractiveProps) {
  return (
    <Offer content={content}>
      <div className={classes.choices}>
        {readRecords(content, 'buttons').map((button, index) => (
          <span key={index} className={classes.choice}>
            {readString(button, 'title')}
          </span>
        ))}
      </div>
    </Offer>
  )
}

export function List({ content }: InteractiveProps) {
  const { t } = useTranslation()

  return (
    <Offer content={content}>
      <details className={classes.list}>
        <summary className={classes.choice}>
          <IconList size={16} stroke={1.8} aria-hidden="true" />
          {readString(content, 'button') ?? t('message.listButton')}
        </summary>
        {readRecords(content, 'sections').map((section, index) => (
          <ListSection key={index} section={section} />
        ))}
      </details>
    </Offer>
  )
}

function ListSection({ section }: { section: Json }) {
  const title = readString(section, 'title')

  return (
    <div className={classes.section}>
      {title && <span className={classes.sectionTitle}>{title}</span>}
      {readRecords(section, 'rows').map((row, index) => (
        <div key={index} className={classes.row}>
          {readString(row, 'title')}
          <span className={classes.faint}>{readString(row, 'description')}</span>
        </div>
      ))}
    </div>
  )
}

/** What the customer tapped, in a list or under a message, or sent in a form. */
export function InteractiveReply({ content }: InteractiveProps) {
  const reply = readRecord(content, 'reply') ?? {}
  const form = content.form
  const permission = readRecord(content, 'call_permission')
  if (permission) return <CallPermission permission={permission} />
  if (form !== undefined) {
    return <FormAnswers form={form} isAddress={readString(content, 'name') === 'address_message'} />
  }

  return (
    <Tapped
      title={readString(content, 'text') ?? readString(reply, 'title') ?? ''}
      description={readString(reply, 'description')}
    />
  )
}

export function TappedButton({ content }: InteractiveProps) {
  return <Tapped title={readString(content, 'text') ?? ''} />
}

interface TappedProps {
  title: string
  description?: string | undefined
}

function Tapped({ title, description }: TappedProps) {
  return (
    <div className={classes.tapped} data-runs-on="">
      <IconClick size={16} stroke={1.8} aria-hidden="true" />
      <div>
        {title}
        {description && <div className={classes.faint}>{description}</div>}
      </div>
    </div>
  )
}

function CallPermission({ permission }: { permission: Json }) {
  const { t } = useTranslation()
  const style = useTimeStyle()
  const until = readNumber(permission, 'expiration_timestamp')
  if (readString(permission, 'response') !== 'accept') {
    return (
      <div className={classes.tapped} data-runs-on="">
        <IconPhoneX size={16} stroke={1.8} aria-hidden="true" />
        <div>{t('message.callsRefused')}</div>
      </div>
    )
  }
  return (
    <div className={classes.tapped} data-runs-on="">
      <IconPhoneCheck size={16} stroke={1.8} aria-hidden="true" />
      <div>
        {until === undefined
          ? t('message.callsPermitted')
          : t('message.callsPermittedUntil', { time: fullTime(new Date(until * 1000), style) })}
      </div>
    </div>
  )
}

/** Beside its answers stands a word of WhatsApp's, the same in every language. */
function FormAnswers({ form, isAddress }: { form: unknown; isAddress: boolean }) {
  const { t } = useTranslation()
  const said = typeof form === 'string' ? parseJson(form) : form
  const answers = isAddress && isRecord(said) ? (readRecord(said, 'values') ?? said) : said

  return (
    <>
      <div className={classes.tapped}>
        <IconForms size={16} stroke={1.8} aria-hidden="true" />
        <strong>{t(isAddress ? 'message.address' : 'message.form')}</strong>
      </div>
      {isRecord(answers) && (
        <dl className={classes.answers}>
          {Object.entries(answers)
            .filter(([field]) => field !== 'flow_token')
            .map(([field, answer]) => (
              <div key={field}>
                <dt>{field.replaceAll('_', ' ')}</dt>
                <dd>{typeof answer === 'string' ? answer : JSON.stringify(answer)}</dd>
              </div>
            ))}
        </dl>
      )}
    </>
  )
}
