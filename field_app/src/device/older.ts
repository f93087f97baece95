/**
 * What the browser of Android 9 (Chrome 66) lacks of what we and our libraries take for granted. Imported before all
 * else, by the page and by the service worker; `tests/android9` runs the app in that very browser.
 */

import 'core-js/actual/array/flat'
import 'core-js/actual/array/flat-map'
import 'core-js/actual/object/from-entries'
import 'core-js/actual/queue-microtask'
