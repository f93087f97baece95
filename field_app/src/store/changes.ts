/** Who wants to know that something stored has changed; no DOM, no framework. */

export type Topic = 'enrolment' | 'stations' | 'months' | 'outbox' | 'sync'

type Listener = () => void

const listeners = new Map<Topic, Set<Listener>>()
const resting = new Map<Topic, { again: boolean }>()

/** A round of many records changes something many times a second; nobody can read faster than this. */
const REST_MS = 300

/** Call `listener` after each change of the topic; returns how to stop. */
export function onChange(topic: Topic, listener: Listener): () => void {
  const set = listeners.get(topic) ?? new Set<Listener>()
  listeners.set(topic, set)
  set.add(listener)
  return () => set.delete(listener)
}

/** Tell at once; what changes again shortly after is told once, when the rest is over. */
export function announce(topic: Topic): void {
  const rest = resting.get(topic)
  if (rest) {
    rest.again = true
    return
  }
  const begun = { again: false }
  resting.set(topic, begun)
  listeners.get(topic)?.forEach((listener) => listener())
  setTimeout(() => {
    resting.delete(topic)
    if (begun.again) announce(topic)
  }, REST_MS)
}
