import { Anchor } from '@mantine/core'
import { Fragment } from 'react'
import { safeUrl } from '@/shared/format/safe-url'

const ADDRESS = /(https?:\/\/[^\s<>"]+)/

/** The text as it is, with its addresses to click on. */
export function LinkedText({ text }: { text: string }) {
  return text.split(ADDRESS).map((part, index) => {
    const url = ADDRESS.test(part) ? safeUrl(part) : undefined
    const key = `${index}`
    return url ? (
      <Anchor key={key} href={url} inherit underline="always">
        {part}
      </Anchor>
    ) : (
      <Fragment key={key}>{part}</Fragment>
    )
  })
}
