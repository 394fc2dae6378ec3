// test_queue.mjs: the life of a place over HTTP, from signing up to the draw, and what stands around
// it: repeated keys, receipts, previews, events, counters, foreign clients.
import { execFileSync, spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Server, check, report, until, pause, folder, program } from './lib.mjs'

const server = await Server.start(['--demo', '--speed', '1'])
const anybody = server.client()
const officer = await server.login('demo-nurzholy')
const operator = await server.login('demo-operator')
const auditor = await server.login('demo-auditor')

// ---- a carrier and his fleet ----

const carrier = server.client()
const signed = await carrier.post('/v1/signup', {
  name: 'fleet', password: 'fleet-password', company: 'Fleet LLP', phone: '+77010000001', email: 'f@example.org', lang: 'ru',
})
carrier.headers = { Cookie: signed.cookie, 'X-Zhol-CSRF': signed.body.me.csrf }
const again = await anybody.post('/v1/signup', {
  name: 'fleet', password: 'fleet-password', company: 'Fleet LLP', phone: '+77010000001', email: 'f@example.org',
})
check(again.status === 409 && again.body.code === 'duplicate', 'a login is given once')

const truck = (n) => ({ plate: `${100 + n}TST02`, vin: `TESTVIN${String(n).padStart(10, '0')}`, country: 'KZ', type: 'truck' })
const first = await carrier.post('/v1/vehicles', truck(0), { 'Idempotency-Key': 'v0' })
const same = await carrier.post('/v1/vehicles', truck(0), { 'Idempotency-Key': 'v0' })
check(first.status === 201 && same.status === 200 && same.body.id === first.body.id, 'a repeated key gets the same vehicle')
const twin = await carrier.post('/v1/vehicles', { ...truck(0), plate: '999TST02' })
check(twin.status === 409 && twin.body.receipt, 'a VIN is registered once; the refusal is signed')
const batch = await carrier.post('/v1/vehicles/batch', { items: [...Array(30)].map((_, n) => truck(n)) })
check(batch.body.items.filter((item) => item.outcome === 'done').length === 29 && batch.body.items[0].outcome === 'duplicate',
  'a batch says what became of each')
const trucks = [first.body.id, ...batch.body.items.slice(1).map((item) => item.id)]
const drivers = []
for (let n = 0; n < 30; n++) {
  const made = await carrier.post('/v1/drivers', {
    name: `Test Driver ${n}`, phone: `+770100001${String(n).padStart(2, '0')}`, document: `N${1000000 + n}`, country: 'KZ', lang: 'ru',
    visa_free_until: '2025-11-20',
  })
  drivers.push(made.body.id)
}
const page = await carrier.get('/v1/vehicles?limit=20')
const rest = await carrier.get(`/v1/vehicles?limit=20&after=${page.body.next}`)
check(page.body.items.length === 20 && rest.body.items.length === 10 && !rest.body.next, 'lists go on where they ended')

const driverOf = (more) => ({ name: 'Айгүл', phone: '+7 (701) 000-00-99', document: 'N7777777', country: 'KZ', lang: 'kk', ...more })
for (const [field, more] of [
  ['phone', { phone: 'abc' }], ['phone', { phone: '+7701000\r\n0006' }], ['phone', { phone: '77010000000' }], ['phone', { phone: '+123456' }],
  ['phone', { phone: '+1234567890123456' }], ['phone', { phone: '+0123456789' }], ['name', { name: '   ' }], ['name', { name: '\u00a0\u3000' }],
  ['document', { document: ' ' }], ['country', { country: 'ZZ' }], ['country', { country: 'kz' }],
]) {
  const wrong = await carrier.post('/v1/drivers', driverOf(more))
  check(wrong.status === 422 && wrong.body.field === field, `${JSON.stringify(more)}: ${wrong.text.slice(0, 200)}`)
}
const wrongCountry = await carrier.post('/v1/vehicles', { ...truck(50), country: 'ZZ' })
check(wrongCountry.status === 422 && wrongCountry.body.field === 'country', 'the country of a vehicle')
const wrongRow = await carrier.post('/v1/vehicles/batch', { items: [truck(51), { ...truck(52), plate: '  ' }] })
check(wrongRow.body.items?.[0].outcome === 'done' && wrongRow.body.items?.[1].outcome === 'invalid', `one row of a batch: ${wrongRow.text.slice(0, 300)}`)
const long = await carrier.post('/v1/drivers', driverOf({ name: 'Ж'.repeat(120) }))
check(long.status === 201, 'lengths count characters')
const longer = await carrier.post('/v1/drivers', driverOf({ name: 'Ж'.repeat(121), document: 'N7777778' }))
check(longer.status === 422 && longer.text.includes('120 characters'), 'and the limit holds')
for (const [field, more] of [['bin', { bin: '123' }], ['bin', { bin: '123456789012' }], ['phone', { phone: 'abc' }], ['email', { email: 'x' }], ['company', { company: ' ' }]]) {
  const wrong = await anybody.post('/v1/signup', { name: 'bad', password: 'fleet-password', company: 'Fleet LLP', phone: '+77010000001', email: 'f@example.org', ...more })
  check(wrong.status === 422 && wrong.body.field === field, `${JSON.stringify(more)}: ${wrong.text.slice(0, 200)}`)
}

