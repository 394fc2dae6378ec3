// test_restart.mjs: an operation of its own on a file: rules from the corridor, bookings, a kill, and
// all is there again; limits for clients; the way behind a proxy; what is refused at the start.
import { spawnSync } from 'node:child_process'
import { statSync } from 'node:fs'
import { join } from 'node:path'
import { Server, check, report, folder, password, program, root, until } from './lib.mjs'

const store = `sqlite:${join(folder, 'queue.db')}`
const account = (...args) => spawnSync(program, ['account', 'add', '--store', store, ...args], { input: `${password}\n`, encoding: 'utf8' })
check(account('--name', 'op', '--role', 'operator').status === 0, 'an operator is added to a new store')
check(account('--name', 'officer', '--role', 'officer', '--checkpoint', 'NURZHOLY').status === 0, 'an officer')
check(account('--name', 'auditor', '--role', 'auditor').status === 0, 'an auditor')

let server = await Server.start(['--store', store])
let operator = await server.login('op')
const rules = await operator.post('/v1/rules/NURZHOLY', { slots_days: 5 }, { 'Idempotency-Key': 'rules' })
check(rules.status === 200 && rules.body.slots > 30, `rules and slots from the corridor: ${rules.text.slice(0, 200)}`)
check((await operator.post('/v1/rules/NOWHERE', {})).status === 404, 'not of a checkpoint without a queue')
const carrier = server.client()
const signed = await carrier.post('/v1/signup', { name: 'fleet', password: 'fleet-password', company: 'F', phone: '+77010000001', email: 'f@example.org' })
carrier.headers = { Cookie: signed.cookie, 'X-Zhol-CSRF': signed.body.me.csrf }
const places = []
for (let n = 0; n < 12; n++) {
  const vehicle = (await carrier.post('/v1/vehicles', { plate: `${200 + n}RST02`, vin: `RSTVIN${String(n).padStart(11, '0')}`, country: 'KZ', type: 'truck' })).body.id
  const driver = (await carrier.post('/v1/drivers', { name: `D ${n}`, phone: '+77010000002', document: `R${n}00000`, country: 'KZ', lang: 'kk' })).body.id
  const made = await carrier.post('/v1/places', { queue: 'nur-zholy-exit', vehicle, driver, category: 'ordinary', slot: 'next' }, { 'Idempotency-Key': `p${n}` })
  check(made.status === 201, `place ${n}: ${made.text.slice(0, 200)}`)
  places.push(made.body)
}
const token = (await carrier.post('/v1/tokens', { life_h: 2 })).body.token
const mine = (await carrier.get('/v1/places/mine')).body.items
const ledger = (await carrier.get('/v1/ledger')).body
const heads = (await carrier.get('/v1/heads')).body

// ---- killed, and started again ----

const { signal } = await server.stop('SIGKILL')
check(signal === 'SIGKILL', 'the server is killed')
server = await Server.start(['--store', store])
const program2 = server.client({ Authorization: `Bearer ${token}` })
const after = (await program2.get('/v1/places/mine')).body.items
check(after.length === 12 && after.every((row, i) => row.place === mine[i].place && row.slot.start === mine[i].slot.start), 'all places are there')
check(JSON.stringify((await program2.get('/v1/ledger')).body.items) === JSON.stringify(ledger.items), 'the ledger too')
const repeated = await program2.post('/v1/places', { queue: 'nur-zholy-exit', vehicle: mine[0].vehicle, driver: mine[0].drivers[0], category: 'ordinary', slot: 'next' }, { 'Idempotency-Key': 'p0' })
check(repeated.status === 200 && repeated.body.place === places[0].place && repeated.body.receipt.signature === places[0].receipt.signature,
  'a key from before the kill gets the same answer, with the same receipt')
const headsAfter = (await program2.get('/v1/heads')).body
check(headsAfter.key === heads.key, 'the same key signs')
const nur = (list) => list.items.find((item) => item.stream === 'NURZHOLY')
check(nur(headsAfter).seq >= nur(heads).seq, 'the chain goes on')
check((await server.client().post('/v1/driver/code', { plate: '203RST02' })).status === 202, 'a driver asks for a code by plate')
const auditor = await server.login('auditor')
check((await auditor.get('/v1/audit')).body.valid, 'the audit')
operator = await server.login('op')
const again = await operator.post('/v1/rules/NURZHOLY', { slots_days: 5 }, { 'Idempotency-Key': 'rules' })
check(again.status === 200 && again.body.receipt.hash === rules.body.receipt.hash, 'rules under the same key are set once')

// ---- one port, one server ----

const twice = spawnSync(program, ['serve', '--store', `sqlite:${join(folder, 'twice.db')}`, '--listen', server.base.slice(7),
  '-C', join(root, 'corridors/china-kazakhstan')], { encoding: 'utf8', timeout: 20000 })
check(twice.status > 0, `a second server does not listen on the same port: ${twice.stdout}${twice.stderr}`)

// ---- countersigning ----

