import { Button, Modal } from '@mantine/core'
import { IconKey, IconPlus } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useCan } from '@/shared/api/can'
import { useNow } from '@/shared/format/use-now'
import { Failure } from '@/shared/ui/failure'
import { Notice } from '@/shared/ui/notice'
import { Page } from '@/shared/ui/page'
import { SectionCard } from '@/shared/ui/section-card'
import { apiKeysQuery, type ApiKey, type ApiKeyMade } from './api'
import { CreateKeyForm } from './create-key-form'
import { IntegrationHints } from './integration-hints'
import { KeyFacts } from './key-facts'
import { KeyList } from './key-list'
import { isEnded } from './key-state'
import { MadeKey } from './made-key'

interface ApiKeysPageProps {
  /** The form for a new key is open. */
  creating: boolean
  onCreating: (open: boolean) => void
}

export function ApiKeysPage({ creating, onCreating }: ApiKeysPageProps) {
  const { t } = useTranslation()
  const can = useCan()
  const now = useNow()
  const keys = useInfiniteQuery(apiKeysQuery)
  const [openedId, setOpenedId] = useState<string>()
  const all = keys.data?.pages.flatMap((page) => page.items)
  const opened = all?.find(({ id }) => id === openedId)
  const open = ({ id }: ApiKey) => setOpenedId(id)
  const close = () => setOpenedId(undefined)
  const ended = all?.filter((key) => isEnded(key, now)) ?? []
  const create = can('api_keys.write') && (
    <Button leftSection={<IconPlus size={17} />} onClick={() => onCreating(true)}>
      {t('apiKeys.create')}
    </Button>
  )

  return (
    <Page title={t('apiKeys.title')} subtitle={t('apiKeys.subtitle')} width="wide" actions={create}>
      {keys.error ? (
        <Failure error={keys.error} onRetry={() => void keys.refetch()} />
      ) : (
        <KeyList
          label={t('apiKeys.list')}
          keys={all?.filter((key) => !isEnded(key, now))}
          onOpen={open}
          empty={
            <Notice icon={<IconKey size={26} stroke={1.6} />} title={t('apiKeys.emptyTitle')}>
              {t('apiKeys.emptyText')}
            </Notice>
          }
        />
      )}
      {ended.length > 0 && (
        <SectionCard
          title={t('apiKeys.ended', { count: ended.length })}
          description={t('apiKeys.endedText')}
        >
          <KeyList
            label={t('apiKeys.ended', { count: ended.length })}
            keys={ended}
            onOpen={open}
            empty={null}
          />
        </SectionCard>
      )}
      {keys.hasNextPage && (
        <Button
          variant="default"
          loading={keys.isFetchingNextPage}
          onClick={() => void keys.fetchNextPage()}
        >
          {t('app.more')}
        </Button>
      )}
      <IntegrationHints />
      <NewKey opened={creating && can('api_keys.write')} onClose={() => onCreating(false)} />
      <Modal
        opened={opened !== undefined}
        onClose={close}
        title={opened?.name}
        size="lg"
        closeButtonProps={{ 'aria-label': t('app.close') }}
      >
        {opened && <KeyFacts apiKey={opened} onClose={close} />}
      </Modal>
    </Page>
  )
}

interface NewKeyProps {
  opened: boolean
  onClose: () => void
}

function NewKey({ opened, onClose }: NewKeyProps) {
  const { t } = useTranslation()
  const [made, setMade] = useState<ApiKeyMade>()

  function close() {
    onClose()
    setMade(undefined)
  }

  return (
    <Modal
      opened={opened}
      onClose={close}
      // A slip of the finger must not lose what is shown once.
      closeOnClickOutside={!made}
      closeOnEscape={!made}
      withCloseButton={!made}
      title={made ? t('apiKeys.madeTitle') : t('apiKeys.createTitle')}
      size="lg"
      closeButtonProps={{ 'aria-label': t('app.close') }}
    >
      {made ? (
        <MadeKey made={made} onDone={close} />
      ) : (
        <CreateKeyForm onMade={setMade} onCancel={close} />
      )}
    </Modal>
  )
}
