// Asking the API: one shape of refusal, and the page's CSRF token on every change.
// @ts-check
import { lang, t } from './words.js'

export class Refused extends Error {
  /** @param {number} status @param {any} body */
  constructor(status, body) {
    super((lang === 'zh' ? body?.message : body?.message_en) ?? t('staff.no_answer', { status }))
    this.status = status
    this.code = body?.code ?? ''
    this.hint = (lang === 'zh' ? body?.hint_zh : body?.hint_en) ?? ''
    this.errors = body?.errors ?? {}
    this.details = body?.details ?? {}
  }
}

/**
 * @param {string} path below /api/v1
 * @param {{method?: string, json?: unknown, body?: BodyInit, headers?: Record<string, string>}} [options]
 * @returns {Promise<{data: any, headers: Headers}>}
 */
export async function ask(path, { method = 'GET', json, body, headers = {} } = {}) {
  /** @type {Record<string, string>} */
  const sent = { Accept: 'application/json', ...headers }
  if (method !== 'GET') sent['X-CSRF-Token'] = document.body.dataset.csrf ?? ''
  if (json !== undefined) sent['Content-Type'] = 'application/json'
  let answer
  try {
    answer = await fetch(`/api/v1${path}`, {
      method, headers: sent, credentials: 'same-origin', body: json === undefined ? body : JSON.stringify(json),
    })
  } catch {
    // The browser gives no more than «failed»: the server or the network is away.
    throw new Refused(0, null)
  }
  // An answer without a body (204) may still name a type.
  const isJson = answer.status !== 204 && (answer.headers.get('Content-Type') ?? '').includes('json')
  const data = isJson ? await answer.json() : null
  if (answer.status === 401 && location.pathname !== '/login') location.assign(`/login?next=${encodeURIComponent(location.pathname)}`)
  if (!answer.ok) throw new Refused(answer.status, data)
  return { data, headers: answer.headers }
}

/**
 * Ask for a file by a change and keep it: what stands in it comes only once.
 * @param {string} path @param {unknown} json
 * @returns {Promise<{name: string}>}
 */
export async function keepFile(path, json) {
  const headers = { 'Content-Type': 'application/json', 'X-CSRF-Token': document.body.dataset.csrf ?? '' }
  const answer = await fetch(`/api/v1${path}`, { method: 'POST', headers, credentials: 'same-origin', body: JSON.stringify(json) })
    .catch(() => { throw new Refused(0, null) })
  if (!answer.ok) throw new Refused(answer.status, await answer.json().catch(() => null))
  const named = /filename\*=UTF-8''([^;]+)/.exec(answer.headers.get('Content-Disposition') ?? '')
  const link = document.createElement('a')
  link.download = named?.[1] ? decodeURIComponent(named[1]) : 'file'
  link.href = URL.createObjectURL(await answer.blob())
  link.click()
  // Some browsers begin to read only after the click is over.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000)
  return { name: link.download }
}

/** @param {string} path */
export const get = async (path) => (await ask(path)).data

/** A refusal in words, with its advice. @param {unknown} error */
export function inWords(error) {
  if (!(error instanceof Refused)) return String(error)
  const fields = Object.entries(error.errors).flatMap(([field, said]) => flat(said).map((text) => `${field}: ${text}`))
  return [error.message, error.hint, ...fields].filter(Boolean).join(' ')
}

/** @param {any} said @returns {string[]} */
function flat(said) {
  if (typeof said === 'string') return [said]
  return Object.values(said ?? {}).flatMap(flat)
}
