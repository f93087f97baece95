// Sending a visit back and correcting its sign, each in a dialog that the keyboard fills alone.
// @ts-check
import { el, labelled, select } from '../../dom.js'
import { t, word } from '../../words.js'
import { ASKED, question } from '../visit_facts.js'
import { isTyping } from './keys.js'
import { classText } from './sign.js'

const CLASSES = ['national', 'provincial', 'other_wording', 'unreadable', 'absent']
const LEVELS = ['province', 'prefecture', 'county']
const POSITIONS = ['outside_front', 'inside_facing_door', 'other']

/**
 * A dialog with one form; gives what the form was filled with, or null when it was left.
 * @template T
 * @param {{title: string, testid: string, hint: string, send: string, fields: HTMLElement[], read: () => T, keys: (key: string) => boolean, first: HTMLElement}} wanted
 * @returns {Promise<T | null>}
 */
function asked({ title, testid, hint, send, fields, read, keys, first }) {
  return new Promise((resolve) => {
    /** @type {T | null} */
    let filled = null
    const press = el('button', { class: 'main' }, send)
    const leave = el('button', { type: 'button', onclick: () => dialog.close() }, t('review.cancel'))
    const form = el('form', {}, ...fields, el('div', { class: 'row' }, press, leave))
    const dialog = el('dialog', { class: 'side', 'data-testid': testid, 'aria-labelledby': `${testid}-title` },
      el('h2', { id: `${testid}-title` }, title), el('p', { class: 'hint' }, hint), form)
    form.addEventListener('submit', (event) => {
      event.preventDefault()
      filled = read()
      dialog.close()
    })
    dialog.addEventListener('keydown', (event) => {
      if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
        event.preventDefault()
        form.requestSubmit()
      } else if (!event.ctrlKey && !event.altKey && !event.metaKey && !isTyping(event.target) && document.body.dataset.keys !== 'off' && keys(event.key.toLowerCase())) {
        event.preventDefault()
      }
    })
    dialog.addEventListener('close', () => {
      dialog.remove()
      resolve(filled)
    })
    document.body.append(dialog)
    dialog.showModal()
    first.focus()
  })
}

/** Why a visit goes back, and what is to be looked at again. @param {any} item @returns {Promise<{note: string, marks: any[]} | null>} */
export function askReturn({ visit, refused_photos: refused }) {
  const note = el('textarea', { required: true, maxlength: 500, rows: 3, 'data-testid': 'return-note' })
  let number = 0
  const mark = (/** @type {string} */ kind, /** @type {string} */ name, /** @type {string} */ text) => {
    const key = (number += 1) < 10 ? String(number) : ''
    const box = el('input', { type: 'checkbox', 'data-testid': `mark-${name.slice(0, 16)}` })
    return { box, told: { kind, name, note: '' }, label: el('label', { class: 'check' }, box, key ? el('kbd', {}, key) : null, text), key }
  }
  const photos = visit.photos.map((/** @type {any} */ one) => mark('photo', one.sha256, word('photo_purpose', one.purpose)))
  const questions = ['method', 'observed_state', ...ASKED].map((name) => mark('field', name, question(name)))
  // What could not be accepted is to be taken again, whatever else is.
  for (const one of photos) one.box.checked = refused.some((/** @type {any} */ photo) => photo.sha256 === one.told.name)
  const all = [...photos, ...questions]
  const group = (/** @type {string} */ title, /** @type {any[]} */ marks) => el('fieldset', {}, el('legend', {}, title), ...marks.map((one) => one.label))
  return asked({
    title: t('review.return'), testid: 'return-dialog', hint: t('review.return_keys'), send: t('review.return_send'),
    fields: [...(photos.length ? [group(t('review.return_photos'), photos)] : []), group(t('review.return_questions'), questions), labelled(t('review.return_note'), note)],
    read: () => ({ note: note.value.trim(), marks: all.filter((one) => one.box.checked).map((one) => one.told) }),
    keys: (key) => {
      const found = all.find((one) => one.key === key)
      if (found) found.box.click()
      else if (key === 'n') note.focus()
      return Boolean(found) || key === 'n'
    },
    first: all[0]?.box ?? note,
  })
}

