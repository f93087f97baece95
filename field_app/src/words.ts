/** The words of the screens, from the one table shared with the server; Chinese first, English by choice. */

import refusals from './generated/refusals.json'
import table from './generated/words.json'
import type { Problem } from './api/wire'

export type Language = 'zh' | 'en'

const WORDS = table as unknown as Record<string, [string, string]>
const REFUSALS = refusals as Record<string, { zh: string; en: string; hint_zh: string; hint_en: string }>

let language: Language = 'zh'

export const currentLanguage = (): Language => language

export function speak(chosen: Language): void {
  language = chosen
}

/** The sentence for a key, with {names} filled in. */
export function say(key: string, values: Record<string, string | number> = {}): string {
  const sentence = WORDS[`phone.${key}`]?.[language === 'zh' ? 0 : 1] ?? key
  return sentence.replace(/\{(\w+)\}/g, (_all, name: string) => String(values[name] ?? ''))
}

/** The sentence in both languages, for when the chosen one cannot be read. */
export const sayBoth = (key: string): [string, string] => WORDS[`phone.${key}`] ?? [key, key]

/** Is there a word of the phone's own for this key? */
export const knows = (key: string): boolean => `phone.${key}` in WORDS

/** A word that the whole product shares, such as the name of a role or of a state of life; else the bare value. */
export function name(list: 'vitality' | 'role' | 'figure_hint' | 'return_reason' | 'report_source', value: string): string {
  return WORDS[`${list}.${value}`]?.[language === 'zh' ? 0 : 1] ?? value
}

/** The label of something that carries both languages itself, such as a question of a form. */
export function label(thing: { label_zh: string; label_en: string }): string {
  return language === 'zh' ? thing.label_zh : thing.label_en || thing.label_zh
}

/** What went wrong and what to do next: our own table first, else the server's own sentence. */
export function explain(problem: Problem): { sentence: string; hint: string } {
  const zh = language === 'zh'
  const known = REFUSALS[problem.code]
  if (known) return { sentence: zh ? known.zh : known.en, hint: zh ? known.hint_zh : known.hint_en }
  if (knows(`problem.${problem.code}`)) {
    return { sentence: say(`problem.${problem.code}`), hint: say(`problem.${problem.code}.hint`) }
  }
  return {
    sentence: (zh ? problem.message : problem.message_en) ?? say('problem.UNKNOWN', { code: problem.code }),
    hint: (zh ? problem.hint_zh : problem.hint_en) ?? say('problem.UNKNOWN.hint'),
  }
}

/** A moment in the phone's own time, short: 11-21 14:05. */
export function writeMoment(iso: string): string {
  const at = new Date(iso)
  const two = (part: number): string => String(part).padStart(2, '0')
  return `${two(at.getMonth() + 1)}-${two(at.getDate())} ${two(at.getHours())}:${two(at.getMinutes())}`
}

/** A day: 2026-11-21. */
export function writeDay(iso: string): string {
  const at = new Date(iso)
  const two = (part: number): string => String(part).padStart(2, '0')
  return Number.isNaN(at.getTime()) ? iso : `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`
}
