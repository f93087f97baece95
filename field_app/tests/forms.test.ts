import { describe, expect, it } from 'vitest'
import { foldDigits, listMissing } from '../src/forms/missing'
import { keepVisible, listPhotoRules, listVisible } from '../src/forms/visible'
import { FORM } from './people'

const names = (answers: Parameters<typeof listVisible>[1]): string[] => listVisible(FORM, answers).map((field) => field.name)

describe('visible questions', () => {
  it('shows only what hangs on no answer at first', () => {
    expect(names({})).toEqual(['method', 'observed_state', 'note'])
  })

  it('follows a chain of conditions, one of several choices being enough', () => {
    const answers = { observed_state: 'open_operating', services: ['parcel', 'small_cash'] }
    expect(names(answers)).toEqual(['method', 'observed_state', 'services', 'cash_limit', 'checks', 'note'])
  })

  it('hides what hangs on a hidden question, whatever was answered there before', () => {
    expect(names({ observed_state: 'gone', services: ['small_cash'] })).toEqual(['method', 'observed_state', 'note'])
  })

  it('sends no answer of a hidden question and no empty text', () => {
    const answers = { observed_state: 'gone', services: ['small_cash'], cash_limit: '5', note: '' }
    expect(keepVisible(FORM, answers)).toEqual({ observed_state: 'gone' })
  })
})

describe('photos', () => {
  it('demands a photo only where its rule holds, and offers the unconditional one', () => {
    const asked = (state: string): string[] =>
      listPhotoRules(FORM, { observed_state: state }).map(({ rule, required }) => `${rule.purpose}:${required}`)
    expect(asked('open_operating')).toEqual(['inside:false'])
    expect(asked('gone')).toEqual(['front:true', 'inside:false'])
  })
})

describe('what is missing', () => {
  it('names required questions and photos in the order of the form', () => {
    expect(listMissing(FORM, { observed_state: 'gone' }, [])).toEqual([
      { kind: 'field', name: 'method', fault: 'required' },
      { kind: 'photo', name: 'front', fault: 'required' },
    ])
  })

  it('is empty when all is there', () => {
    expect(listMissing(FORM, { method: 'site_visit', observed_state: 'gone' }, [{ purpose: 'front' }])).toEqual([])
  })

  it.each([
    ['12.5', 'not_a_number'],
    ['0', 'too_small'],
    ['2001', 'too_large'],
    ['一百', 'not_a_number'],
  ])('says what is wrong with the number %s', (typed, fault) => {
    const answers = { method: 'site_visit', observed_state: 'open_operating', services: ['small_cash'], cash_limit: typed }
    expect(listMissing(FORM, answers, [])).toEqual([{ kind: 'field', name: 'cash_limit', fault }])
  })

  it('refuses a text that is too long and a choice that no longer exists', () => {
    expect(listMissing(FORM, { method: 'spy', observed_state: 'open_operating', note: '一二三四五六' }, [])).toEqual([
      { kind: 'field', name: 'method', fault: 'not_a_choice' },
      { kind: 'field', name: 'note', fault: 'too_long' },
    ])
  })

  it('folds full-width digits as Chinese keyboards type them', () => {
    expect(foldDigits(' －１２．５ ')).toBe('-12.5')
  })
})
