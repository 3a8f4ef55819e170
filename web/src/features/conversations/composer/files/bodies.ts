import type { MessageWrite } from '../outgoing'
import { takesCaption } from './captions'
import type { Chosen } from './chosen'
import type { MediaLimits } from './limits'

export interface Part {
  body: MessageWrite
  chosen?: Chosen
}

/** Words and files as the messages they become: the words go below the first file that can carry any. */
export function partsOf(words: string, files: Chosen[], limits: MediaLimits | undefined): Part[] {
  const captioned = words && limits && files.find(({ kind }) => takesCaption(limits, kind))
  const parts = files.map((chosen): Part => {
    const { kind, file } = chosen
    const content = {
      ...(kind === 'document' && { filename: file.name }),
      ...(chosen === captioned && { caption: words }),
    }
    return { body: { type: kind, content }, chosen }
  })
  return words && !captioned
    ? [...parts, { body: { type: 'text', content: { text: words } } }]
    : parts
}
