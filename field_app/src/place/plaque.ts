/** What a scanned code means: a station's plaque, an enrolment, or neither. Pure. */

import { fold } from './finding'

export type Scanned = { kind: 'station'; code: string } | { kind: 'enrol'; code: string } | { kind: 'other' }

const CODE = /^[^\s/]{1,40}$/

/** What stands in an address may be anything, also no proper escape. */
export function decodeText(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** A plaque holds `https://host/s/CODE` or the bare code; only the code counts, whatever host it names. */
export function readPlaque(text: string): Scanned {
  const plain = text.normalize('NFKC').trim()
  const enrol = /#enrol=([^&\s]+)/.exec(plain)?.[1]
  if (enrol) return { kind: 'enrol', code: decodeText(enrol) }
  const shown = /^(?:https?:\/\/)?[^\s/]+\/s\/([^\s/?#]+)\/?(?:[?#]\S*)?$/i.exec(plain)?.[1]
  const code = decodeText(shown ?? plain)
  return CODE.test(code) ? { kind: 'station', code } : { kind: 'other' }
}

/** The station that a plaque's code names, whatever its case. */
export function findByCode<T extends { code: string }>(stations: T[], code: string): T | null {
  const wanted = fold(code)
  return stations.find((one) => fold(one.code) === wanted) ?? null
}