// ---- booking ----

const ask = (n, more) => ({ queue: 'nur-zholy-exit', vehicle: trucks[n], driver: drivers[n], category: 'ordinary', slot: 'next', ...more })
const booked = await carrier.post('/v1/places', ask(0), { 'Idempotency-Key': 'b0' })
check(booked.status === 201 && booked.body.state === 'booked' && booked.body.call.p50, 'a place with a forecast')
const repeated = await carrier.post('/v1/places', ask(0), { 'Idempotency-Key': 'b0' })
check(repeated.status === 200 && repeated.body.place === booked.body.place && repeated.body.receipt.hash === booked.body.receipt.hash,
  'a repeated key gets the same place and receipt')
for (const [what, path, body] of [
  ['vehicle', '/v1/places', ask(1)], ['driver', '/v1/places', ask(0, { driver: drivers[1] })],
  ['category', '/v1/places', ask(0, { category: 'animals' })], ['slot', '/v1/places', ask(0, { slot: 'live' })],
  ['command', `/v1/places/${booked.body.place}/cancel`, undefined],
]) {
  const reused = await carrier.post(path, body, { 'Idempotency-Key': 'b0' })
  check(reused.status === 422 && reused.body.code === 'key_reused', `a key is refused for another ${what}: ${reused.text.slice(0, 200)}`)
}
const otherTruck = await carrier.post('/v1/vehicles', { ...truck(40) }, { 'Idempotency-Key': 'v0' })
check(otherTruck.status === 422 && otherTruck.body.code === 'key_reused', 'a key is refused for another truck')
const second = await carrier.post('/v1/places', ask(0))
check(second.status === 409 && second.body.code === 'already_active', 'one active place for a vehicle')
const elsewhere = await carrier.post('/v1/places', ask(0, { queue: 'kolzhat-exit' }))
check(elsewhere.status === 409 && elsewhere.body.code === 'already_active', 'over all checkpoints')
const slots = (await anybody.get('/v1/queues/nur-zholy-exit/slots?category=ordinary')).body.items
const free = slots.filter((slot) => slot.free_for_category > 0)
const inSlot = await carrier.post('/v1/places', ask(1, { slot: free.at(-1).start }))
check(inSlot.status === 201 && inSlot.body.slot.start === free.at(-1).start, 'a place in the slot asked for')
for (const [more, status, code] of [
  [{ slot: 'round' }, 409, 'wrong_release'], [{ slot: 'live' }, 409, 'wrong_release'],
  [{ slot: 'soon' }, 422, 'invalid'], [{ slot: '2025-11-14T24:00:00Z' }, 422, 'invalid'], [{ slot: slots.find((slot) => slot.free === 0).start }, 409, 'slot_full'],
  [{ slot: '2025-11-13T03:30:00Z' }, 404, 'unknown_slot'], [{ category: 'royal' }, 422, 'unknown_category'],
  [{ queue: 'nowhere' }, 404, 'unknown_queue'], [{ vehicle: 'ffffffffffffffff' }, 422, 'unknown_subject'],
  [{ vehicle: '1' }, 422, 'invalid'], [{ color: 'red' }, 422, 'invalid'],
]) {
  const { status: got, body } = await carrier.post('/v1/places', ask(2, more))
  check(got === status && body.code === code, `${JSON.stringify(more)}: ${got} ${body.code}`)
  check(status !== 409 || body.receipt?.outcome === code, `${JSON.stringify(more)}: a signed refusal`)
}
const mine = (await carrier.get('/v1/places/mine')).body.items
check(mine.length === 2 && mine.every((item) => /TST02/.test(item.plate)), 'the carrier\'s places')
check((await carrier.get(`/v1/places/${booked.body.place}`)).body.item.position === booked.body.position, 'one place')
check((await anybody.get('/v1/checkpoints')).body.items.length === 5, 'five checkpoints')
const order = await anybody.get('/v1/queues/nur-zholy-exit/order?limit=1000')
check(order.body.items.length === 1000 && !order.text.includes('DEMO'), 'the public order has no plates')
const rules = (await anybody.get('/v1/queues/nur-zholy-exit/rules')).body
check(rules.rules.release === 'first_come' && rules.categories.length === 9, 'the rules as data')
const seen = await anybody.get(`/v1/places/${booked.body.place}/public`)
check(seen.status === 200 && !/plate|100|TST/.test(JSON.stringify({ ...seen.body, place: '', slot: '', call: '', as_of: '', now: '', number: 0, method: '', position: 0 })), 'the public view has no part of the plate')
const moved = await carrier.post(`/v1/places/${inSlot.body.place}/postpone`, { slot: free.at(-2).start })
check(moved.status === 200 && moved.body.slot.start === free.at(-2).start, 'a postponed place')
const helper = await carrier.post(`/v1/places/${booked.body.place}/driver`, { driver: drivers[5] })
check(helper.status === 200, 'a second driver')
const swapped = await carrier.post(`/v1/places/${booked.body.place}/vehicle`, { vehicle: trucks[6] })
check(swapped.status === 409 && swapped.body.code === 'not_editable', 'Kazakhstan lets no vehicle be swapped')
const ledger = (await carrier.get('/v1/ledger')).body
check(ledger.items.length >= 2 && ledger.balance[0].currency === 'KZT', 'fees and deposits in the ledger')

