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
  const isJson = (answer.headers.get('Content-Type') ?? '').includes('json')
  const data = isJson ? await answer.json() : null
  if (answer.status === 401 && location.pathname !== '/login') location.assign(`/login?next=${encodeURIComponent(location.pathname)}`)
  if (!answer.ok) throw new Refused(answer.status, data)
  return { data, headers: answer.headers }
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
