/** Photos of a draft: kept with their bytes and the phone's seal, or dropped, each in one transaction. */

import type { PhotoClaim } from '../api/wire'
import { holdKeys, signText } from '../device/seal/keys'
import { nextHead, writePayload } from '../device/seal/payload'
import { type Database, type Draft, type PhotoLine, readSetting, type SealHead, STRICT } from '../store/database'
import { openDraft, sealPhoto } from '../store/private_rows'
import { readClock } from '../sync/clock'
import { DraftGone, nextTurn } from './drafts'

/**
 * Keep a photo: its bytes, its line in the draft and its place in the phone's chain in one transaction. The same picture
 * twice is kept once. `preview`: at most 30 kB of it, sent ahead; null where none could be made.
 */
export async function keepPhoto(
  database: Database,
  id: string,
  claim: PhotoClaim,
  bytes: ArrayBuffer,
  preview: ArrayBuffer | null,
  now: Date,
): Promise<{ draft: Draft; already: string | null }> {
  for (;;) {
    const head = await readSetting(database, 'seal_head')
    const sealed = await addSeal(database, id, claim, head, now)
    const kept = await sealPhoto(sealed)
    const change = database.transaction(['drafts', 'photos', 'photo_lines', 'settings'], 'readwrite', STRICT)
    const settings = change.objectStore('settings')
    const found = await change.objectStore('drafts').get(id)
    if (!found) throw new DraftGone(id)
    const last = (await settings.get('seal_head')) as SealHead | undefined
    const twin = found.photos.find((photo) => photo.sha256 === claim.sha256)
    if (twin) return { draft: await openDraft(found), already: twin.purpose }
    // Another window kept one while this was signed: two photos must not name the same one before them.
    if (last?.number !== head?.number) continue
    const draft = { ...found, photos: [...found.photos, kept], changed_at: now.toISOString(), turn: nextTurn(found) }
    await Promise.all([
      change.objectStore('drafts').put(draft),
      change.objectStore('photos').put({ visit_id: id, sha256: claim.sha256, bytes, preview }),
      change.objectStore('photo_lines').put(beginLine(id, claim, preview)),
      ...(sealed.seal ? [settings.put(nextHead(head, claim.sha256), 'seal_head')] : []),
      change.done,
    ])
    return { draft: await openDraft(draft), already: null }
  }
}

/** The claim with the phone's seal; as it is where no key can be had, or where no station is named yet. */
async function addSeal(database: Database, id: string, claim: PhotoClaim, head: SealHead | null, now: Date): Promise<PhotoClaim> {
  const row = await database.get('drafts', id)
  const device_id = (await readSetting(database, 'enrolment'))?.device_id
  const keys = row?.station_code && device_id ? await holdKeys(database) : null
  if (!row || !keys || !device_id) return claim
  // Shut by the PIN in this very moment: what is sealed of the draft, its position, is not said.
  const draft = await openDraft(row).catch(() => row)
  const payload = writePayload(claim, draft, device_id, await readClock(database, now), head)
  return { ...claim, seal: { payload, signature: await signText(keys, payload) } }
}

function beginLine(visit_id: string, claim: PhotoClaim, preview: ArrayBuffer | null): PhotoLine {
  const { sha256, purpose, size, mime, taken_at } = claim
  // Where the preview weighs nearly as much as the photo, the photo itself is there as soon.
  const worth = preview !== null && preview.byteLength * 2 < size
  const fresh = { sent_bytes: 0, tries: 0, next_try_at: 0, problem: null, held: false }
  return { visit_id, sha256, purpose, size, mime, taken_at, preview: worth ? 'waiting' : 'none', ...fresh }
}

export async function dropPhoto(database: Database, id: string, sha256: string, now: Date): Promise<Draft> {
  const change = database.transaction(['drafts', 'photos', 'photo_lines'], 'readwrite', STRICT)
  const found = await change.objectStore('drafts').get(id)
  if (!found) throw new DraftGone(id)
  const photos = found.photos.filter((photo) => photo.sha256 !== sha256)
  const held_photos = found.held_photos.filter((held) => held !== sha256)
  const draft = { ...found, photos, held_photos, changed_at: now.toISOString(), turn: nextTurn(found) }
  await Promise.all([
    change.objectStore('drafts').put(draft),
    change.objectStore('photos').delete([id, sha256]),
    change.objectStore('photo_lines').delete([id, sha256]),
    change.done,
  ])
  return openDraft(draft)
}
