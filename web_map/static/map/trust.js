// The only markup that may ever be set from text: the two probes with which Leaflet asks what the browser can draw.
'use strict'
if (window.trustedTypes) {
  window.trustedTypes.createPolicy('default', {
    createHTML: (text) => (text === '<svg/>' || text === '<v:shape adj="1"/>' ? text : null),
  })
}
