// test_webhooks.mjs: CloudEvents reach a receiver at least once, in order, signed, though it fails;
// the cursor outlives the server; addresses that must not be reached are not.
import { createHmac } from 'node:crypto'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { Server, check, report, until, pause, folder, password, program } from './lib.mjs'
import { spawnSync } from 'node:child_process'

const secret = 'a-secret-of-the-receiver'
const got = []
let failing = 2
const receiver = createServer((request, response) => {
  let body = ''
  request.on('data', (bytes) => { body += bytes })
  request.on('end', () => {
    const fail = failing > 0
    failing -= fail
    got.push({ body, headers: request.headers, accepted: !fail, at: Date.now() })
    response.writeHead(fail ? 500 : 204).end()
  })
})
await new Promise((done) => receiver.listen(0, '127.0.0.1', done))
const url = `http://127.0.0.1:${receiver.address().port}/events`

const store = join(folder, 'hooks.db')
const args = ['--store', `sqlite:${store}`, '--allow-local-webhooks']
spawnSync(program, ['account', 'add', '--store', `sqlite:${store}`, '--name', 'op', '--role', 'operator'], { input: `${password}\n` })
let server = await Server.start(args)
let operator = await server.login('op')
for (const bad of ['ftp://example.org/', 'http://user@example.org/', 'file:///etc/passwd', 'http:// x']) {
  const { status } = await operator.post('/v1/webhooks', { url: bad, secret, topics: ['*'] })
  check(status === 422, `${bad}: ${status}`)
}
check((await operator.post('/v1/webhooks', { url, secret: 'short', topics: ['*'] })).status === 422, 'a short secret')
const made = await operator.post('/v1/webhooks', { url, secret, topics: ['stream:NURZHOLY', 'command:carrier_register'] })
check(made.status === 201 && !made.text.includes(secret), 'a webhook is added; its secret is not told')
const id = made.body.item.id
const inside = await operator.post('/v1/webhooks', { url: 'http://10.1.2.3:9/', secret, topics: ['command:rules_set'] })

// ---- something happens ----

await operator.post('/v1/rules/NURZHOLY', { slots_days: 3 }, { 'Idempotency-Key': 'r1' })
const carrier = server.client()
await carrier.post('/v1/signup', { name: 'c', password: 'c-password-1', company: 'C', phone: '+77010000000', email: 'c@example.org' })
check(await until(() => got.filter((call) => call.accepted).length >= 3, 15000), `three events arrive: ${got.length} calls`)
const accepted = () => got.filter((call) => call.accepted).map((call) => JSON.parse(call.body))
check(got.filter((call) => !call.accepted).length === 2, 'the receiver failed twice')
check(got.filter((call) => !call.accepted).every((call) => got.some((later) => later.accepted && later.body === call.body)), 'what was not taken comes again')
const waits = got.slice(1, 3).map((call, i) => call.at - got[i].at)
check(waits[1] > waits[0], `it waits longer each time: ${waits} ms`)
const types = accepted().map((event) => event.type)
check(types.includes('zhol.journal.rules_set') && types.includes('zhol.journal.slots_publish') && types.includes('zhol.journal.carrier_register'), `${types}`)
for (const call of got) {
  const [, time, mac] = /^t=(\d+),v1=([0-9a-f]{64})$/.exec(call.headers['x-zhol-signature']) ?? []
  check(mac === createHmac('sha256', secret).update(`${time}.${call.body}`).digest('hex'), 'the signature')
  const event = JSON.parse(call.body)
  check(call.headers['content-type'] === 'application/cloudevents+json', 'the type of a CloudEvent')
  check(event.specversion === '1.0' && event.id && event.source && event.type && /Z$/.test(event.time), 'what a CloudEvent must have')
  check(event.data.stream && event.data.hash === undefined && event.data.seq >= 1, 'the entry is inside')
}
const state = await until(async () => {
  const { item } = (await operator.get(`/v1/webhooks/${id}`)).body
  return item.last_error === null && item.failures === 2 && item.delivered >= 3 && item
})
check(state, 'its figures')
const told = await until(async () => (await operator.get(`/v1/webhooks/${inside.body.item.id}`)).body.item.last_error)
check(/private/.test(told), `why nothing goes to a private address: ${told}`)
check((await operator.delete(`/v1/webhooks/${inside.body.item.id}`)).status === 204, 'and it is taken away')

// ---- the server is ended; what happens meanwhile is told after ----

failing = 1000000
await operator.post('/v1/rules/KOLZHAT', { slots_days: 3 })
await carrier.post('/v1/signup', { name: 'd', password: 'd-password-1', company: 'D', phone: '+77010000000', email: 'd@example.org' })
await pause(300)
await server.stop('SIGKILL')
const before = accepted().length
failing = 0
server = await Server.start(args)
operator = await server.login('op')
check(await until(() => accepted().length > before, 10000), 'after a kill the event comes')
check(accepted().slice(before).every((event) => event.data.seq > 1 || event.data.stream !== 'registry'), 'from the cursor on')
const ids = accepted().map((event) => event.id)
check(ids.filter((one) => one.startsWith('NURZHOLY/')).join() === [...new Set(ids.filter((one) => one.startsWith('NURZHOLY/')))].join(),
  'what was taken before is not told again here')
check((await operator.delete(`/v1/webhooks/${id}`)).status === 204 && (await operator.get(`/v1/webhooks/${id}`)).status === 404, 'it is removed')
await server.stop()

// ---- not to this machine unless told ----

server = await Server.start(['--store', `sqlite:${store}`])
operator = await server.login('op')
const calls = got.length
for (const host of ['127.0.0.1', 'localhost', '[::1]', '0.0.0.0', '2130706433']) {
  const { status, body } = await operator.post('/v1/webhooks', { url: `http://${host}:${receiver.address().port}/x`, secret, topics: ['*'] })
  check(status === 201 || status === 422, `${host}: ${status} ${body?.code}`)
}
await carrier.server && (await server.client().post('/v1/signup', { name: 'e', password: 'e-password-1', company: 'E', phone: '+77010000000', email: 'e@example.org' }))
const all = await until(async () => {
  const { items } = (await operator.get('/v1/webhooks')).body
  return items.length && items.every((item) => item.failures > 0) && items
}, 8000)
check(all && got.length === calls, `no call reached this machine: ${got.length - calls}`)
await server.stop()
receiver.close()
process.exit(report())