const head = nur(headsAfter)
const officer = await server.login('officer')
const bad = await officer.post('/v1/heads/countersign', { stream: 'NURZHOLY', seq: head.seq, hash: head.hash, signature: 'a'.repeat(128), key: 'b'.repeat(64) })
check(bad.status === 422 && bad.body.code === 'bad_signature', 'a wrong signature is refused')
const other = await officer.post('/v1/heads/countersign', { stream: 'NURZHOLY', seq: 1, hash: head.hash, signature: 'a'.repeat(128), key: 'b'.repeat(64) })
check(other.status === 409, 'and a hash that the chain has not')
const { generateKeyPairSync, sign } = await import('node:crypto')
const pair = generateKeyPairSync('ed25519')
const said = JSON.stringify({ kind: 'zhol-head', version: 1, stream: 'NURZHOLY', seq: head.seq, hash: head.hash })
const publicHex = pair.publicKey.export({ type: 'spki', format: 'der' }).subarray(-32).toString('hex')
const good = await officer.post('/v1/heads/countersign', {
  stream: 'NURZHOLY', seq: head.seq, hash: head.hash, signature: sign(null, Buffer.from(said), pair.privateKey).toString('hex'), key: publicHex,
})
check(good.status === 200, `node's Ed25519 countersigns: ${good.text.slice(0, 200)}`)
check((await officer.get('/v1/heads')).body.countersignatures.some((one) => one.signer === publicHex), 'and it is published')

// ---- rounds: asked for in a queue of another release ----

const round = await operator.post('/v1/queues/nur-zholy-exit/rounds', { from: '2030-01-01T00:00:00Z', until: '2030-01-02T00:00:00Z' })
check(round.status === 409 && round.body.code === 'wrong_release', `no round where places are first come: ${round.body.code}`)

await server.stop()
check((statSync(join(folder, 'queue.db.master.key')).mode & 0o77) === 0, 'nobody else may read the keys')
check(spawnSync(program, ['audit', '--store', store], { encoding: 'utf8' }).status === 0, 'zhol audit agrees')

// ---- a round, in the scenario that has one ----

const roundStore = `sqlite:${join(folder, 'round.db')}`
spawnSync(program, ['account', 'add', '--store', roundStore, '--name', 'op', '--role', 'operator'], { input: `${password}\n` })
server = await Server.start(['--store', roundStore, '--scenario', 'queue-round'])
operator = await server.login('op')
const set = await operator.post('/v1/rules/NURZHOLY', { slots_days: 5 })
check(set.status === 200, `rules of a round: ${set.text.slice(0, 200)}`)
const day = (n) => new Date((Math.floor(Date.now() / 86400000) + n) * 86400000).toISOString().replace('.000', '')
const open = await operator.post('/v1/queues/nur-zholy-exit/rounds', { from: day(2), until: day(3) })
check(open.status === 200, `a round opens: ${open.text.slice(0, 300)}`)
const fleet = server.client()
const fleetSigned = await fleet.post('/v1/signup', { name: 'fleet', password: 'fleet-password', company: 'F', phone: '+77010000001', email: 'f@example.org' })
fleet.headers = { Cookie: fleetSigned.cookie, 'X-Zhol-CSRF': fleetSigned.body.me.csrf }
for (let n = 0; n < 5; n++) {
  const vehicle = (await fleet.post('/v1/vehicles', { plate: `${300 + n}RND02`, vin: `RNDVIN${String(n).padStart(11, '0')}`, country: 'KZ', type: 'truck' })).body.id
  const driver = (await fleet.post('/v1/drivers', { name: `D ${n}`, phone: '+77010000002', document: `Q${n}00000`, country: 'KZ', lang: 'zh' })).body.id
  const asked = await fleet.post('/v1/places', { queue: 'nur-zholy-exit', vehicle, driver, category: 'ordinary', slot: 'round' })
  check(asked.status === 201 && asked.body.state === 'requested', `a request into the round: ${asked.text.slice(0, 200)}`)
}
const listed = (await operator.get('/v1/rounds?queue=nur-zholy-exit')).body.items[0]
check(listed?.seed === null && listed?.seed_hash?.length === 64, 'the seed\'s hash is public, the seed is not')
const draw = await operator.post('/v1/queues/nur-zholy-exit/draw')
check(draw.status === 200 || draw.body.code === 'too_early', `a draw: ${draw.text.slice(0, 300)}`)
if (draw.status === 200) {
  const drawn = (await operator.get('/v1/rounds?queue=nur-zholy-exit')).body.items[0]
  check(drawn.seed?.length === 64 && drawn.requests === 5, 'then the seed is revealed')
  check((await fleet.get('/v1/places/mine')).body.items.every((row) => row.state === 'booked' && row.slot), 'and all have places')
}
await server.stop()

// ---- limits, and the way behind a proxy ----

server = await Server.start(['--store', store, '--rate', '20', '--behind-proxy'])
const from = (address) => server.client({ 'X-Forwarded-For': `10.0.0.1, ${address}` })
let refused = 0
for (let n = 0; n < 60; n++) refused += (await from('203.0.113.7').get('/health')).status === 429
check(refused > 0, 'a client that asks too often is refused for a while')
const late = await until(async () => {
  const reply = await from('203.0.113.7').get('/health')
  return reply.status === 429 && reply
})
check(late && Number(late.headers.get('retry-after')) >= 1, 'and told when to come again')
check((await from('203.0.113.8').get('/health')).status === 200, 'another client is not')
const secure = await from('203.0.113.9').post('/v1/login', { name: 'op', password })
check(/; Secure/.test(secure.headers.get('set-cookie')), 'cookies only over https')
await server.stop()

// ---- what does not start ----

const run = (...args) => spawnSync(program, ['serve', ...args], { encoding: 'utf8', timeout: 20000 })
check(run().status === 2, 'a store must be named')
check(run('--store', store, '--listen', 'everywhere').status === 3, 'a wrong address')
check(run('--store', 'oracle:x').status === 3, 'an unknown store')
process.exit(report())