/** Why an approval that another one gave is taken back. @returns {Promise<{why: string} | null>} */
export function askReopen() {
  const why = el('textarea', { required: true, maxlength: 500, rows: 3, 'data-testid': 'reopen-why' })
  return asked({
    title: t('review.reopen'), testid: 'reopen-dialog', hint: t('review.reopen_keys'), send: t('review.reopen_send'),
    fields: [labelled(t('review.reopen_why'), why)], read: () => ({ why: why.value.trim() }), keys: () => false, first: why,
  })
}

/** What the sign is. @param {any} item @returns {Promise<any | null>} */
export function askSign({ sign, visit }) {
  const held = sign.held ?? {}
  const wording = el('input', { maxlength: 100, value: held.wording ?? '', 'data-testid': 'sign-wording' })
  const radios = CLASSES.map((value, at) => {
    const radio = el('input', { type: 'radio', name: 'sign_class', value, required: true, checked: held.sign_class === value, 'data-testid': `sign-${value}` })
    return { radio, label: el('label', { class: 'check' }, radio, el('kbd', {}, String(at + 1)), classText(value)) }
  })
  // Words go with their class: what was written down with another one stays only where this person typed it. The
  // machine's reading is offered only to whoever agrees with its class.
  const known = new Set([held.wording, sign.suggestion?.wording])
  const wordsOf = (/** @type {string} */ value) => (value === held.sign_class && held.wording) || (value === sign.suggestion?.sign_class && sign.suggestion.wording) || ''
  for (const { radio } of radios) radio.addEventListener('change', () => { if (radio.value === 'absent' || !wording.value || known.has(wording.value)) wording.value = wordsOf(radio.value) })
  const position = select({ 'data-testid': 'sign-position' }, [['', '—'], .../** @type {[string, string][]} */ (POSITIONS.map((one) => [one, word('sign_position', one)]))], held.position ?? '')
  const looked = el('input', { type: 'checkbox', checked: Boolean(held.channel_levels), 'data-testid': 'sign-looked' })
  const boxes = LEVELS.map((value) => el('input', { type: 'checkbox', value, checked: (held.channel_levels ?? []).includes(value), 'data-testid': `sign-level-${value}` }))
  // Whoever ticks a level has looked.
  for (const box of boxes) box.addEventListener('change', () => { if (box.checked) looked.checked = true })
  const why = el('input', { required: true, maxlength: 500, value: t('review.sign_why_default'), 'data-testid': 'sign-why' })
  const chosen = () => radios.find((one) => one.radio.checked)
  return asked({
    title: t('review.correct'), testid: 'sign-dialog', hint: t('review.sign_keys'), send: t('review.sign_send'),
    fields: [
      el('fieldset', {}, el('legend', {}, t('review.sign_class')), ...radios.map((one) => one.label)), labelled(t('review.sign_wording'), wording),
      labelled(t('review.sign_position'), position),
      el('fieldset', {}, el('legend', {}, t('review.sign_levels')), el('label', { class: 'check' }, looked, t('review.sign_looked')),
        ...boxes.map((box) => el('label', { class: 'check' }, box, word('channel_level', box.value)))),
      labelled(t('review.sign_why'), why),
    ],
    read: () => ({
      sign_class: chosen()?.radio.value, wording: wording.value.trim() || null, position: position.value || null, photo: sign.photo ?? visit.photos[0]?.sha256 ?? null,
      channel_levels: looked.checked ? boxes.filter((box) => box.checked).map((box) => box.value) : null, why: why.value.trim(),
    }),
    keys: (key) => {
      const found = radios[Number(key) - 1]
      if (found) {
        found.radio.click()
        found.radio.focus()
      }
      return Boolean(found)
    },
    first: (chosen() ?? radios[0])?.radio ?? wording,
  })
}
