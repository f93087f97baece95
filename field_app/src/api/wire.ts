/** What travels between phone and server, written by hand until the server's OpenAPI document gives the same types. */

export type Choice = { value: string; label_zh: string; label_en: string }

export type Condition = { field: string; in: string[] }

export type FieldType = 'choice' | 'multi_choice' | 'text' | 'integer' | 'decimal' | 'boolean' | 'date' | 'check_map'

export type FormField = {
  name: string
  type: FieldType
  label_zh: string
  label_en: string
  required?: boolean
  choices?: Choice[]
  /** The checks of a check_map; each is answered yes, no, not_seen or not_applicable. */
  items?: Choice[]
  max_length?: number | null
  min?: number | null
  max?: number | null
  show_when?: Condition | null
  hint_zh?: string | null
  hint_en?: string | null
  purpose_zh?: string | null
  purpose_en?: string | null
}

export type PhotoRule = {
  purpose: string
  label_zh: string
  label_en: string
  /** Without a condition the photo is offered, never demanded. */
  required_when?: Condition | null
  why_zh?: string | null
  why_en?: string | null
}

export type Form = { name: string; version: string | number; fields: FormField[]; photo_rules: PhotoRule[] }

export type FormsBody = { forms: Form[] }

export type Station = {
  code: string
  name: string
  kind: string
  village_code: string | null
  village_name: string | null
  township_name: string | null
  /** Degrees, CGCS2000, which for a phone is the same as WGS-84. */
  lon: number | null
  lat: number | null
  services: string[]
  listing_status: string
  vitality: string
  vitality_since: string | null
  last_observed_at: string | null
  last_observed_state: string | null
}

export type StationsBody = { stations: Station[]; next: string | null; as_of: string }

export type Account = { id: string | number; name: string; role: string; unit_code: string; unit_name: string }

export type Enrolled = { token: string; account: Account; device_id: string | number; server_time: string }

export type Fix = {
  lon: number
  lat: number
  accuracy_m: number
  coord_system: 'wgs84'
  provider: string
  /** How old the fix was when the visit was saved, in seconds. */
  age_s: number
}

export type PhotoClaim = { sha256: string; purpose: string; size: number; mime: string; taken_at: string }

export type ClockReading = {
  wall: string
  /** Null when the phone was restarted after it last heard the server's time. */
  monotonic_ms_since_sync: number | null
  last_server_time: string | null
  time_zone: string
}

export type Answer = string | number | boolean | string[]
export type Checks = Record<string, string>

export type InspectionBody = {
  station_code: string
  method: string
  started_at: string
  ended_at: string
  captured_at: string
  observed_state: string
  answers: Record<string, Answer>
  checks: Checks
  fix: Fix | null
  note: string
  photos: PhotoClaim[]
  clock: ClockReading
  form_version: string | number
}

export type PlanRequest = { records: { id: string; sha256: string }[]; media: { sha256: string; size: number }[] }

export type Plan = {
  server_time: string
  records: { id: string; status: 'missing' | 'same' | 'conflict' }[]
  media: { sha256: string; received_bytes: number; complete: boolean }[]
}

export type Receipt = {
  id: string
  state: string
  received_at: string
  sha256: string
  durable: boolean
  photos: { sha256: string; purpose: string; received: boolean }[]
}

export type KeptAside = { code: 'KEPT_ASIDE'; quarantine_id: string | number; durable: boolean }

export type MediaReceipt = { sha256: string; received_bytes: number; complete: boolean; durable: boolean }

export type Problem = {
  code: string
  status: number
  message?: string
  message_en?: string
  errors?: Record<string, unknown>
  hint_zh?: string
  hint_en?: string
  details?: Record<string, unknown>
}
