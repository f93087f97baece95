/** One open connection for the page; a system short of memory may close it, then the next call opens it again. */

import { type Database, openDatabase } from './database'

let opening: Promise<Database> | null = null

export function stored(): Promise<Database> {
  opening ??= openDatabase(undefined, () => {
    opening = null
  }).catch((reason: unknown) => {
    opening = null
    throw reason
  })
  return opening
}
