import { readString, type Json } from '@/shared/json/read'
import { Markup } from '@/shared/markup/markup'

export function Text({ content }: { content: Json }) {
  return <Markup text={readString(content, 'text') ?? ''} />
}
