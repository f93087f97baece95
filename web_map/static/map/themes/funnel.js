// How far coverage goes in each village: built, listed, nearby, alive, with service, with evidence.
// @ts-check
import { asNumber, asPercent, t } from '../../words.js'
import { coverageTheme, large } from '../coverage/making.js'

/** @type {import('./contract.js').Theme} */
export const theme = coverageTheme({
  name: 'funnel',
  classes: [
    ['evidenced', { shape: 'circle', colour: '#009e73' }],
    ['service', { shape: 'circle', colour: '#7a8f00', hollow: true }],
    ['alive', { shape: 'triangle', colour: '#e69f00' }],
    ['geographic', { shape: 'square', colour: '#0072b2', hollow: true }],
    ['listed', { shape: 'diamond', colour: '#b0307f' }],
    ['built', { shape: 'cross', colour: '#d55e00' }],
    ['none', { shape: 'plus', colour: '#5b6663' }],
  ],
  dots: t('theme.villages_dots'),
  headline({ headline: { stages, hollow_rate: hollow, low, high } }) {
    return large(stages.service.share, t('theme.funnel_title'),
      t('theme.of_villages', { covered: asNumber(stages.service.covered), of: asNumber(stages.service.of) }),
      t('theme.funnel_bounds', { built: asPercent(stages.built.share), hollow: asPercent(hollow), low: asPercent(low), high: asPercent(high) }))
  },
})
