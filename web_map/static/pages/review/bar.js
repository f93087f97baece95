// The row of deeds at the foot of the page, each with its key, and the list of keys.
// @ts-check
import { el } from '../../dom.js'
import { t } from '../../words.js'
import { keysAreOn, turnKeys } from './keys.js'

/** @typedef {(event?: any) => unknown} Deed */

/**
 * @param {any} item null where there is no visit
 * @param {{approve: Deed, giveBack: Deed, correct: Deed, undo: Deed, next: Deed, previous: Deed, help: Deed, mayUndo: boolean}} deeds
 */
export function actionBar(item, deeds) {
  const may = item?.permissions ?? {}
  const button = (/** @type {string} */ name, /** @type {string} */ key, /** @type {Deed} */ deed, /** @type {boolean} */ on, kind = '') =>
    el('button', { type: 'button', class: kind, disabled: !on, 'aria-keyshortcuts': key, 'data-testid': `do-${name}`, onclick: deed }, el('kbd', { 'aria-hidden': 'true' }, key), ` ${t(`review.${name}`)}`)
  return el('div', { class: 'review-bar', role: 'toolbar', 'aria-label': t('review.do') },
    button('approve', 'A', deeds.approve, Boolean(may.may_approve), 'main'), button('return', 'R', deeds.giveBack, Boolean(may.may_return), 'danger'),
    button('correct', 'S', deeds.correct, Boolean(may.may_correct_sign)), button('previous', 'K', deeds.previous, true), button('next', 'J', deeds.next, true),
    button('undo', 'Z', deeds.undo, deeds.mayUndo), button('help', '?', deeds.help, true))
}

const KEYS = [['A', 'review.approve'], ['R', 'review.return'], ['S', 'review.correct'], ['J →', 'review.key_next'], ['K ←', 'review.key_previous'],
  ['P', 'review.key_photo'], ['Z', 'review.undo'], ['?', 'review.key_help']]

/** The keys, and the switch that turns them off. */
export function showHelp() {
  const on = el('input', { type: 'checkbox', checked: keysAreOn() && document.body.dataset.keys !== 'off', 'data-testid': 'keys-on' })
  on.addEventListener('change', () => turnKeys(on.checked))
  const close = el('button', { type: 'button', class: 'main', onclick: () => dialog.close() }, t('staff.close'))
  const dialog = el('dialog', { 'data-testid': 'keys-dialog', 'aria-labelledby': 'keys-title' }, el('h2', { id: 'keys-title' }, t('review.help')),
    el('dl', { class: 'facts' }, ...KEYS.flatMap(([key, words]) => [el('dt', {}, el('kbd', {}, key ?? '')), el('dd', {}, t(words ?? ''))])),
    el('p', { class: 'hint' }, t('review.keys_hint')), el('label', { class: 'check' }, on, t('review.keys_on')), el('p', { class: 'row' }, close))
  dialog.addEventListener('close', () => dialog.remove())
  document.body.append(dialog)
  dialog.showModal()
}