// ---- receipts ----

const receipt = (await carrier.get(`/v1/places/${booked.body.place}/receipt`)).body.receipt
check(receipt.hash === booked.body.receipt.hash && receipt.signature === booked.body.receipt.signature, 'the receipt is found again')
const verdict = (await anybody.post('/v1/receipts/verify', { receipt })).body
check(verdict.valid && verdict.known_key && verdict.entry_matches, 'a receipt verifies')
const forged = (await anybody.post('/v1/receipts/verify', { receipt: { ...receipt, number: 1 } })).body
check(!forged.valid, 'a changed receipt does not')
writeFileSync(join(folder, 'receipt.json'), JSON.stringify(receipt))
const offline = spawnSync(program, ['receipt', 'verify', join(folder, 'receipt.json')], { encoding: 'utf8' })
check(offline.status === 0, `zhol receipt verify: ${offline.stdout}${offline.stderr}`)
const qr = await carrier.get(`/v1/places/${booked.body.place}/receipt.svg`)
check(qr.text.startsWith('<svg'), 'the receipt as QR code')

// ---- events ----

async function listen(topic, after) {
  const stop = new AbortController()
  const reply = await fetch(`${server.base}/v1/events?topic=${topic}`, {
    signal: stop.signal, headers: after ? { 'Last-Event-ID': after } : {},
  })
  const stream = { text: '', stop: () => stop.abort(), type: reply.headers.get('content-type') }
  ;(async () => {
    const decoder = new TextDecoder()
    try {
      for await (const bytes of reply.body) stream.text += decoder.decode(bytes)
    } catch { /* aborted */ }
  })()
  await until(() => stream.text.includes('retry:'))
  return stream
}
const events = (stream) => [...stream.text.matchAll(/event: (\w+)\nid: (\d+)\ndata: (.*)\n/g)].map(
  ([, name, id, data]) => ({ name, id, data: JSON.parse(data) }))

const queueEvents = await listen('queue:nur-zholy-exit')
const placeEvents = await listen(`place:${inSlot.body.place}`)
check(queueEvents.type === 'text/event-stream', 'events have their type')
const began = Date.now()
await carrier.post(`/v1/places/${inSlot.body.place}/cancel`)
const told = await until(() => events(placeEvents).find((event) => event.data.state === 'cancelled'))
check(told && Date.now() - began < 1000, 'a place\'s event comes within a second')
check(await until(() => events(queueEvents).find((event) => event.data.command === 'cancel')), 'the queue\'s event comes')
const last = events(queueEvents).at(-1).id
queueEvents.stop()
await carrier.post('/v1/places', ask(7))
await carrier.post('/v1/places', ask(8))
const resumed = await listen('queue:nur-zholy-exit', last)
check(await until(() => events(resumed).filter((event) => event.data.command === 'book_next').length === 2),
  'a resumed stream has what happened meanwhile')
