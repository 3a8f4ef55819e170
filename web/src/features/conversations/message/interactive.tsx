import {
  IconAddressBook,
  IconClick,
  IconExternalLink,
  IconForms,
  IconList,
  IconMapPin,
  type Icon,
} from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import {
  isRecord,
  parseJson,
  readRecord,
  readRecords,
  readString,
  type Json,
} from '@/shared/json/read'
import classes from './content.module.css'
import { Markup } from '@/shared/markup/markup'

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

function Offer({ content, children }: InteractiveProps & { children: ReactNode }) {
  const header =
    readString(content, 'header') ?? readString(readRecord(content, 'header') ?? {}, 'text')
  const footer = readString(content, 'footer')

  return (
    <>
      {header && <strong className={classes.header}>{header}</strong>}
      <Markup text={readString(content, 'text') ?? ''} />
      {footer && <div className={classes.faint}>{footer}</div>}
      {children}
    </>
  )
}

/** What we ask for with one tap: to open a page, to fill in a form, to tell a place or a phone. */
export function Request({ content }: InteractiveProps) {
  const { t } = useTranslation()
  const link = readRecord(content, 'url_button')
  const form = readRecord(content, 'form')
  if (link)
    return <OneTap content={content} icon={IconExternalLink} label={readString(link, 'title')} />
  if (form)
    return <OneTap content={content} icon={IconForms} label={readString(form, 'flow_cta')} />
  return readString(content, 'request') === 'location' ? (
    <OneTap content={content} icon={IconMapPin} label={t('message.askLocation')} />
  ) : (
    <OneTap content={content} icon={IconAddressBook} label={t('message.askPhone')} />
  )
}

interface OneTapProps extends InteractiveProps {
  icon: Icon
  label: string | undefined
}

function OneTap({ content, icon: Sign, label }: OneTapProps) {
  return (
    <Offer content={content}>
      <div className={classes.choices}>
        <span className={classes.choice}>
          <Sign size={16} stroke={1.8} aria-hidden="true" />
          {label}
        </span>
      </div>
    </Offer>
  )
}

/** What the customer tapped, in a list or under a message, or sent in a form. */
export function InteractiveReply({ content }: InteractiveProps) {
  const reply = readRecord(content, 'reply') ?? {}
  const form = content.form
  if (form !== undefined) return <FormAnswers form={form} />

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

/** Beside its answers stands a word of WhatsApp's, the same in every language. */
function FormAnswers({ form }: { form: unknown }) {
  const { t } = useTranslation()
  const answers = typeof form === 'string' ? parseJson(form) : form

  return (
    <>
      <div className={classes.tapped}>
        <IconForms size={16} stroke={1.8} aria-hidden="true" />
        <strong>{t('message.form')}</strong>
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
