import type { ComponentType } from 'react'
import type { Json } from '@/shared/json/read'
import type { Message } from '../types'
import { Contacts } from './contacts'
import { Buttons, InteractiveReply, List, TappedButton } from './interactive'
import { Location } from './location'
import { Audio, Document, Picture, Sticker, Video } from './media'
import { Order } from './order'
import { Reaction } from './reaction'
import { Request } from './request'
import { Template } from './template'
import { Text } from './text'
import { Unsupported } from './unsupported'

export interface ContentProps {
  content: Json
  message: Message
}

/** One line per kind of message. What is not here, the platform does not know yet. */
const kinds: Record<string, ComponentType<ContentProps>> = {
  text: Text,
  note: Text,
  image: Picture,
  video: Video,
  sticker: Sticker,
  audio: Audio,
  document: Document,
  location: Location,
  contacts: Contacts,
  list: List,
  interactive: InteractiveReply,
  template: Template,
  reaction: Reaction,
  order: Order,
  system: Text,
}

/** A `button` of ours offers choices; one of the customer's is the choice that was tapped. */
const outbound: Record<string, ComponentType<ContentProps>> = {
  ...kinds,
  button: Buttons,
  interactive: Request,
}
const inbound: Record<string, ComponentType<ContentProps>> = { ...kinds, button: TappedButton }

export function MessageContent({ message }: { message: Message }) {
  const known = message.direction === 'inbound' ? inbound : outbound
  const Content = known[message.type] ?? Unsupported
  return <Content content={message.content} message={message} />
}