const old = await listen('queue:nur-zholy-exit', '5')
check(await until(() => events(old)[0]?.name === 'reset'), 'a number from before the ring gets a reset')
for (const stream of [placeEvents, resumed, old]) stream.stop()
check((await anybody.get('/v1/events?topic=secrets')).status === 404, 'an unknown topic')

// ---- the officer ----

const rows = (await officer.get('/v1/officer/queue?queue=nur-zholy-exit&limit=1000')).body.items
const call = await officer.post('/v1/queues/nur-zholy-exit/call', { count: 3 }, { 'Idempotency-Key': 'c1' })
check(call.status === 200 && call.body.called.length === 3 && call.body.rule, 'three are called, by a rule')
const called = call.body.called[0].place
check((await officer.post(`/v1/places/${called}/enter`)).body.state === 'entered', 'one enters')
check((await officer.post(`/v1/places/${called}/clear`)).body.state === 'cleared', 'and is cleared')
check((await officer.post(`/v1/places/${called}/clear`)).body.code === 'wrong_state', 'once')
const turned = await officer.post(`/v1/places/${call.body.called[1].place}/refuse`, { note: 'no permit' })
check(turned.body.state === 'refused', 'one is refused, with a reason')
check(rows.length > 100 && rows.every((row) => row.plate), 'the officer sees plates')
const early = rows.filter((row) => row.state === 'booked').sort((a, b) => a.slot.start < b.slot.start ? -1 : 1)[0]
const arrived = await officer.post(`/v1/places/${early.place}/arrive`)
check(arrived.status === 200 && arrived.body.state === 'arrived', `one arrives: ${arrived.text.slice(0, 200)}`)
const one = await officer.get(`/v1/officer/queue?queue=nur-zholy-exit&plate=${early.plate}`)
check(one.body.items.length === 1 && one.body.items[0].state === 'arrived', 'the officer finds a truck by its plate')
const cut = { from: '2025-11-13T00:00:00Z', until: '2025-11-14T00:00:00Z', percent: 50, note: 'X-ray out of order' }
const preview = await officer.post('/v1/queues/nur-zholy-exit/capacity', { ...cut, preview: true })
for (const [field, path, body] of [
  ['until', 'capacity', { ...cut, until: cut.from }], ['until', 'close', { from: '2025-11-16T00:00:00Z', until: '2025-11-15T00:00:00Z', note: 'x' }],
  ['percent', 'capacity', { ...cut, count: undefined, percent: 1000000 }],
]) {
  const wrong = await officer.post(`/v1/queues/nur-zholy-exit/${path}`, { ...body, preview: true })
  check(wrong.status === 422 && wrong.body.field === field, `what is wrong with a change is said: ${wrong.text.slice(0, 200)}`)
}
const tongue = await anybody.get('/v1/board?lang=de')
check(tongue.status === 400 && tongue.body.field === 'lang', `a language that is not there: ${tongue.text.slice(0, 200)}`)
const done = await officer.post('/v1/queues/nur-zholy-exit/capacity', cut)
const pairs = (reply) => JSON.stringify(reply.body.affected.map((item) => [item.place, item.new_slot]).sort())
check(preview.body.affected.length > 0 && pairs(preview) === pairs(done),
  `the preview says what then happens: ${preview.body.affected.length} ${done.body.affected.length} ${pairs(preview).slice(0, 200)} ${pairs(done).slice(0, 200)}`)
const closed = await officer.post('/v1/queues/nur-zholy-exit/close', { from: '2025-11-16T00:00:00Z', until: '2025-11-16T06:00:00Z', note: 'snow' })
check(closed.status === 200, 'a closure')
check((await officer.post('/v1/queues/nur-zholy-exit/reopen', {})).status === 200, 'a reopening')
const days = (await officer.get('/v1/officer/report?queue=nur-zholy-exit&days=30')).body
check(days.places > 0 && days.categories.length > 0, 'the report')

// ---- appeals, erasure, the audit ----

