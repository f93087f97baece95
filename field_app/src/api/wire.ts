/** What travels between phone and server: names for the types that are drawn from the server's OpenAPI document. */

import type { components, paths } from '../generated/openapi'

type Schemas = components['schemas']

/** The JSON that a door of the server answers with a status; `never`, which fits nowhere, when there is no such door. */
type Given<Path extends keyof paths, Method extends keyof paths[Path], Status extends number> = paths[Path][Method] extends {
  responses: { [S in Status]: { content: { 'application/json': infer Body } } }
}
  ? Body
  : never

/** The JSON that a door of the server takes. */
type Taken<Path extends keyof paths, Method extends keyof paths[Path]> = paths[Path][Method] extends {
  requestBody: { content: { 'application/json': infer Body } }
}
  ? Body
  : never

export type FormsBody = Given<'/api/v1/forms', 'get', 200>
export type Form = FormsBody['forms'][number]
export type FormField = Form['fields'][number]
export type FieldType = FormField['type']
export type PhotoRule = Form['photo_rules'][number]
export type Choice = Schemas['Choice']
export type Condition = Schemas['Condition']

export type Changes = Given<'/api/v1/my/changes', 'get', 200>
/** Its point is in CGCS2000 degrees, which for a phone is the same as WGS-84. */
export type Station = Changes['stations'][number]
export type LastVisit = NonNullable<Station['last_visit']>
export type Task = Changes['tasks'][number]
export type ReturnedVisit = Changes['returned'][number]

export type Ground = Given<'/api/v1/my/ground', 'get', 200>
export type MyMonths = Given<'/api/v1/my/months', 'get', 200>
export type MyMonth = MyMonths['months'][number]

export type NewDevice = Taken<'/api/v1/devices', 'post'>
export type Enrolled = Given<'/api/v1/devices', 'post', 201>
export type Account = Enrolled['account']
export type Watched = Given<'/api/v1/my/device', 'get', 200>

export type KeyReceipt = Given<'/api/v1/my/device/key', 'put', 200>

export type Visit = Taken<'/api/v1/inspections/{inspection_id}', 'put'>
export type PhotoClaim = Visit['photos'][number]
export type PhotoPurpose = PhotoClaim['purpose']
export type ClockReading = Visit['clock']

export type Answer = string | number | boolean | string[]
export type Checks = Record<string, string>

/** What a form asked: which answers there can be is known only when it is drawn, and the server checks each. */
type Drawn = { method: string; observed_state: string; answers: Record<string, Answer>; checks: Checks }

/** Where the phone was: it always knows how exactly and how long ago. */
type Known = { fix: (NonNullable<Visit['fix']> & { accuracy_m: number; age_s: number }) | null }

type Made = Drawn & Known

/** A visit as the phone makes it: the fields of the server's schema, no other and none less. */
export type InspectionBody = { [Name in keyof Visit]-?: Name extends keyof Made ? Made[Name] : Visit[Name] }

export type PlanRequest = Taken<'/api/v1/sync/plan', 'post'>
export type Plan = Given<'/api/v1/sync/plan', 'post', 200>

export type FoundBody = Taken<'/api/v1/found-stations/{found_id}', 'put'>
export type FoundReceipt = Given<'/api/v1/found-stations/{found_id}', 'put', 200 | 201>

/** A month's form as it travels; its money is text, never a float. */
export type MonthBody = Taken<'/api/v1/sales-reports/{station}/{period}', 'put'>
export type FilingReceipt = Given<'/api/v1/sales-reports/{station}/{period}', 'put', 200 | 201>

export type PreviewReceipt = Given<'/api/v1/media/{sha256}/preview', 'put', 200 | 201>

export type Receipt = Given<'/api/v1/inspections/{inspection_id}', 'put', 200 | 201>
export type KeptAside = Given<'/api/v1/inspections/{inspection_id}', 'put', 202>

/** One answer of a batch: the status and the body that a single PUT would have got. */
export type BatchItem = { status: number } & Record<string, unknown>
export type BatchAnswer = { receipts: BatchItem[] }

/** Also of a photo whose bytes are held though they are no accepted picture: the phone need not send it again. */
export type MediaReceipt = Given<'/api/v1/media/{sha256}', 'put', 200> | Given<'/api/v1/media/{sha256}', 'put', 202>

/**
 * Codes that only the phone gives: nobody answered, somebody else did, nothing was promised or typed, or the phone
 * itself cannot read what it keeps, or failed over it otherwise.
 */
export type OwnCode =
  | 'OFFLINE' | 'NOT_THE_SERVER' | 'NO_DURABLE_RECEIPT' | 'CODE_EMPTY' | 'PHONE_FULL' | 'STORE_FAILED' | 'PHOTO_UNREADABLE' | 'RECORD_UNREADABLE' | 'PHONE_FAILED'

type Refused = Schemas['Refused']

/** A refusal; of one that the phone gives itself, or of an older server, only code and status are sure. */
export type Problem = { code: Refused['code'] | OwnCode; status: number } & Partial<Omit<Refused, 'code' | 'status'>>
