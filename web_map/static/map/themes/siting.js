// Where the next stations should stand, by a study: suggested sites, what they newly cover, what stays uncovered.
// @ts-check
import { el } from '../../dom.js'
import { asNumber, asPercent, lang, t, word } from '../../words.js'
import { facts } from '../coverage/cards.js'
import { coverageTheme, large, whatOf } from '../coverage/making.js'

/** @type {import('./contract.js').Theme} */
export const theme = coverageTheme({
  name: 'siting',
  classes: [
    ['suggested', { shape: 'diamond', colour: '#b0307f' }],
    ['newly', { shape: 'square', colour: '#0072b2' }],
    ['existing', { shape: 'triangle', colour: '#33413c' }],
    ['already', { shape: 'circle', colour: '#009e73' }],
    ['still', { shape: 'plus', colour: '#5b6663' }],
  ],
  dots: t('theme.siting_dots'),
  headline({ headline: told, frame }) {
    const share = told.of ? told.after / told.of : null
    const line = t('theme.siting_line', { before: asNumber(told.before), after: asNumber(told.after), of: asNumber(told.of) })
    const planning = el('a', { href: '/planning' }, t('theme.siting_ask'))
    if (told.study === null) return [...large(share, t('theme.siting_now'), t('theme.of_villages', { covered: asNumber(told.before), of: asNumber(told.of) })), el('span', { class: 'of' }, `${t('theme.siting_none')} `, planning)]
    return [
      ...large(share, t('theme.siting_title', { n: asNumber(told.suggested) }), line,
        told.is_proven ? t('theme.siting_best') : t('theme.siting_gap', { gap: asPercent(told.gap) })),
      el('span', { class: 'of' }, `${t('theme.siting_study', { id: told.study, as_of: frame.as_of })} `, planning),
    ]
  },
  card(hit, data) {
    const { set, key } = whatOf(hit, data)
    if (set.what !== 'sites') return null
    const site = data.told.sites[Number(key)]
    const far = data.told.headline.unit === 'min' ? 'theme.minutes' : 'theme.metres'
    return [
      el('h2', { 'data-testid': 'panel-name' }, site.name),
      el('p', { class: 'where' }, `${t('theme.site_rank', { rank: site.rank })} · ${site.code}`),
      facts([
        [t('theme.site_covers'), t('theme.site_gain', { villages: asNumber(site.villages), poor: asNumber(site.poor_villages), people: asNumber(site.people) })],
        [t('theme.site_host'), site.host ? word('siting_host', site.host) : '—'],
        [t('theme.site_supply'), site.supply ? `${site.supply.name} · ${t(far, { n: asNumber(Math.round(site.supply.distance)) })}` : '—'],
      ]),
      el('p', { lang, class: 'hint' }, t('theme.siting_hint')),
    ]
  },
})
