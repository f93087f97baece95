/** Who wants to know that something stored has changed; no DOM, no framework. */

export type Topic = 'enrolment' | 'stations' | 'outbox' | 'sync'

type Listener = () => void

const listeners = new Map<Topic, Set<Listener>>()

/** Call `listener` after each change of the topic; returns how to stop. */
export function onChange(topic: Topic, listener: Listener): () => void {
  const set = listeners.get(topic) ?? new Set<Listener>()
  listeners.set(topic, set)
  set.add(listener)
  return () => set.delete(listener)
}

export function announce(topic: Topic): void {
  listeners.get(topic)?.forEach((listener) => listener())
}
