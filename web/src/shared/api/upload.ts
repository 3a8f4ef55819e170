import { parseJson } from '@/shared/json/read'
import { api, unwrap } from './client'
import { ApiError, errorFromBody, UNREACHABLE } from './errors'
import { session } from './session'

interface Upload {
  /** From 0 to 1. */
  onProgress: (done: number) => void
  signal: AbortSignal
}

interface Answer {
  status: number
  body: unknown
}

/** Posts a file to the API, and tells how far it is, which `fetch` cannot. Refusals are an `ApiError`. */
export async function upload(path: string, file: Blob, options: Upload): Promise<unknown> {
  let answer = await post(path, file, options)
  if (answer.status === 401) {
    // Asking for anything renews a token that has ended.
    await unwrap(api.GET('/api/v1/auth/me', { signal: options.signal }))
    answer = await post(path, file, options)
  }
  if (answer.status >= 300) throw errorFromBody(answer.status, answer.body)
  return answer.body
}

function post(path: string, file: Blob, { onProgress, signal }: Upload): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    request.open('POST', path)
    request.setRequestHeader('Authorization', `Bearer ${session.getState().token ?? ''}`)
    request.setRequestHeader('Content-Type', file.type || 'application/octet-stream')
    request.upload.onprogress = ({ loaded, total }) => onProgress(total > 0 ? loaded / total : 0)
    request.onload = () =>
      resolve({ status: request.status, body: parseJson(request.responseText) })
    request.onerror = () => reject(new ApiError(0, UNREACHABLE, ''))
    function giveUp(): void {
      request.abort()
      reject(new DOMException('The upload was given up.', 'AbortError'))
    }
    signal.addEventListener('abort', giveUp, { once: true })
    if (signal.aborted) giveUp()
    else request.send(file)
  })
}
