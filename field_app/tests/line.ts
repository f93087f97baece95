/** A server of our own contract behind a line that can fail at any call; it counts what was sent. */

import { createHash } from 'node:crypto'
import { createApi } from '../src/api/client'
import type {
  Changes, FilingReceipt, FormsBody, FoundReceipt, Ground, MediaReceipt, MyMonths, PhotoClaim, Plan, PlanRequest, Receipt, Station,
} from '../src/api/wire'
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
  previews = new Map<string, Buffer>()
  found = new Map<string, { sha256: string; times: number }>()
  /** The filings of each month in their order, by period; a key files once. */
  months = new Map<string, { key: string; said: string }[]>()
  my_months: MyMonths | null = null
  /** Every change ever made; a cursor is how many a phone has seen. */
  journal: Partial<Changes>[] = []
  reset_at = 0
  forms = [FORM]
  page_size = 2
  biggest_piece = 0
  calls: Call[] = []
  sent_media_bytes = 0
  fault: (call: Call) => Fault | null = () => null

  constructor() {
    for (const code of ['s1', 's2', 's3', 's4', 's5']) this.change(makeStation(code))
  }

  change(station: Station): void {
    this.journal.push({ stations: [station] })
  }

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
    const [, kind, name = '', rest = ''] = /^\/api\/v1\/([a-z-]+)\/?([^/?]*)\/?([^/?]*)/.exec(call.path) ?? []
    const key = `${call.method} ${kind}/${kind === 'media' && rest ? 'preview' : kind === 'my' || kind === 'sync' ? name : ''}`
    switch (key) {
      case 'POST sync/plan':
        return { status: 200, body: this.plan(JSON.parse(call.body.toString())) }
      case 'POST sync/records':
        return this.takeBatch(call.body)
      case 'PUT my/device':
        return { status: 200, body: { device_id: 1, registered_at: HE_YING.server_time } }
      case 'PUT inspections/':
        return this.takeRecord(name, call.body)
      case 'PUT found-stations/':
        return this.takeFound(name, call.body)
      case 'PUT sales-reports/':
        return this.takeMonth(name, rest, call)
      case 'PUT media/preview':
        this.previews.set(name, call.body)
        return { status: 201, body: { sha256: name, durable: true } }
      case 'PUT media/':
      case 'HEAD media/':
        return this.takePiece(name, call)
      case 'GET inspections/':
        return { status: 200, text: 'small picture', headers: { 'Content-Type': 'image/jpeg' } }
      case 'GET forms/':
        return this.tagged(call, { forms: this.forms } satisfies FormsBody)
      case 'GET my/changes':
        return { status: 200, body: this.changes(/cursor=(\d+)/.exec(call.path)?.[1] ?? null) }
      case 'GET my/ground':
        return this.tagged(call, { outlines: [], villages: [], villages_left_out: 0, approval_no: 'GS' } satisfies Ground)
      case 'GET my/months':
        return { status: 200, body: this.my_months }
      default:
        return { status: 404, body: { code: 'NOT_FOUND', status: 404 } }
    }
  }

  private tagged(call: Call, body: unknown): Answer {
    const ETag = `"${this.tag(body)}"`
    return call.headers.get('If-None-Match') === ETag ? { status: 304, headers: { ETag } } : { status: 200, body, headers: { ETag } }
  }

  private tag(body: unknown): string {
    return sha(Buffer.from(JSON.stringify(body)))
  }

  private changes(cursor: string | null): Changes {
    const reset = cursor === null || Number(cursor) < this.reset_at
    const from = reset ? 0 : Number(cursor)
    const page = this.journal.slice(from, from + this.page_size)
    const all = <K extends 'stations' | 'removed' | 'tasks' | 'closed_tasks' | 'returned' | 'closed_returns'>(key: K): Changes[K] =>
      page.map((one) => (one[key] ?? []) as unknown[]).reduce((sum, some) => sum.concat(some), []) as Changes[K]
    return {
      cursor: String(from + page.length), more: from + page.length < this.journal.length, reset, as_of: '2026-11-21',
      stations: all('stations'), removed: all('removed'), tasks: all('tasks'), closed_tasks: all('closed_tasks'),
      returned: all('returned'), closed_returns: all('closed_returns'),
    }
  }

  private plan({ records = [], media = [], previews = [], cursor, forms, months }: PlanRequest): Plan {
    const held = (id: string, sha256: string): boolean =>
      this.records.get(id)?.sha256 === sha256 || this.found.get(id)?.sha256 === sha256
    return {
      server_time: '2026-11-21T04:00:00Z',
      signed_time: 'signed',
      records: records.map(({ id, sha256 }) => ({ id, status: held(id, sha256) ? 'same' : 'missing' })),
      media: media.map(({ sha256 }) => ({
        sha256,
        received_bytes: this.media.get(sha256)?.bytes.length ?? 0,
        complete: this.has(sha256),
        durable: this.has(sha256),
      })),
      previews: previews.map((sha256) => ({ sha256, held: this.previews.has(sha256) || this.has(sha256) })),
      news: {
        forms: forms !== this.tag({ forms: this.forms }),
        changes: cursor === null || Number(cursor) < Math.max(this.journal.length, this.reset_at),
        months: this.my_months !== null && months !== this.my_months.tag,
      },
    }
  }

  private takeBatch(body: Buffer): Answer {
    const { records } = JSON.parse(body.toString()) as { records: { id: string; body: string }[] }
    const receipts = records.map((one) => {
      // A fault aimed at one record hits it inside a batch as well.
      const alone = this.fault({ method: 'PUT', path: `/api/v1/inspections/${one.id}`, body: Buffer.from(one.body), headers: new Headers() })
      const answer = typeof alone === 'object' && alone?.body ? alone : this.takeRecord(one.id, Buffer.from(one.body))
      return { status: answer.status, ...(answer.body as object) }
    })
    return { status: 200, body: { receipts } }
  }

  private takeFound(id: string, body: Buffer): Answer {
    const known = this.found.get(id)
    this.found.set(id, { sha256: sha(body), times: (known?.times ?? 0) + 1 })
    const photos: PhotoClaim[] = JSON.parse(body.toString()).photos
    const receipt: FoundReceipt = {
      id, state: 'open', received_at: '2026-11-21T04:00:01Z', sha256: sha(body), durable: true,
      photos: photos.map(({ sha256, purpose }) => ({ sha256, purpose, received: this.has(sha256) })),
    }
    return { status: known ? 200 : 201, body: receipt }
  }

  private takeMonth(station: string, period: string, call: Call): Answer {
    const { sent_at, ...form } = JSON.parse(call.body.toString())
    const [key, said] = [call.headers.get('Idempotency-Key') as string, JSON.stringify(form)]
    const filings = this.months.get(period) ?? []
    const repeated = filings.findIndex((one) => one.key === key)
    if (sent_at === undefined || (repeated >= 0 && filings[repeated]?.said !== said)) {
      return { status: 409, body: { code: 'REPORT_CONFLICT', status: 409 } }
    }
    const seen = /"(\d+)"/.exec(call.headers.get('If-Match') ?? '')?.[1]
    if (repeated < 0 && Number(seen ?? 0) !== filings.length) {
      const current = { version: filings.length, values: { online_sales_out: '9.00' }, changed_at: '2026-11-20T04:00:00Z' }
      return { status: 409, body: { code: 'CONFLICT_VERSION', status: 409, details: { seen: seen ?? null, current, sent: { values: form } } } }
    }
    if (repeated < 0) this.months.set(period, [...filings, { key, said }])
    const version = repeated < 0 ? filings.length + 1 : repeated + 1
    const receipt: Partial<FilingReceipt> = { station, period, version, received_at: '2026-11-21T04:00:01Z', state: 'submitted' }
    return { status: repeated < 0 ? 201 : 200, body: receipt }
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
    this.biggest_piece = Math.max(this.biggest_piece, call.body.length)
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
  return { api, database, now: () => new Date(clock.ms), random: () => 0.5, line: () => 'wifi' }
}

export { PIECE_BYTES }
