import { Button, Group, PasswordInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useTranslation } from 'react-i18next'
import { SectionCard } from '@/shared/ui/section-card'
import { toastDone } from '@/shared/ui/toast'
import { useReplaceToken } from '../api'
import classes from '../numbers.module.css'
import { Refused } from '../refused'

export function TokenCard({ id }: { id: string }) {
  const { t } = useTranslation()
  const replace = useReplaceToken(id)
  const form = useForm({
    initialValues: { token: '' },
    validate: { token: (token) => (token.trim() === '' ? t('numbers.tokenMissing') : null) },
  })

  function send({ token }: typeof form.values): void {
    replace.mutate(token.trim(), {
      onSuccess: () => {
        form.reset()
        toastDone(t('numbers.tokenReplaced'))
      },
    })
  }

  return (
    <SectionCard title={t('numbers.token')} description={t('numbers.tokenText')}>
      <form className={classes.form} noValidate onSubmit={form.onSubmit(send)}>
        <PasswordInput
          label={t('numbers.newToken')}
          autoComplete="off"
          {...form.getInputProps('token')}
        />
        <Refused error={replace.error} />
        <Group justify="flex-end">
          <Button type="submit" loading={replace.isPending}>
            {t('numbers.replaceToken')}
          </Button>
        </Group>
      </form>
    </SectionCard>
  )
}
