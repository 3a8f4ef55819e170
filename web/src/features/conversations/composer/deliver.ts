import { api, unwrap } from '@/shared/api/client'
import { ApiError, isAway } from '@/shared/api/errors'
import type { Message } from '../types'
import { bring } from './files/bring'
import type { MessageWrite, Outgoing, OutgoingFile, StoredFile } from './outgoing'

/** Milliseconds before the same is tried again by itself. */
const PAUSES = [1_000, 3_000]
/** An answer that takes longer than this has been lost on its way. */
const PATIENCE = 60_000

/**
 * Brings a message to the server, its file before it. Throws what it was refused with, once trying again has
 * not helped. A file that is there is not brought again.
 */
export async function deliver(
  { key, conversationId, body, file }: Outgoing,
  signal: AbortSignal,
  onFile: (changed: Partial<OutgoingFile>) => void,
): Promise<Message> {
  if (!file || file.stored) return write(key, conversationId, body, signal)
  const stored = await patiently(
    () => bring(file, { signal, onProgress: (progress) => onFile({ progress }) }),
    signal,
  )
  onFile({ stored })
  return write(key, conversationId, naming(body, stored), signal)
}

/** A message with the file that it carries. */
export function naming(body: MessageWrite, { id }: StoredFile): MessageWrite {
  return { ...body, content: { ...body.content, media_file_id: id } }
}

function write(
  key: string,
  conversationId: string,
  body: MessageWrite,
  signal: AbortSignal,
): Promise<Message> {
  return patiently(
    () =>
      unwrap(
        api.POST('/api/v1/conversations/{conversation_id}/messages', {
          params: {
            path: { conversation_id: conversationId },
            header: { 'Idempotency-Key': key },
          },
          body,
          signal: AbortSignal.any([signal, AbortSignal.timeout(PATIENCE)]),
        }),
      ),
    signal,
  )
}

async function patiently<T>(attempt: () => Promise<T>, signal: AbortSignal): Promise<T> {
  for (const pause of PAUSES) {
    try {
      return await attempt()
    } catch (error) {
      if (signal.aborted || !mayPass(error)) throw error
    }
    await rest(pause)
    signal.throwIfAborted()
  }
  return attempt()
}

/** Nobody answered, or the first try is still being answered. */
function mayPass(error: unknown): boolean {
  if (error instanceof ApiError) return isAway(error) || error.code === 'idempotency_key_in_use'
  return error instanceof DOMException && error.name === 'TimeoutError'
}

function rest(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds))
}
