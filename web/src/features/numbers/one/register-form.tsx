import { Button, Group, Text, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useTranslation } from 'react-i18next'
import { toastDone } from '@/shared/ui/toast'
import { useRegister } from '../api'
import classes from '../numbers.module.css'
import { Refused } from '../refused'

/** Without it Meta lets a new number send nothing. */
export function RegisterForm({ id }: { id: string }) {
  const { t } = useTranslation()
  const register = useRegister(id)
  const form = useForm({
    initialValues: { pin: '' },
    validate: { pin: (pin) => (/^\d{6}$/.test(pin) ? null : t('numbers.pinWrong')) },
  })

  return (
    <form
      className={classes.form}
      noValidate
      onSubmit={form.onSubmit(({ pin }) =>
        register.mutate(pin, { onSuccess: () => toastDone(t('numbers.registered')) }),
      )}
    >
      <Text size="sm">{t('numbers.registerText')}</Text>
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
