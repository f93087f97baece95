/** Calls of the server, typed; each ends in a Reply and throws only what reading the token throws. Knows nothing of screens or of what is stored. */

import { judgeProblem, NOT_OURS, readRetryAfter, type Reply } from './reply'
import type {
  BatchAnswer, Changes, Enrolled, FilingReceipt, FormsBody, FoundReceipt, Ground, KeptAside, KeyReceipt, MediaReceipt, MyMonths, NewDevice,
  Plan, PlanRequest, PreviewReceipt, Receipt, Watched,
} from './wire'

export type Bytes = ArrayBuffer

export type Settings = {
  base: string
  fetch: typeof fetch
  token: () => Promise<string | null>
  /** How long one call may take, in milliseconds; 2G needs patience. */
  timeout_ms?: number
}

type Call = { method: string; path: string; headers?: Record<string, string>; body?: Bytes | string; open?: boolean }

/** The token could not be read: that is the phone's own matter, not the line's. */
class NoToken extends Error {
  constructor(readonly reason: unknown) {
    super()
  }
}

const PATIENCE_MS = 60_000

export type Api = ReturnType<typeof createApi>

export function createApi(settings: Settings) {
  async function readToken(): Promise<string | null> {
    try {
      return await settings.token()
    } catch (reason) {
      throw new NoToken(reason)
    }
  }

  async function send(call: Call): Promise<Response | null> {
    const stop = new AbortController()
    const timer = setTimeout(() => stop.abort(), settings.timeout_ms ?? PATIENCE_MS)
    const headers: Record<string, string> = { Accept: 'application/json', ...call.headers }
    try {
      const token = call.open ? null : await readToken()
      if (token) headers['Authorization'] = `Bearer ${token}`
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
      const content = call.method === 'HEAD' ? null : await response.arrayBuffer()
      const bare = response.status === 204 || response.status === 304
      return new Response(bare ? null : content, { status: response.status, headers: response.headers })
    } catch (reason) {
      if (reason instanceof NoToken) throw reason.reason
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
    /** `secret` is the token that this phone made: with the same code it is let in again when the answer was lost. */
    enrol: (code: string, device_label: string, secret: string, public_key: string | null = null) =>
      ask<Enrolled>(
        {
          method: 'POST',
          path: '/devices',
          headers: json,
          body: JSON.stringify({ code, device_label, secret, public_key } satisfies NewDevice),
          open: true,
        },
        (body) => typeof body.token === 'string' && typeof body.account === 'object',
      ),

    putKey: (public_key: string) =>
      ask<KeyReceipt>(
        { method: 'PUT', path: '/my/device/key', headers: json, body: JSON.stringify({ public_key }) },
        (body) => typeof body.device_id === 'number',
      ),

    /** Is this phone revoked? With the secret that is good for nothing else. */
    watch: (watch_token: string) =>
      ask<Watched>(
        { method: 'GET', path: '/my/device', headers: { Authorization: `Watch ${watch_token}` }, open: true },
        (body) => typeof body.revoked === 'boolean' && typeof body.erase_unsent === 'boolean',
      ),

    forms: (etag: string | null) =>
      ask<FormsBody>({ method: 'GET', path: '/forms', headers: unless(etag) }, (body) => Array.isArray(body.forms)),

    changes: (cursor: string | null) =>
      ask<Changes>(
        { method: 'GET', path: `/my/changes?limit=500${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ''}` },
        (body) => Array.isArray(body.stations) && typeof body.cursor === 'string',
      ),

    ground: (etag: string | null) =>
      ask<Ground>({ method: 'GET', path: '/my/ground', headers: unless(etag) }, (body) => Array.isArray(body.outlines)),

    months: () => ask<MyMonths>({ method: 'GET', path: '/my/months' }, (body) => Array.isArray(body.months)),

    plan: (request: PlanRequest) =>
      ask<Plan>(
        { method: 'POST', path: '/sync/plan', headers: json, body: JSON.stringify(request) },
        (body) => Array.isArray(body.records) && Array.isArray(body.media),
      ),

    putVisit: (id: string, body: Bytes) =>
      ask<Receipt | KeptAside>(
        { method: 'PUT', path: `/inspections/${id}`, headers: json, body },
        (answer) => typeof answer.durable === 'boolean',
      ),

    putFound: (id: string, body: Bytes) =>
      ask<FoundReceipt | KeptAside>(
        { method: 'PUT', path: `/found-stations/${id}`, headers: json, body },
        (answer) => typeof answer.durable === 'boolean',
      ),

    /** `seen_version` is the version that its author had before the eyes, null for a first filing. */
    putMonth: (id: string, station: string, period: string, seen_version: number | null, body: string) =>
      ask<FilingReceipt>(
        {
          method: 'PUT',
          path: `/sales-reports/${encodeURIComponent(station)}/${period}`,
          headers: { ...json, 'Idempotency-Key': id, ...(seen_version === null ? {} : { 'If-Match': `"${seen_version}"` }) },
          body,
        },
        (answer) => Number.isInteger(answer.version) && answer.period === period,
      ),

    /** Many visits at once; an answer for each, in their order. */
    postVisits: (visits: { id: string; body: string }[]) =>
      ask<BatchAnswer>(
        { method: 'POST', path: '/sync/records', headers: json, body: JSON.stringify({ records: visits }) },
        (answer) => Array.isArray(answer.receipts) && answer.receipts.length === visits.length,
      ),

    putPreview: (sha256: string, preview: Bytes) =>
      ask<PreviewReceipt>(
        { method: 'PUT', path: `/media/${sha256}/preview`, headers: { 'Content-Type': 'image/jpeg' }, body: preview },
        (answer) => answer.sha256 === sha256,
      ),

    /** The small picture of a visit's photo; null when it cannot be had now. */
    async smallPhoto(inspection_id: string, sha256: string): Promise<{ bytes: Bytes; mime: string } | null> {
      const path = `/inspections/${inspection_id}/photos/${sha256}?size=thumb`
      const response = await send({ method: 'GET', path, headers: { Accept: 'image/*' } })
      const mime = response?.headers.get('Content-Type') ?? ''
      return response?.ok && mime.startsWith('image/') ? { bytes: await response.arrayBuffer(), mime } : null
    },

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
