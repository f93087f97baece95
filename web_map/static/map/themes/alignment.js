// Stations against logistics nodes: pairs one to one with a line between them, and the orphans of both sides.
// @ts-check
import { asNumber, t, word } from '../../words.js'
import { coverageTheme, large } from '../coverage/making.js'

/** @type {import('./contract.js').Theme} */
export const theme = coverageTheme({
  name: 'alignment',
  classes: [
    ['station_paired', { shape: 'circle', colour: '#009e73' }],
    ['station_near', { shape: 'circle', colour: '#7a8f00', hollow: true }],
    ['station_orphan', { shape: 'cross', colour: '#d55e00' }],
    ['node_paired', { shape: 'square', colour: '#0072b2' }],
    ['node_near', { shape: 'square', colour: '#6a3d9a', hollow: true }],
    ['node_orphan', { shape: 'diamond', colour: '#b0307f' }],
  ],
  dots: t('theme.points_dots'),
  headline({ headline: { levels } }) {
    const village = levels[levels.length - 1]
    return large(village?.f_score ?? null, t('theme.alignment_title'), ...levels.map((/** @type {any} */ one) => t('theme.alignment_line', {
      level: word('logistics_level', one.level), stations: asNumber(one.stations), nodes: asNumber(one.nodes), matched: asNumber(one.matched),
    })))
  },
})
