/** What its author has said is right, while the app is open: nobody is asked the same thing twice, by phone and server. */

const said = new Map<string, number>()

export function agreeTo(period: string, field: string, value: number): void {
  said.set(`${period} ${field}`, value)
}

export const isAgreed = (period: string, field: string, value: number | null): boolean => said.get(`${period} ${field}`) === value

/** The figures of a month that were agreed to, by field. */
export function listAgreed(period: string, fields: { name: string }[]): Record<string, number> {
  const found: Record<string, number> = {}
  for (const { name } of fields) {
    const value = said.get(`${period} ${name}`)
    if (value !== undefined) found[name] = value
  }
  return found
}
