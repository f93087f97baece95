/** What the phone keeps: the rows of each table. Types only. */

import type { DBSchema } from 'idb'
import type { Lock } from './sealing'
import type {
  Account, Answer, Checks, FilingReceipt, Form, FoundReceipt, Ground, MyMonths, PhotoClaim, Problem, Receipt,
  ReturnedVisit, Station, Task,
} from '../api/wire'

/** Under a PIN: `sealed` holds the whole of it, and what is private of the other fields is empty. */
export type Sealed<T> = T & { sealed?: ArrayBuffer }

export type DraftKind = 'visit' | 'found'

export type Draft = {
  id: string
  kind: DraftKind
  account_id: string
  /** Empty for a station that is on no list. */
  station_code: string
  station_name: string
  /** The form it was begun on; it is finished on the same one after a newer is published. */
  form: Form
  started_at: string
  changed_at: string
  answers: Record<string, Answer | Checks>
  /** Questions left open on purpose: not_seen or not_applicable. */
  not_answered: Record<string, string>
  position: Position | null
  photos: Sealed<PhotoClaim>[]
  /** The returned visit that this one makes good. */
  replaces: string | null
  /** Photos of that visit which the server has: kept without bytes on this phone. */
  held_photos: string[]
  /** Codes of the stations shown as near before «new station» was offered. */
  nearby: string[]
  /** Under a PIN: answers, what was left open and position, sealed; those fields are then empty. */
  sealed?: ArrayBuffer
  was_touched?: boolean
  /** Grows with each writing, so that who sealed outside a transaction sees that somebody came between. */
  turn?: number
}

/** A month while its owner fills it in; values as typed. */
export type MonthDraft = {
  id: string
  period: string
  account_id: string
  station_code: string
  station_name: string
  form: Form
  changed_at: string
  values: Record<string, string>
  is_nil: boolean
  reason: string
  /** The version its author had before the eyes; null for a first filing. */
  seen_version: number | null
  /** Under a PIN: values, nil and reason, sealed; those fields are then empty. */
  sealed?: ArrayBuffer
  turn?: number
}

export type Position = { lon: number; lat: number; accuracy_m: number; at: string }

export type RecordKind = 'visit' | 'month' | 'found'

export type RecordState = 'ready' | 'sending' | 'acknowledged' | 'refused' | 'kept_aside'

export type OutboxRecord = {
  id: string
  kind: RecordKind
  account_id: string
  station_code: string
  station_name: string
  /** Of a visit; empty otherwise. */
  observed_state: string
  /** Of a month: 202606; empty otherwise. */
  period: string
  seen_version: number | null
  captured_at: string
  state: RecordState
  /** The bytes to send, made once; every resend is the same to the byte. */
  body: ArrayBuffer
  sha256: string
  tries: number
  next_try_at: number
  problem: Sealed<Problem> | null
  receipt: AnyReceipt | null
  quarantine_id: string | null
  /** Of one kept aside: the id under which a corrected one was begun from it. */
  mended_by?: string
  /** Under a PIN `body` is sealed; `sha256` stays that of the bytes that are sent. */
  is_sealed?: true
}

export type AnyReceipt = Receipt | FoundReceipt | Sealed<FilingReceipt>

/** The bytes of a photo: written once, read only to be shown, sent or exported. */
export type PhotoBytes = {
  visit_id: string
  sha256: string
  bytes: ArrayBuffer
  /** At most 30 kB, sent before the photo itself; null when none could be made. */
  preview: ArrayBuffer | null
}

/** How far a photo has come. Apart from its bytes, so that a list reads none and a mark rewrites none. */
export type PhotoLine = Pick<PhotoClaim, 'sha256' | 'purpose' | 'size' | 'mime' | 'taken_at'> & {
  visit_id: string
  /** 'none': none was made, or it is not worth its bytes; 'refused': the server does not want it. */
  preview: 'none' | 'waiting' | 'sent' | 'refused'
  sent_bytes: number
  tries: number
  next_try_at: number
  problem: Problem | null
  /** Sent and refused for good, or not wanted for a record kept aside: the phone goes on keeping it. */
  held: boolean
}

