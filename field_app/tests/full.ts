/** A phone without room: every put is undone with a QuotaExceededError, deletions pass; as Chromium does it at the quota. */

type Undone = IDBTransaction & { _abort(name: string): void }

const put = IDBObjectStore.prototype.put

/** Puts of these rows find no room, of all tables where none is named; returns how room is made again. */
export function fillUp(refuses: (table: string) => boolean = () => true): () => void {
  IDBObjectStore.prototype.put = function (this: IDBObjectStore, ...row) {
    const request = put.apply(this, row)
    // Chromium counts at the end of a transaction: the request itself succeeds.
    if (refuses(this.name)) request.addEventListener('success', () => (this.transaction as Undone)._abort('QuotaExceededError'))
    return request
  }
  return () => {
    IDBObjectStore.prototype.put = put
  }
}

const { get, getAll } = IDBObjectStore.prototype

/** Reading the rows of which `is_bad` says so (of a whole table: null) fails, as where the file under a value is gone; returns how it is mended. */
export function spoil(is_bad: (table: string, key: unknown) => boolean): () => void {
  IDBObjectStore.prototype.get = function (this: IDBObjectStore, key) {
    if (is_bad(this.name, key)) throw new DOMException('Failed to read large IndexedDB value', 'DataError')
    return get.call(this, key)
  }
  // One such row fails the reading of all at once.
  IDBObjectStore.prototype.getAll = function (this: IDBObjectStore, ...range) {
    if (is_bad(this.name, null)) throw new DOMException('Failed to read large IndexedDB value', 'DataError')
    return getAll.apply(this, range)
  }
  return () => {
    IDBObjectStore.prototype.get = get
    IDBObjectStore.prototype.getAll = getAll
  }
}
