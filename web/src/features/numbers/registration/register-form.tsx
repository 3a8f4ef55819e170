import { Button, Group, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useTranslation } from 'react-i18next'
import { toastDone } from '@/shared/ui/toast'
import classes from '../numbers.module.css'
import { Refused } from '../refused'
import { useRegister } from '../registration-api'
import { isPin } from './pin'

interface RegisterFormProps {
  id: string
  onDone: () => void
}

/** Without it Meta lets a new number send nothing. */
export function RegisterForm({ id, onDone }: RegisterFormProps) {
  const { t } = useTranslation()
  const register = useRegister(id)
  const form = useForm({
    initialValues: { pin: '' },
    validate: { pin: (pin) => (isPin(pin) ? null : t('numbers.pinWrong')) },
  })

  /** The form may be gone by then, as the number is well: it is said all the same. */
  async function send({ pin }: typeof form.values): Promise<void> {
    try {
      await register.mutateAsync(pin)
    } catch {
      return
    }
    toastDone(t('numbers.registered'))
    onDone()
  }

  return (
    <form
      className={classes.form}
      noValidate
      onSubmit={form.onSubmit((values) => void send(values))}
    >
      <TextInput
        label={t('numbers.pin')}
        inputMode="numeric"
        autoComplete="off"
        maxLength={6}
        {...form.getInputProps('pin')}
      />
      <Refused error={register.error} />
      <Group justify="flex-end">
        <Button type="submit" loading={register.isPending}>
          {t('numbers.register')}
        </Button>
      </Group>
    </form>
  )
}
