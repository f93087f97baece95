/** Was somebody there today? Days are China's, whatever the phone's own zone. Pure. */

const CHINA_MS = 8 * 3_600_000

/** The day of a moment in China, 2026-11-21; empty when it is no moment. A bare date is that day. */
export function dayInChina(moment: string | Date): string {
  if (typeof moment === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(moment)) return moment
  const ms = moment instanceof Date ? moment.getTime() : Date.parse(moment)
  return Number.isNaN(ms) ? '' : new Date(ms + CHINA_MS).toISOString().slice(0, 10)
}

export type VisitedBy = 'me' | 'somebody' | null

/** Who was at the station today: this phone's own saved visits speak first, then what the server last said. */
export function visitedToday(
  station: { code: string; last_observed_at: string | null },
  own: ReadonlySet<string>,
  now: Date,
): VisitedBy {
  if (own.has(station.code)) return 'me'
  return station.last_observed_at !== null && dayInChina(station.last_observed_at) === dayInChina(now) ? 'somebody' : null
}

/** Codes of the stations that saved or sent visits of today name. */
export function listVisitedToday(
  rows: { kind: string; station_code: string; captured_at: string }[],
  now: Date,
): Set<string> {
  const today = dayInChina(now)
  return new Set(rows.filter((row) => row.kind === 'visit' && dayInChina(row.captured_at) === today).map((row) => row.station_code))
}
