// What a theme of the map is. A theme is one file here, named as in `MapTheme`, that exports `theme`; the page of a
// theme without a file is not offered. The shell (../shell) owns the map, the address, the filters, the legend's
// switches, the list, the panel, printing and the days; a theme only loads, draws and tells.
//
//   load(query, view, before)  → data. `query` is what the filters ask (give it to GET /maps/layers/<theme>.json);
//                                `before` is null for a new question, else the data so far: return it as it is when
//                                the view needs no more, or a new object that holds more.
//   ahead(data, query, view)   optional: fetch into `data` what the next view will probably need, while nothing else is
//                                to do.
//   draw(layer, data, view)    → {mode, text}. Calls layer.symbols / lines / unitRings; `mode` is a short name for
//                                tests (`dots`, `shares`), `text` one sentence shown on the map.
//   legend(data)               → what stands beside the figures (Told in ../shell/legend.js): counts by class, the day,
//                                the definition, the unknown share, the headline as elements.
//   places(data)               → [lat, lon] pairs to look at first, in the tiles' datum.
//   card(hit, data, query)     → elements of the panel for one symbol; names(hits, data) → a name for each, where
//                                several lie under one touch. A touched ring is zoomed into by the shell.
//   list(data, view, chosen)   → the same as a table; chosen({hit}) opens a card, chosen({lon, lat}) zooms in.
//   revision(data)             → changes when the register does, so that an open map looks again.
// Text from the server is put on the page with `el(…)` or textContent, never as markup.
// @ts-check

/**
 * @typedef {import('../layer.js').Hit} Hit
 * @typedef {{zoom: number, bounds: any, centre: any, unit: string, show: string, day: string, isNow: boolean,
 *   isShown: (key: string) => boolean}} View what is looked at; `show` is auto, dots or shares
 * @typedef {object} Theme
 * @property {string} name
 * @property {import('../shell/legend.js').Class[]} classes rows of the legend, each told by colour and by shape
 * @property {import('../shell/filters.js').Choice[]} choices selects of its own
 * @property {boolean} [canShowShares] whether the switch «symbols or shares» is offered
 * @property {boolean} [hasDays] whether the slider of days with changes is offered
 * @property {(query: URLSearchParams, view: View, before: any) => Promise<any>} load
 * @property {(data: any, query: URLSearchParams, view: View) => Promise<void>} [ahead]
 * @property {(layer: import('../layer.js').Layer, data: any, view: View) => {mode: string, text: string}} draw
 * @property {(data: any) => import('../shell/legend.js').Told} legend
 * @property {(data: any) => [number, number][]} places
 * @property {(hit: Hit, data: any, view: View) => Promise<(Node | string)[]>} card
 * @property {(hits: Hit[], data: any) => Promise<string[]>} names
 * @property {(data: any, view: View, chosen: (what: {hit?: Hit, lon?: number, lat?: number}) => void) => Node | Promise<Node>} list
 * @property {(data: any) => unknown} revision
 */
export {}
