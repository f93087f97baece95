/** What the browser of Android 9 (Chrome 66) lacks of what the libraries take for granted. Imported before all else. */

type Scope = { queueMicrotask?: (task: () => void) => void }

const scope = self as unknown as Scope
scope.queueMicrotask ??= (task) => void Promise.resolve().then(task)
