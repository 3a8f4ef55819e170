import { Button, Group, Radio, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { toastDone } from '@/shared/ui/toast'
import classes from '../numbers.module.css'
import { Refused } from '../refused'
import { useRequestCode, useVerifyCode } from '../registration-api'

const METHODS = ['SMS', 'VOICE'] as const

type Method = (typeof METHODS)[number]

/** The language in which Meta writes or speaks. */
const SPOKEN: Readonly<Record<string, string>> = { 'pt-BR': 'pt_BR', en: 'en_US', es: 'es' }

interface CodeFormProps {
  id: string
  onDone: () => void
}

/** First the code is asked for; then it is entered, or asked for again. */
export function CodeForm({ id, onDone }: CodeFormProps) {
  const { t, i18n } = useTranslation()
  const [method, setMethod] = useState<Method>('SMS')
  const request = useRequestCode(id)
  const isSent = request.isSuccess

  return (
    <div className={classes.form}>
      <Radio.Group
        label={t('numbers.codeBy')}
        value={method}
        onChange={(chosen) => setMethod(chosen === 'VOICE' ? 'VOICE' : 'SMS')}
      >
        <Group gap="lg" mt="xs">
          {METHODS.map((one) => (
            <Radio key={one} value={one} label={t(`numbers.codeMethods.${one}`)} />
          ))}
        </Group>
      </Radio.Group>
      <Refused error={request.error} />
      <Group justify="flex-end">
        <Button
          variant={isSent ? 'default' : 'filled'}
          loading={request.isPending}
          onClick={() =>
            request.mutate(
              { method, language: SPOKEN[i18n.language] ?? 'pt_BR' },
              { onSuccess: () => toastDone(t(`numbers.codeSent.${method}`)) },
            )
          }
        >
          {isSent ? t('numbers.requestCodeAgain') : t('numbers.requestCode')}
        </Button>
      </Group>
      <EnterCode id={id} onDone={onDone} />
    </div>
  )
}

/** Always there: the code may have been asked for by somebody else, or before the page was loaded anew. */
function EnterCode({ id, onDone }: CodeFormProps) {
  const { t } = useTranslation()
  const verify = useVerifyCode(id)
  const form = useForm({
    initialValues: { code: '' },
    validate: {
      code: (code) => (/^\d{3}[- ]?\d{3}$/.test(code.trim()) ? null : t('numbers.pinWrong')),
    },
  })

  /** The form may be gone by then, as the next thing is open: it is said all the same. */
  async function send({ code }: typeof form.values): Promise<void> {
    try {
      await verify.mutateAsync(code.replace(/\D/g, ''))
    } catch {
      return
    }
    toastDone(t('numbers.codeAccepted'))
    onDone()
  }

  return (
    <form
      className={classes.form}
      noValidate
      onSubmit={form.onSubmit((values) => void send(values))}
    >
      <TextInput
        label={t('numbers.code')}
        inputMode="numeric"
        autoComplete="one-time-code"
        maxLength={9}
        {...form.getInputProps('code')}
      />
      <Refused error={verify.error} />
      <Group justify="flex-end">
        <Button type="submit" loading={verify.isPending}>
          {t('numbers.verifyCode')}
        </Button>
      </Group>
    </form>
  )
}
