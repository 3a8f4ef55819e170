import { readString, type Json } from '@/shared/json/read'
import { Markup } from './markup'

export function Text({ content }: { content: Json }) {
  return <Markup text={readString(content, 'text') ?? ''} />
}
