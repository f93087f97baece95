/** A server of our own contract behind a line that can fail at any call; it counts what was sent. */

import { createHash } from 'node:crypto'
import { createApi } from '../src/api/client'
import type { FormsBody, MediaReceipt, PhotoClaim, Plan, PlanRequest, Receipt, StationsBody } from '../src/api/wire'
import { PIECE_BYTES } from '../src/sync/backoff'
import type { Database } from '../src/store/database'
import type { Parts } from '../src/sync/parts'
import { FORM, HE_YING, makeStation } from './people'

type Answer = { status: number; body?: unknown; text?: string; headers?: Record<string, string> }
type Call = { method: string; path: string; body: Buffer; headers: Headers }

/** 'lost': nothing arrives. 'lost_after': the server did its work, the answer is lost. Else the answer given instead. */
export type Fault = 'lost' | 'lost_after' | Answer

const sha = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex')

export class Server {
  records = new Map<string, { sha256: string; photos: PhotoClaim[]; times: number }>()
  media = new Map<string, { bytes: Buffer; size: number }>()
  stations = ['s1', 's2', 's3', 's4', 's5'].map((code) => makeStation(code))
  calls: Call[] = []
  sent_media_bytes = 0
  fault: (call: Call) => Fault | null = () => null

  fetch: typeof fetch = async (input, init) => {
    const call: Call = {
      method: init?.method ?? 'GET',
      path: String(input),
      body: init?.body ? Buffer.from(init.body as ArrayBuffer) : Buffer.alloc(0),
      headers: new Headers(init?.headers),
    }
    this.calls.push(call)
    const fault = this.fault(call)
    if (fault === 'lost') throw new TypeError('network')
    const answer = fault === null || fault === 'lost_after' ? this.answer(call) : fault
    if (fault === 'lost_after') throw new TypeError('network')
    const bare = answer.status === 304
    const text = answer.text ?? JSON.stringify(answer.body ?? {})
    return new Response(bare ? null : text, { status: answer.status, headers: answer.headers ?? {} })
  }

  has(sha256: string): boolean {
    const held = this.media.get(sha256)
    return held !== undefined && held.bytes.length === held.size
  }

  private answer(call: Call): Answer {
    const [, kind, name] = /^\/api\/v1\/([a-z]+)\/?([^?]*)/.exec(call.path) ?? []
    if (kind === 'sync') return { status: 200, body: this.plan(JSON.parse(call.body.toString())) }
    if (kind === 'inspections') return this.takeRecord(name as string, call.body)
    if (kind === 'media') return this.takePiece(name as string, call)
    if (kind === 'forms') return this.tagged(call, { forms: [FORM] } satisfies FormsBody)
    if (kind === 'my') return this.listStations(call)
    return { status: 404, body: { code: 'NOT_FOUND', status: 404 } }
  }

  private tagged(call: Call, body: unknown): Answer {
    const ETag = `"${sha(Buffer.from(JSON.stringify(body)))}"`
    return call.headers.get('If-None-Match') === ETag ? { status: 304, headers: { ETag } } : { status: 200, body, headers: { ETag } }
  }

  private listStations(call: Call): Answer {
    const from = Number(/after=(\d+)/.exec(call.path)?.[1] ?? 0)
    const next = from + 2 < this.stations.length ? from + 2 : null
    return this.tagged(call, { stations: this.stations.slice(from, from + 2), next, as_of: '2026-11-21' } satisfies StationsBody)
  }

  private plan({ records = [], media = [] }: PlanRequest): Plan {
    return {
      server_time: '2026-11-21T04:00:00Z',
      records: records.map(({ id, sha256 }) => ({ id, status: this.records.get(id)?.sha256 === sha256 ? 'same' : 'missing' })),
      media: media.map(({ sha256 }) => ({
        sha256,
        received_bytes: this.media.get(sha256)?.bytes.length ?? 0,
        complete: this.has(sha256),
        durable: this.has(sha256),
      })),
    }
  }

  private takeRecord(id: string, body: Buffer): Answer {
    const sha256 = sha(body)
    const known = this.records.get(id)
    if (known && known.sha256 !== sha256) return { status: 202, body: { code: 'KEPT_ASIDE', quarantine_id: 9, durable: true } }
    const photos: PhotoClaim[] = known?.photos ?? JSON.parse(body.toString()).photos
    this.records.set(id, { sha256, photos, times: (known?.times ?? 0) + 1 })
    const receipt: Receipt = {
      id,
      state: 'submitted',
      received_at: '2026-11-21T04:00:01Z',
      sha256,
      durable: true,
      photos: photos.map(({ sha256: one, purpose }) => ({ sha256: one, purpose, received: this.has(one) })),
      on_site: 'on_site',
      distance_m: 11,
    }
    return { status: known ? 200 : 201, body: receipt }
  }

  private takePiece(sha256: string, call: Call): Answer {
    const held = this.media.get(sha256)?.bytes ?? Buffer.alloc(0)
    if (call.method === 'HEAD') return { status: 200, headers: { 'Upload-Offset': String(held.length) } }
    this.sent_media_bytes += call.body.length
    const [, first, total] = /bytes (\d+)-\d+\/(\d+)/.exec(call.headers.get('Content-Range') ?? '') ?? []
    if (Number(first) !== held.length) {
      return { status: 409, body: { code: 'PHOTO_OFFSET', status: 409, details: { offset: held.length } } }
    }
    const bytes = Buffer.concat([held, call.body])
    const complete = bytes.length === Number(total)
    if (complete && sha(bytes) !== sha256) return { status: 422, body: { code: 'PHOTO_HASH', status: 422 } }
    this.media.set(sha256, { bytes, size: Number(total) })
    const receipt: MediaReceipt = { sha256, received_bytes: bytes.length, complete, durable: complete }
    return { status: 200, body: receipt }
  }
}

/** What a round needs, with a clock that the test moves. */
export function makeParts(database: Database, server: Server, clock = { ms: Date.parse('2026-11-21T05:00:00Z') }): Parts {
  const api = createApi({ base: '/api/v1', fetch: server.fetch, token: async () => HE_YING.token })
  return { api, database, now: () => new Date(clock.ms), random: () => 0.5 }
}

export { PIECE_BYTES }