/** What is left on the phone of a record that the server holds whole. */
export type ReceiptRow = {
  id: string
  kind: RecordKind
  period: string
  account_id: string
  station_code: string
  station_name: string
  observed_state: string
  captured_at: string
  received_at: string
  sha256: string
  photos: number
  done_at: string
  /** Of a month: what the server answered, with its version and its questions. */
  filing?: Sealed<FilingReceipt>
}

/**
 * Under a PIN `token` is empty and `sealed_token` holds it. `watch_token` lies open: it only asks the server whether this
 * phone is revoked, so that a locked one can be erased; a phone enrolled by an older server has none.
 */
export type Enrolment = { token: string; sealed_token?: ArrayBuffer; watch_token?: string; account: Account; device_id: string }

/** A code about to be used, and the token that this phone made for it: asked with again when the answer was lost. */
export type Enrolling = { code: string; secret: string }

/** The lock of a PIN, and how often a wrong one was given in a row. */
export type KeptLock = Lock & { wrong: number }

/** `signed_time` is the same time as the server signed it for this phone; null where it only said it. */
export type ServerTime = { server_time: string; signed_time: string | null; wall_ms: number; monotonic_ms: number; page: string }

/** The photo that was kept and sealed last, and the how-manyth it was since the enrolment. */
export type SealHead = { number: number; sha256: string }

export type SettingValues = {
  enrolment: Enrolment
  enrolling: Enrolling
  sealed_enrolling: ArrayBuffer
  /** Set when the server took the access back: what the person is told, and for whom the outbox is kept. */
  revoked: { at: string; account_id: string }
  language: 'zh' | 'en'
  server_time: ServerTime
  forms_etag: string
  stations_as_of: string
  /** How far the changes have come down; see `sync/changes.ts`. */
  cursor: string
  ground: Ground
  ground_etag: string
  /** When the ground was last asked for, and for whose area. */
  ground_asked: { at: string; unit_code: string }
  months: MyMonths
  /** The same under a PIN; one of the two stands. */
  sealed_months: { tag: string; months: ArrayBuffer }
  lock: KeptLock
  /** The PIN of whom this phone belonged to before was taken off when it changed hands. */
  handed_over: true
  /** What small pictures of last visits have cost today. */
  last_photos_day: { day: string; bytes: number }
  /** Full photos on any network, or only where the phone says it is Wi-Fi. */
  photos_over: 'any' | 'wifi'
  /** The phone's own key pair; what it signs stands in the photos. The private half cannot be read out. */
  seal_keys: CryptoKeyPair
  /** The server knows the key. */
  seal_known: true
  seal_head: SealHead
  last_round: { at: string; outcome: string }
}

export type LastPhoto = { inspection_id: string; bytes: ArrayBuffer; mime: string; kept_at: string }

export interface Tables extends DBSchema {
  settings: { key: string; value: unknown }
  forms: { key: string; value: Form }
  stations: { key: string; value: Station }
  drafts: { key: string; value: Draft; indexes: { station_code: string } }
  records: { key: string; value: OutboxRecord }
  photos: { key: [string, string]; value: PhotoBytes; indexes: { visit_id: string } }
  photo_lines: { key: [string, string]; value: PhotoLine; indexes: { visit_id: string } }
  receipts: { key: string; value: ReceiptRow; indexes: { done_at: string } }
  tasks: { key: number; value: Task }
  returned: { key: string; value: Sealed<ReturnedVisit>; indexes: { station_code: string } }
  month_drafts: { key: string; value: MonthDraft }
  /** The small picture of the last visit of a station. */
  last_photos: { key: string; value: LastPhoto }
}
