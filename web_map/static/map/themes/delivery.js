// How soon parcels come from the county to each village; those still under way are not forgotten.
// @ts-check
import { asNumber, asPercent, t, word } from '../../words.js'
import { coverageTheme, large } from '../coverage/making.js'

/** @type {import('./contract.js').Theme} */
export const theme = coverageTheme({
  name: 'delivery',
  classes: [
    ['on_time', { shape: 'circle', colour: '#009e73' }],
    ['late', { shape: 'triangle', colour: '#d55e00' }],
    ['few', { shape: 'circle', colour: '#5b6663', hollow: true }],
    ['promised', { shape: 'diamond', colour: '#b0307f' }],
    ['none', { shape: 'plus', colour: '#33413c' }, 'no_parcels'],
  ],
  dots: t('theme.villages_dots'),
  headline({ headline: told }) {
    return large(told.village_on_time, t('theme.delivery_title'), t('theme.delivery_line', {
      parcels: asNumber(told.parcels), transit: asNumber(told.in_transit), on_time: asPercent(told.on_time), km: asPercent(told.km_on_time),
    }), ...(told.slowest_leg ? [t('theme.delivery_slowest', { leg: word('theme.leg', told.slowest_leg) })] : []))
  },
})
