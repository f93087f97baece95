// Fill the outbox as months in a valley would: `visits` saved visits, each with two photos of `size` bytes.
async ([visits, size]) => {
  const opened = await new Promise((done) => {
    const asked = indexedDB.open('cunzhan')
    asked.onsuccess = () => done(asked.result)
  })
  const ask = (request) => new Promise((done) => { request.onsuccess = () => done(request.result) })
  const read = (table) => opened.transaction(table).objectStore(table)
  const account_id = String((await ask(read('settings').get('enrolment'))).account.id)
  const codes = await ask(read('stations').getAllKeys())
  const form_version = (await ask(read('forms').get('inspection'))).version
  const hash = async (bytes) => [...new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))]
    .map((one) => one.toString(16).padStart(2, '0')).join('')
  const fresh = { tries: 0, next_try_at: 0, problem: null }

  async function makePhoto(visit_id, number, purpose) {
    const canvas = new OffscreenCanvas(16, 16)
    const paint = canvas.getContext('2d')
    paint.fillStyle = `rgb(${number % 256}, ${number >> 8}, ${purpose.length})`
    paint.fillRect(0, 0, 16, 16)
    const picture = new Uint8Array(await (await canvas.convertToBlob({ type: 'image/jpeg' })).arrayBuffer())
    const bytes = new Uint8Array(size)
    // A comment behind the first mark makes each file another; behind the last one stand zeros, as some cameras write.
    bytes.set([0xff, 0xd8, 0xff, 0xfe, 0, 5, number % 256, number >> 8, purpose.length])
    bytes.set(picture.subarray(2), 9)
    const sha256 = await hash(bytes)
    const claim = { sha256, purpose, size, mime: 'image/jpeg', taken_at: null }
    const line = { ...claim, ...fresh, visit_id, preview: 'none', sent_bytes: 0, held: false }
    return { claim, line, row: { visit_id, sha256, bytes: bytes.buffer, preview: null } }
  }

  for (let number = 0; number < visits; number += 1) {
    const id = `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`
    const photos = [await makePhoto(id, number, 'sign'), await makePhoto(id, number, 'inside')]
    const captured_at = new Date(Date.now() - 86_400_000 + number * 1000).toISOString()
    const [station_code, observed_state] = [codes[number % codes.length], 'open_operating']
    const body = new TextEncoder().encode(JSON.stringify({
      station_code, method: 'site_visit', started_at: captured_at, ended_at: captured_at, captured_at, observed_state,
      answers: {}, checks: {}, fix: null, note: null, photos: photos.map(({ claim }) => claim),
      clock: { wall: captured_at }, form_version,
    })).buffer
    const record = {
      ...fresh, id, kind: 'visit', account_id, station_code, station_name: `第${number}站`, observed_state, captured_at,
      period: '', seen_version: null, state: 'ready', body, sha256: await hash(body), receipt: null, quarantine_id: null,
    }
    const change = opened.transaction(['records', 'photos', 'photo_lines'], 'readwrite')
    change.objectStore('records').put(record)
    for (const { line, row } of photos) {
      change.objectStore('photo_lines').put(line)
      change.objectStore('photos').put(row)
    }
    await new Promise((done, fail) => {
      change.oncomplete = done
      change.onabort = () => fail(change.error)
    })
  }
  opened.close()
}
