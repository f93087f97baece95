// The only markup that may ever be set from text: the two probes with which Leaflet asks what the browser can draw.
'use strict'
/** @type {any} Not every browser, and not the type library yet, knows Trusted Types. */
const trusted = Reflect.get(window, 'trustedTypes')
if (trusted) {
  trusted.createPolicy('default', {
    /** @param {string} text */
    createHTML: (text) => (text === '<svg/>' || text === '<v:shape adj="1"/>' ? text : null),
  })
}
