import type { MediaKind, MediaLimits } from './limits'

/** A file that can be sent. */
export interface Chosen {
  id: string
  kind: MediaKind
  file: File
}

/** A file that cannot, and why. */
export interface Refusal {
  name: string
  reason: 'kind' | 'empty' | 'large'
  /** Of what is too large. */
  kind?: MediaKind
  size?: number
  limit?: number
}

/** A picture of the kind that WhatsApp calls a sticker comes without a word around it: nobody attaches one. */
const OFFERED: readonly MediaKind[] = ['image', 'video', 'audio', 'document']

/** What a browser may not know a name for, depending on what else is installed. */
const BY_EXTENSION: Record<string, string> = {
  '3gp': 'video/3gpp',
  aac: 'audio/aac',
  amr: 'audio/amr',
  doc: 'application/msword',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  jpg: 'image/jpeg',
  m4a: 'audio/mp4',
  mp3: 'audio/mpeg',
  mp4: 'video/mp4',
  ogg: 'audio/ogg',
  opus: 'audio/ogg',
  pdf: 'application/pdf',
  png: 'image/png',
  ppt: 'application/vnd.ms-powerpoint',
  pptx: 'application/vnd.openxmlformats-officedocument.presentationml.presentation',
  txt: 'text/plain',
  xls: 'application/vnd.ms-excel',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
}
/** What browsers call what WhatsApp has another word for. */
const ALIASES: Record<string, string> = {
  'audio/m4a': 'audio/mp4',
  'audio/x-m4a': 'audio/mp4',
  'audio/mp3': 'audio/mpeg',
  'audio/opus': 'audio/ogg',
}

let count = 0

/** Whether WhatsApp takes a file, and as what. */
export function sortOut(file: File, limits: MediaLimits): Chosen | Refusal {
  const { name, size } = file
  const mimeType = mimeTypeOf(file)
  const found = limits.kinds.find(
    ({ kind, mime_types }) => OFFERED.includes(kind) && mime_types.includes(mimeType),
  )
  if (size === 0) return { name, reason: 'empty' }
  if (!found) return { name, reason: 'kind' }
  const { kind, max_bytes: limit } = found
  if (size > limit) return { name, reason: 'large', kind, size, limit }
  count += 1
  const named = file.type === mimeType ? file : new File([file], name, { type: mimeType })
  return { id: `file-${count}`, kind, file: named }
}

export function isRefusal(sorted: Chosen | Refusal): sorted is Refusal {
  return 'reason' in sorted
}

function mimeTypeOf({ name, type }: File): string {
  const said = type.split(';')[0]?.trim().toLowerCase() ?? ''
  const extension = /\.([a-z0-9]+)$/i.exec(name)?.[1]?.toLowerCase() ?? ''
  return ALIASES[said] ?? (said || (BY_EXTENSION[extension] ?? ''))
}
