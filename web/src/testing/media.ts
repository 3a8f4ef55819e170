import type { components } from '@/shared/api/schema'

type MediaLimits = components['schemas']['MediaLimits']
type FileRead = components['schemas']['FileRead']

/** As WhatsApp's, with a thousand bytes for everything. */
export function aMediaLimits(): MediaLimits {
  const kind = (name: FileRead['kind'], takes_caption: boolean, ...mime_types: string[]) => ({
    kind: name,
    max_bytes: 1000,
    mime_types,
    takes_caption,
  })
  return {
    kinds: [
      kind('image', true, 'image/jpeg', 'image/png'),
      kind('video', true, 'video/mp4'),
      kind('audio', false, 'audio/mp4', 'audio/mpeg', 'audio/ogg'),
      kind('document', true, 'application/pdf'),
      kind('sticker', false, 'image/webp'),
    ],
    max_caption_length: 1024,
  }
}

export function aStoredFile(over: Partial<FileRead> = {}): FileRead {
  return {
    id: 'media-1',
    kind: 'image',
    mime_type: 'image/jpeg',
    file_name: 'vitrine.jpg',
    size: 8,
    width: 960,
    height: 720,
    url: '/api/v1/media/files/token/vitrine.jpg',
    thumbnail_url: '/api/v1/media/files/small/vitrine.jpg',
    download_url: '/api/v1/media/files/down/vitrine.jpg',
    ...over,
  }
}
