import { isRecord, readRecord, readString } from '@/shared/json/read'

/** What the server refused, or why it could not be reached. `code` is what forms and pages decide on. */
export class ApiError extends Error {
  override readonly name = 'ApiError'
  readonly status: number
  readonly code: string
  readonly details: Record<string, unknown>

  constructor(
    status: number,
    code: string,
    message: string,
    details: Record<string, unknown> = {},
  ) {
    super(message)
    this.status = status
    this.code = code
    this.details = details
  }
}

/** The request never got an answer. */
export const UNREACHABLE = 'unreachable'

/** Asking again may help: nobody answered, or only what stands before the server. */
export function isAway({ status }: ApiError): boolean {
  return status === 0 || status >= 500
}

export function errorFromBody(status: number, body: unknown): ApiError {
  const error = isRecord(body) ? readRecord(body, 'error') : undefined
  return new ApiError(
    status,
    (error && readString(error, 'code')) ?? `http_${status}`,
    (error && readString(error, 'message')) ?? '',
    (error && readRecord(error, 'details')) ?? {},
  )
}
