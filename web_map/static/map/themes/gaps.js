// What each village lacks first.
// @ts-check
import { asNumber, t } from '../../words.js'
import { coverageTheme, large } from '../coverage/making.js'

/** @type {import('./contract.js').Theme} */
export const theme = coverageTheme({
  name: 'gaps',
  classes: [
    ['no_station', { shape: 'plus', colour: '#33413c' }],
    ['station_dead', { shape: 'cross', colour: '#d55e00' }],
    ['station_unknown', { shape: 'circle', colour: '#5b6663', hollow: true }],
    ['missing_service', { shape: 'triangle', colour: '#e69f00' }],
    ['no_evidence', { shape: 'square', colour: '#0072b2', hollow: true }],
    ['no_logistics', { shape: 'diamond', colour: '#b0307f' }],
    ['late', { shape: 'square', colour: '#6a3d9a' }],
    ['covered', { shape: 'circle', colour: '#009e73' }],
  ],
  dots: t('theme.villages_dots'),
  headline: ({ headline: { gaps, of, share } }) => large(share === null ? null : 1 - share, t('theme.gaps_title'), t('theme.gaps_line', { gaps: asNumber(gaps), of: asNumber(of) })),
})
