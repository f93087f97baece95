// The sign of a visit: its picture beside what the documents ask, what the machine read, what a person holds it to be.
// @ts-check
import { el } from '../../dom.js'
import { asMinute, asPercent, listed, t, word } from '../../words.js'
import { pictureAt } from './queue.js'

const MARKS = { pass: '✓', fail: '✕', cannot_tell: '?' }

/** The words of a class. @param {string | null} sign_class */
export const classText = (sign_class) => (sign_class ? t(`visit.choice.sign_wording.${sign_class}`) : '—')

/** @param {any} item @param {(source: string) => HTMLImageElement | undefined} picture */
export function signPanel(item, picture) {
  const { sign, visit } = item
  const source = sign.photo && sign.suggestion?.has_crop ? pictureAt(visit.id, sign.photo, 'sign') : null
  const crop = source ? picture(source) : undefined
  if (crop) {
    crop.alt = t('review.crop')
    crop.className = 'crop'
  }
  return el('section', { class: 'review-sign', 'data-testid': 'review-sign' }, el('h3', {}, t('review.sign')),
    crop ?? el('p', { class: 'hint' }, t('review.no_crop')), held(sign), differs(sign), ...sign.rules.map((/** @type {any} */ rule) => required(rule, sign)),
    sign.rules.length ? null : el('p', { class: 'note' }, word('review_duty', sign.duty)), machine(sign))
}

/** @param {any} sign */
function held({ held: one }) {
  if (!one) return el('p', { class: 'note', 'data-testid': 'held' }, t('review.nothing_held'))
  const by = t(`review.held_by.${one.source}`, { who: one.by ?? '' })
  const more = [one.wording && `“${one.wording}”`, one.position && word('sign_position', one.position), one.channel_levels && levelsText(one.channel_levels)]
  return el('p', { class: 'held', 'data-testid': 'held', 'data-class': one.sign_class }, `${t('review.held')} `, el('strong', {}, one.counts_as === 'not_required' ? t('review.not_required') : classText(one.sign_class)),
    ` ${[by, ...more].filter(Boolean).join(' · ')}`)
}

/** The machine read another class than the person holds: said beside the verdicts, which follow the person. @param {any} sign */
function differs({ held: one, suggestion: read }) {
  if (!one || !read?.sign_class || read.sign_class === one.sign_class) return null
  return el('p', { class: 'note', 'data-testid': 'differs' }, t('review.machine_differs', { what: classText(read.sign_class) }))
}

/** @param {string[]} levels */
const levelsText = (levels) => `${t('review.channel_verdict')} ${listed(levels.map((one) => word('channel_level', one))) || '—'}`

/** @param {any} rule @param {any} sign */
function required(rule, sign) {
  const told = sign.verdicts.find((/** @type {any} */ one) => one.rule === rule.code)
  const levels = listed(rule.channel_levels.map((/** @type {string} */ one) => word('channel_level', one)))
  return el('div', { class: 'required', 'data-rule': rule.code }, el('p', { class: 'hint' }, t('review.required')),
    el('p', { class: 'wording', lang: 'zh-CN' }, rule.wording),
    rule.must_show_report_channel ? el('p', {}, t('review.with_channel', { levels })) : null,
    el('p', { class: 'chips' }, chip('wording', told?.wording ?? 'cannot_tell'), rule.must_show_report_channel ? chip('channel', told?.channel ?? 'cannot_tell') : null),
    el('details', {}, el('summary', {}, t('review.quote')), el('p', { lang: 'zh-CN' }, rule.document), rule.quote ? el('blockquote', { lang: 'zh-CN' }, rule.quote) : null))
}

/** A verdict by shape and word, not by colour alone. @param {'wording' | 'channel'} what @param {'pass' | 'fail' | 'cannot_tell'} verdict */
function chip(what, verdict) {
  return el('span', { class: `chip ${verdict}`, 'data-testid': `verdict-${what}` }, el('span', { 'aria-hidden': 'true' }, MARKS[verdict]),
    t('review.chip', { what: t(`review.${what}_verdict`), said: word('review_verdict', verdict) }))
}

/** @param {any} sign */
function machine({ suggestion: read }) {
  const frame = (/** @type {(Node | string | null)[]} */ ...said) => el('div', { class: 'machine', 'data-testid': 'suggestion' }, el('p', { class: 'hint' }, t('review.machine')), ...said)
  if (!read) return frame(el('p', {}, t('review.machine_none')))
  if (!read.sign_class) return frame(el('p', {}, t('review.machine_failed')))
  const numbers = read.channels.map((/** @type {any} */ one) => [one.number, one.level && word('channel_level', one.level)].filter(Boolean).join(' '))
  return frame(el('p', {}, t('review.machine_says', { what: classText(read.sign_class), percent: asPercent(read.confidence) })),
    read.wording ? el('p', { lang: 'zh-CN' }, `“${read.wording}”`) : null, read.is_sure ? null : el('p', { class: 'note' }, t('review.machine_unsure')),
    numbers.length ? el('p', {}, `${t('review.channels')} ${listed(numbers)}`) : null,
    el('p', { class: 'hint' }, `${read.engine} · ${asMinute(read.read_at)}`))
}
