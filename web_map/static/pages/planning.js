// Where next, and what delisting costs: a loss tried out, siting studies, and coverage runs beside each other.
// @ts-check
import { byId } from '../dom.js'
import { asked } from './beside.js'
import { lossSection } from './planning_loss.js'
import { runsSection } from './planning_runs.js'
import { sitesSection } from './planning_sites.js'

const ou = asked.get('ou') ?? document.body.dataset.unit ?? ''
byId('body').replaceChildren(lossSection(ou), sitesSection(ou), runsSection(ou))