const shown = mine.find((item) => item.place === booked.body.place)
check((await officer.post(`/v1/places/${shown.place}/no_show`)).status >= 400, 'nobody is a no-show before his time')
const erased = await operator.post(`/v1/subjects/${drivers[9]}/erase`)
check(erased.status === 200, 'a driver is erased')
const gone = (await carrier.get('/v1/drivers?limit=1000')).body.items.find((item) => item.id === drivers[9])
check(gone.erased && gone.name === null, 'his fields are gone')
const audit = (await auditor.get('/v1/audit')).body
check(audit.valid && audit.counts.refusals > 0 && audit.findings.length === 0, `the audit: ${JSON.stringify(audit.findings)}`)
const heads = (await anybody.get('/v1/heads')).body
check(heads.items.length === 3 && heads.key.length === 64, 'the heads')
const tail = (await anybody.get('/v1/journal/NURZHOLY?limit=1000&from=1')).text.trim().split('\n')
check(tail.length === 1000 && JSON.parse(tail[999]).seq === 1000, 'a page of the journal')
check(!tail.some((line) => /TST02|Test Driver|\+7701/.test(line)), 'no personal data in it')
const csv = 'date,accepted,planned,waiting\n2025-11-09,180,240,310\n2025-11-10,175,240,350\n2025-11-11,190,240,380\n'
const observed = await operator.post('/v1/observed/dostyk-exit', csv, { 'Content-Type': 'text/csv' })
check(observed.status === 200 && observed.body.days >= 3, `an observed queue: ${observed.text}`)
const dostyk = await until(async () => (await anybody.get('/v1/board?checkpoint=DOSTYK_ROAD')).body.items.find((item) => item.history.some((day) => day.date === '2025-11-11' && day.accepted === 190)))
check(dostyk && dostyk.waiting_total === 380 && dostyk.categories[0].join.p50, `its board and forecast: ${JSON.stringify(dostyk?.categories)}`)

// ---- foreign clients ----

writeFileSync(join(folder, 'metrics'), (await anybody.get('/metrics')).text)
const prom = spawnSync('bash', ['-c', `promtool check metrics < ${folder}/metrics`], { encoding: 'utf8' })
check(prom.status === 0, `promtool: ${prom.stdout}${prom.stderr}`)
for (const collection of ['places', 'links', 'checkpoints']) {
  const text = execFileSync('ogrinfo', ['-al', '-so', `OAPIF:${server.base}`, collection], { encoding: 'utf8' })
  check(Number(/Feature Count: (\d+)/.exec(text)?.[1]) > 4, `ogrinfo reads ${collection}: ${text.slice(0, 200)}`)
}

// ---- the wire ----

const head = await fetch(`${server.base}/v1/board`, { method: 'HEAD' })
check(head.status === 200 && (await head.text()) === '', 'HEAD has no body')
check((await anybody.ask('PUT', '/v1/board')).status === 405, 'a method that is not there')
check((await anybody.get('/v1/nothing')).status === 404, 'a path that is not there')
check((await anybody.get('/v1/board?x=1')).status === 400, 'a parameter that is not there')
check((await anybody.get('/v1/board?checkpoint=%ff')).status === 400, 'a parameter that is not UTF-8')
check((await anybody.post('/v1/login', '{', { 'Content-Type': 'application/json' })).status === 400, 'a body that is not JSON')
check((await anybody.post('/v1/login', '{}', { 'Content-Type': 'text/plain' })).status === 415, 'a body of another type')
check((await anybody.post('/v1/login', 'x'.repeat(70000), { 'Content-Type': 'application/json' })).status === 413, 'a body that is too large')
check((await carrier.post('/v1/places', ask(3), { 'Idempotency-Key': 'k'.repeat(129) })).status === 400, 'a key that is too long')
const web = await fetch(`${server.base}/`)
check(/default-src 'none'/.test(web.headers.get('content-security-policy')), 'the page has a strict policy')
const static304 = await fetch(`${server.base}/`, { headers: { 'If-None-Match': web.headers.get('etag') ?? '' } })
check(static304.status === (web.headers.get('etag') ? 304 : 200), 'an ETag that fits gives 304')
await Promise.all([...Array(8)].map(() => anybody.post('/v1/login', { name: 'x', password: 'not-a-password' }).catch(() => 0)))
await pause(10)

const { code } = await server.stop()
check(code === 0, 'SIGTERM ends the server well')
process.exit(report())
