/** Calls of the server, typed; no call throws, each ends in a Reply. Knows nothing of screens or of what is stored. */

import { judgeProblem, NOT_OURS, readRetryAfter, type Reply } from './reply'
import type { Enrolled, FormsBody, KeptAside, MediaReceipt, NewDevice, Plan, PlanRequest, Receipt, StationsBody } from './wire'

export type Bytes = ArrayBuffer

export type Settings = {
  base: string
  fetch: typeof fetch
  token: () => Promise<string | null>
  /** How long one call may take, in milliseconds; 2G needs patience. */
  timeout_ms?: number
}

type Call = { method: string; path: string; headers?: Record<string, string>; body?: Bytes | string; open?: boolean }

const PATIENCE_MS = 60_000

export type Api = ReturnType<typeof createApi>

export function createApi(settings: Settings) {
  async function send(call: Call): Promise<Response | null> {
    const stop = new AbortController()
    const timer = setTimeout(() => stop.abort(), settings.timeout_ms ?? PATIENCE_MS)
    const headers: Record<string, string> = { Accept: 'application/json', ...call.headers }
    const token = call.open ? null : await settings.token()
    if (token) headers['Authorization'] = `Bearer ${token}`
    try {
      const response = await settings.fetch(settings.base + call.path, {
        method: call.method,
        headers,
        body: call.body ?? null,
        signal: stop.signal,
        credentials: 'omit',
        cache: 'no-store',
        redirect: 'error',
      })
      // The body is read under the same clock: a line may die in the middle of an answer.
      const text = call.method === 'HEAD' ? '' : await response.text()
      const bare = response.status === 204 || response.status === 304
      return new Response(bare ? null : text, { status: response.status, headers: response.headers })
    } catch {
      // fetch rejects for a dead line, a refused redirect and our own abort alike: each means «not now».
      return null
    } finally {
      clearTimeout(timer)
    }
  }

  async function ask<T>(call: Call, looksRight: (body: T) => boolean): Promise<Reply<T>> {
    const response = await send(call)
    if (response === null) return { kind: 'offline' }
    if (response.status === 304) return { kind: 'not_modified' }
    const body = parse(await response.text())
    if (response.ok) {
      // A captive portal answers 200 with its own page; only a body of our shape counts as an answer.
      if (typeof body === 'object' && body !== null && looksRight(body as T)) {
        return { kind: 'ok', status: response.status, body: body as T, headers: response.headers }
      }
      return { kind: 'failed', problem: { code: NOT_OURS, status: response.status }, retry_after_s: null }
    }
    return judgeProblem(response.status, body, readRetryAfter(response.headers.get('Retry-After')))
  }

  const json = { 'Content-Type': 'application/json' }

  return {
    enrol: (code: string, device_label: string) =>
      ask<Enrolled>(
        { method: 'POST', path: '/devices', headers: json, body: JSON.stringify({ code, device_label } satisfies NewDevice), open: true },
        (body) => typeof body.token === 'string' && typeof body.account === 'object',
      ),

    forms: (etag: string | null) =>
      ask<FormsBody>({ method: 'GET', path: '/forms', headers: unless(etag) }, (body) => Array.isArray(body.forms)),

    stations: (after: string | null, etag: string | null) =>
      ask<StationsBody>(
        {
          method: 'GET',
          path: `/my/stations?limit=500${after ? `&after=${encodeURIComponent(after)}` : ''}`,
          headers: unless(etag),
        },
        (body) => Array.isArray(body.stations),
      ),

    plan: (request: PlanRequest) =>
      ask<Plan>(
        { method: 'POST', path: '/sync/plan', headers: json, body: JSON.stringify(request) },
        (body) => Array.isArray(body.records) && Array.isArray(body.media),
      ),

    putRecord: (id: string, body: Bytes) =>
      ask<Receipt | KeptAside>(
        { method: 'PUT', path: `/inspections/${id}`, headers: json, body },
        (answer) => typeof answer.durable === 'boolean',
      ),

    /** How many bytes of a photo the server holds; null when it cannot be learnt now. */
    async mediaOffset(sha256: string): Promise<number | null> {
      const response = await send({ method: 'HEAD', path: `/media/${sha256}` })
      const offset = response?.headers.get('Upload-Offset') ?? null
      return response?.ok && offset !== null && /^\d+$/.test(offset) ? Number(offset) : null
    },

    /** Send bytes first..first+piece.length-1 of a photo of `total` bytes. */
    putPiece: (sha256: string, mime: string, piece: Bytes, first: number, total: number) =>
      ask<MediaReceipt>(
        {
          method: 'PUT',
          path: `/media/${sha256}`,
          headers: {
            'Content-Type': mime,
            'Content-Range': `bytes ${first}-${first + piece.byteLength - 1}/${total}`,
          },
          body: piece,
        },
        (answer) => typeof answer.received_bytes === 'number',
      ),
  }
}

function unless(etag: string | null): Record<string, string> {
  return etag ? { 'If-None-Match': etag } : {}
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
