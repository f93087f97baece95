/** All that the month's screen reads from the phone, at once; nothing here asks the line. */

import type { Form, MyMonth, MyMonths } from '../../api/wire'
import { findMonths, listMonthDrafts, listWaitingMonths } from '../../outbox/months'
import { listReceipts } from '../../outbox/records'
import { standAt, type Stood, withFiling } from '../../months/standing'
import { type Database, type MonthDraft, type OutboxRecord, type ReceiptRow } from '../../store/database'
import { findForm } from '../../store/downloads'
import { currentAccountId } from '../../store/enrolment'
import { readNow } from '../../sync/clock'

export type Held = {
  account_id: string
  form: Form | null
  months: MyMonths | null
  stood: Stood[]
  drafts: MonthDraft[]
  records: OutboxRecord[]
  receipts: ReceiptRow[]
  now_ms: number
}

export async function readHeld(database: Database): Promise<Held | null> {
  const account_id = await currentAccountId(database)
  if (account_id === null) return null
  const months = await findMonths(database)
  const receipts = (await listReceipts(database, account_id)).filter((row) => row.kind === 'month')
  const now_ms = (await readNow(database, new Date())).getTime()
  const code = months?.station.code
  const known = (months?.months ?? []).map((month) => withFiling(month, findReceipt(receipts, code, month)?.filing))
  return {
    account_id,
    form: await findForm(database, 'month'),
    months: months && { ...months, months: known },
    stood: known.map((month) => standAt(month, now_ms)),
    drafts: (await listMonthDrafts(database, account_id)).filter((draft) => draft.station_code === code),
    records: (await listWaitingMonths(database, account_id)).filter((record) => record.station_code === code),
    receipts,
    now_ms,
  }
}

/** This phone's newest receipt of a month. */
export function findReceipt(receipts: ReceiptRow[], station_code: string | undefined, month: MyMonth): ReceiptRow | null {
  const own = receipts.filter((row) => row.period === month.period && row.station_code === station_code)
  return own.reduce<ReceiptRow | null>((best, row) => ((best?.filing?.version ?? 0) >= (row.filing?.version ?? 0) && best ? best : row), null)
}
