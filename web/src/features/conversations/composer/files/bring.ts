import { isRecord } from '@/shared/json/read'
import { upload } from '@/shared/api/upload'
import { errorFromBody } from '@/shared/api/errors'
import type { OutgoingFile, StoredFile } from '../outgoing'

interface Bring {
  onProgress: (done: number) => void
  signal: AbortSignal
}

/** Brings a file to the server, which makes of a recording what WhatsApp calls a voice. */
export async function bring(
  { kind, blob, name, isVoice }: OutgoingFile,
  options: Bring,
): Promise<StoredFile> {
  const query = new URLSearchParams({
    kind,
    ...(name && { file_name: name.slice(-LONGEST_NAME) }),
    ...(isVoice && { voice: 'true' }),
  })
  const stored = await upload(`/api/v1/media?${query}`, blob, options)
  if (!isStored(stored)) throw errorFromBody(201, null)
  return stored
}

/** The end of a name is what tells its kind. */
const LONGEST_NAME = 240

function isStored(value: unknown): value is StoredFile {
  return isRecord(value) && typeof value.id === 'string' && typeof value.download_url === 'string'
}
