// Coverage that the ledger claims against coverage by living stations.
// @ts-check
import { asPercent, t } from '../../words.js'
import { coverageTheme, large } from '../coverage/making.js'

/** @type {import('./contract.js').Theme} */
export const theme = coverageTheme({
  name: 'paper',
  classes: [
    ['live', { shape: 'circle', colour: '#009e73' }],
    ['paper_unknown', { shape: 'circle', colour: '#5b6663', hollow: true }],
    ['paper_only', { shape: 'cross', colour: '#d55e00' }],
    ['none', { shape: 'plus', colour: '#33413c' }, 'paper_none'],
  ],
  dots: t('theme.villages_dots'),
  headline({ headline: { listed_share: listed, live_share: live, paper_only: only } }) {
    return large(only, t('theme.paper_title'), t('theme.paper_line', { listed: asPercent(listed), live: asPercent(live) }))
  },
})
