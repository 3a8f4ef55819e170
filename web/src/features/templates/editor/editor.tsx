import { Alert, Button, Group, Select, Stack } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useErrorText } from '@/shared/api/use-error-text'
import { formatPhone } from '@/shared/format/phone'
import { useUnsavedGuard } from '@/shared/forms/use-unsaved-guard'
import { SectionCard } from '@/shared/ui/section-card'
import { toastDone, toastFailed } from '@/shared/ui/toast'
import { useChange, useDiscard, useNumbers, usePreview, useSubmit } from '../api'
import { CATEGORIES } from '../filters'
import { Phone } from '../preview/phone'
import type { Template } from '../types'
import { ButtonsEditor } from './buttons-editor'
import { CardsEditor } from './cards-editor'
import { CodeFields } from './code-fields'
import { draftOf, isMadeElsewhere, withVariables, type Draft } from './draft'
import classes from './editor.module.css'
import { edited, type Edit } from './fields'
import { issueAt } from './issue-text'
import { OfferFields } from './offer-fields'
import { Samples } from './samples'
import { TextFields } from './text-fields'

/** Milliseconds after the last key until the server is asked how it looks. */
const PAUSE = 200

const EDITABLE = ['DRAFT', 'APPROVED', 'REJECTED', 'PAUSED']

interface EditorProps {
  template: Template
  mayWrite: boolean
}

export function Editor({ template, mayWrite }: EditorProps) {
  const { t } = useTranslation()
  const [typed, setTyped] = useState<Draft>()
  const [chosen, setChosen] = useState<Template['category']>()
  const draft = typed ?? draftOf(template)
  const category = chosen ?? template.category
  const isDirty = typed !== undefined || chosen !== undefined
  const isElsewhere = isMadeElsewhere(template)
  const isOpen =
    EDITABLE.includes(template.meta_status) && template.content.strange.length === 0 && !isElsewhere
  const disabled = !mayWrite || !isOpen || template.call !== null
  const [asked] = useDebouncedValue(draft, PAUSE)
  const { name, language } = template
  const { data: looks } = usePreview({ name, language, category, content: asked })
  const issues = (looks ?? template).issues
  const { data: numbers = [] } = useNumbers()
  const number = numbers.find(({ id }) => id === template.whatsapp_number_id) ?? numbers[0]
  useUnsavedGuard(isDirty)

  function edit(changes: Edit): void {
    // On whatever is there by then: an "undo" may come later.
    setTyped((before) => withVariables(edited(before ?? draftOf(template), changes)))
  }

  function forget(): void {
    setTyped(undefined)
    setChosen(undefined)
  }
  const fields = { draft, issues, disabled, onEdit: edit }

  return (
    <div className={classes.columns}>
      <div className={classes.column}>
        <SectionCard title={t('templates.content')}>
          <Stack gap="sm">
            {!isOpen && (
              <p className={classes.soft}>
                {t(isElsewhere ? 'templates.madeElsewhere' : 'templates.readOnly')}
              </p>
            )}
            <Select
              label={t('templates.category')}
              error={issueAt(issues, 'category', t)}
              allowDeselect={false}
              disabled={disabled || template.meta_status === 'APPROVED'}
              data={CATEGORIES.map((value) => ({
                value,
                label: t(`templates.categories.${value}`),
              }))}
              value={category}
              onChange={(value) => setChosen(CATEGORIES.find((one) => one === value))}
            />
            {category === 'AUTHENTICATION' ? (
              <CodeFields {...fields} />
            ) : (
              <>
                <TextFields {...fields} numberId={number?.id} />
                <Samples {...fields} />
              </>
            )}
          </Stack>
        </SectionCard>
        {category !== 'AUTHENTICATION' && (
          <>
            <ButtonsEditor {...fields} />
            {(category === 'MARKETING' || draft.cards.length > 0) && (
              <CardsEditor {...fields} numberId={number?.id} />
            )}
            <OfferFields
              {...fields}
              hasOffers={category === 'MARKETING' || draft.offer_text !== null}
            />
          </>
        )}
        {mayWrite && isOpen && (
          <Actions
            template={template}
            isDirty={isDirty}
            problems={issues.length}
            changes={{ content: draft, ...(chosen && { category: chosen }) }}
            onSaved={forget}
          />
        )}
      </div>
      <div className={classes.sticky}>
        <SectionCard title={t('templates.preview')} description={t('templates.previewHint')}>
          <Phone
            shown={(looks ?? template).preview}
            business={number ? (number.display_name ?? formatPhone(number.phone_number)) : 'PyTake'}
          />
        </SectionCard>
      </div>
    </div>
  )
}

interface ActionsProps {
  template: Template
  isDirty: boolean
  problems: number
  changes: { content: Draft; category?: NonNullable<Template['category']> }
  onSaved: () => void
}

function Actions({ template, isDirty, problems, changes, onSaved }: ActionsProps) {
  const { t } = useTranslation()
  const errorText = useErrorText()
  const change = useChange(template.id)
  const submit = useSubmit(template.id)
  const discard = useDiscard(template.id)
  const isAsking = template.call !== null
  const isKnown = template.meta_template_id !== null

  async function save(): Promise<void> {
    if (isDirty) await change.mutateAsync(changes)
    onSaved()
  }

  async function run(work: () => Promise<unknown>, told: string): Promise<void> {
    try {
      await work()
      toastDone(told)
    } catch (error) {
      toastFailed(errorText(error))
    }
  }

  return (
    <div className={classes.actions}>
      <p role="status" className={classes.soft}>
        {isAsking
          ? t('templates.asking')
          : problems > 0
            ? t('templates.problems', { count: problems })
            : isKnown && (isDirty || template.has_changes)
              ? t('templates.hasChanges')
              : ''}
      </p>
      {change.error !== null && (
        <Alert role="alert" color="red">
          {errorText(change.error)}
        </Alert>
      )}
      <Group justify="flex-end" className={classes.actionButtons}>
        {(isDirty || (isKnown && template.has_changes)) && (
          <Button
            variant="subtle"
            disabled={isAsking}
            loading={discard.isPending}
            onClick={() => {
              onSaved()
              if (isKnown && template.has_changes) {
                void run(() => discard.mutateAsync(), t('templates.discarded'))
              }
            }}
          >
            {t('templates.discard')}
          </Button>
        )}
        <Button
          variant="default"
          disabled={!isDirty || isAsking}
          loading={change.isPending}
          onClick={() => void run(save, t('app.saved'))}
        >
          {t('templates.save')}
        </Button>
        <Button
          disabled={problems > 0 || isAsking || !(isDirty || template.has_changes)}
          loading={submit.isPending}
          onClick={() =>
            void run(async () => {
              await save()
              await submit.mutateAsync()
            }, t('templates.submitted'))
          }
        >
          {t('templates.submit')}
        </Button>
      </Group>
    </div>
  )
}
