/** How a call can end, told apart so that nothing is given up that a retry would bring home. */

import retryable from '../generated/retryable.json'
import type { Problem } from './wire'

export type Reply<T> =
  | { kind: 'ok'; status: number; body: T; headers: Headers }
  | { kind: 'not_modified' }
  /** The server read it and says no: sending the same again cannot help. */
  | { kind: 'refused'; problem: Problem }
  /** The server, or something before it, could not do it now: a later try may help. */
  | { kind: 'failed'; problem: Problem; retry_after_s: number | null }
  /** Nobody answered in time. */
  | { kind: 'offline' }
  /** This device's access was taken back. */
  | { kind: 'revoked'; problem: Problem }

/** Refusals of which the server's own table says that a retry can help. */
const RETRYABLE = new Set<string>(retryable)

/** Codes that only the phone can give: it met something that was not the server. */
export const NOT_OURS = 'NOT_THE_SERVER'

const ALWAYS_LATER = [408, 423, 425, 429]

export function isProblem(value: unknown): value is Problem {
  return typeof value === 'object' && value !== null && typeof (value as Problem).code === 'string'
}

/** The server, or what stands before it, can take nothing from anybody now. */
export const isBusy = ({ status }: Problem): boolean => status === 429 || status > 500

/** Read a Retry-After header in seconds; a date or nonsense is null. */
export function readRetryAfter(value: string | null): number | null {
  const seconds = Number(value)
  return value !== null && value.trim() !== '' && Number.isFinite(seconds) && seconds >= 0 ? seconds : null
}

/** Judge an answer that is not a success; `body` is its JSON, or undefined when it was not JSON. */
export function judgeProblem(status: number, body: unknown, retry_after_s: number | null): Exclude<Reply<never>, { kind: 'ok' }> {
  // A captive portal or a proxy speaks HTML with any status. It has judged nothing, so the record waits.
  if (!isProblem(body)) return { kind: 'failed', problem: { code: NOT_OURS, status }, retry_after_s }
  if (body.code === 'TOKEN_REVOKED') return { kind: 'revoked', problem: body }
  const later = status >= 500 || ALWAYS_LATER.includes(status) || status === 401 || RETRYABLE.has(body.code)
  return later ? { kind: 'failed', problem: body, retry_after_s } : { kind: 'refused', problem: body }
}
