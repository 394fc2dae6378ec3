// test_roles.mjs: every endpoint as every role and as a stranger's organisation.
//
// The endpoints, and who may use them, come from /openapi.json: nothing is listed here but example
// values. Whoever may not gets 401 or 403; whoever may gets anything else, and every reply fits the
// document. Then what belongs to one carrier or checkpoint is asked for by another.
import { Server, check, report, messages, until, password } from './lib.mjs'

const server = await Server.start(['--demo', '--speed', '1'])
const place = 'de309ace00000001'
const nobody = 'ffffffffffffffff'

// ---- everybody ----

const operator = await server.login('demo-operator')
const people = {
  public: server.client(),
  carrier: await server.login('demo-carrier'),
  officer: await server.login('demo-nurzholy'),
  operator,
  auditor: await server.login('demo-auditor'),
}
const queue = await people.officer.get('/v1/officer/queue?queue=nur-zholy-exit&limit=1000')
const plate = queue.body.items.find((item) => item.place === place).plate
await people.public.post('/v1/driver/code', { plate })
const code = await until(() => messages().filter((message) => message.template === 'code').map(
  (message) => /\d{6}/.exec(message.text)?.[0]).at(-1), 15000)
const opened = await people.public.post('/v1/driver/login', { plate, code })
check(opened.status === 200 && opened.body.place === place, 'the driver logs in with plate and code')
people.driver = server.client({ Cookie: opened.cookie, 'X-Zhol-CSRF': opened.body?.csrf })
check((await people.public.post('/v1/driver/login', { plate, code })).status === 401, 'a code opens once')

// ---- the matrix ----

const examples = {
  queue: 'nur-zholy-exit', place, stream: 'NURZHOLY', id: nobody, checkpoint: 'NURZHOLY', topic: 'board',
  category: 'ordinary', q: 'Almaty', from: { text: 'ALMATY', instant: '2025-11-12T00:00:00Z', int: '1' },
  to: 'LIANYUNGANG', fid: 'ALMATY', collectionId: 'places', collection: 'places', date: '2025-11-12',
}
function example(parameter) {
  const value = examples[parameter.name] ?? 'x'
  if (typeof value === 'string') return value
  return parameter.schema.format === 'date-time' ? value.instant : parameter.schema.type === 'integer' ? value.int : value.text
}
function address(path, operation) {
  const query = []
  for (const parameter of operation.parameters) {
    if (parameter.in === 'path') path = path.replace(`{${parameter.name}}`, example(parameter))
    if (parameter.in === 'query' && (parameter.required || parameter.name === 'from' && path.includes('advice'))) {
      query.push(`${parameter.name}=${encodeURIComponent(example(parameter))}`)
    }
  }
  return path + (query.length ? `?${query.join('&')}` : '')
}

let asked = 0
for (const route of server.schemas.routes) {
  const { operation, method, path } = route
  if (operation.operationId === 'get_events' || path === '/v1/logout' || path === '/v1/login') continue
  for (const [role, client] of Object.entries(people)) {
    const may = operation['x-roles'].includes(role)
    // An empty body is refused by its shape, not carried out; commands without a body go to a place
    // that is not there.
    const where = address(path, operation).replace(/places\/[0-9a-f]{16}\/(?!public|receipt)/, `places/${nobody}/`)
    const body = method === 'GET' || method === 'DELETE' ? undefined : { nonsense: true }
    const { status } = await client.ask(method, where, body)
    asked++
    const refused = status === 401 || status === 403
    if (!may) {
      check(status === (role === 'public' ? 401 : 403), `${role} ${method} ${where}: ${status}, may not`)
    } else {
      check(!refused && status < 500, `${role} ${method} ${where}: ${status}, may`)
    }
  }
}
console.log(`${server.schemas.routes.length} endpoints, ${asked} askings`)

// ---- strangers ----

const stranger = server.client()
const signed = await stranger.post('/v1/signup', {
  name: 'stranger', password: 'another-password', company: 'Other LLP', phone: '+77010000001', email: 'o@example.org',
})
check(signed.status === 201 && signed.body.me.role === 'carrier', 'a carrier signs up')
stranger.headers = { Cookie: signed.cookie, 'X-Zhol-CSRF': signed.body.me.csrf }
check((await stranger.get('/v1/places/mine')).body.items.length === 0, 'a new carrier has no places')
check((await stranger.get('/v1/vehicles')).body.items.length === 0, 'a new carrier sees no vehicles')
for (const [method, path, body] of [
  ['GET', `/v1/places/${place}`],
  ['GET', `/v1/places/${place}/receipt`],
  ['GET', `/v1/places/${place}/receipt.svg`],
  ['POST', `/v1/places/${place}/cancel`, {}],
  ['POST', `/v1/places/${place}/postpone`, { slot: '2025-11-14T03:00:00Z' }],
  ['POST', `/v1/places/${place}/driver`, { driver: nobody }],
  ['POST', `/v1/places/${place}/vehicle`, { vehicle: nobody }],
  ['POST', `/v1/places/${place}/appeal`, { note: 'mine' }],
]) {
  const { status, body: reply } = await stranger.ask(method, path, body)
  check(status === 403 && reply.code === 'not_yours', `a stranger's ${method} ${path}: ${status}`)
}
const mine = (await people.carrier.get('/v1/vehicles?limit=1')).body.items[0].id
const driver = (await people.carrier.get('/v1/drivers?limit=1')).body.items[0].id
const stolen = await stranger.post('/v1/places', { queue: 'nur-zholy-exit', vehicle: mine, driver, category: 'ordinary', slot: 'next' })
check(stolen.status === 422 && stolen.body.code === 'unknown_subject' && stolen.body.receipt, 'nobody books with another\'s vehicle; the refusal is signed')

const kolzhat = await server.login('demo-kolzhat')
for (const [method, path, body] of [
  ['GET', '/v1/officer/queue?queue=nur-zholy-exit'],
  ['GET', '/v1/officer/report?queue=nur-zholy-exit'],
  ['GET', `/v1/places/${place}`],
  ['POST', '/v1/queues/nur-zholy-exit/call', { count: 1 }],
  ['POST', '/v1/queues/nur-zholy-exit/capacity', { from: '2025-11-13T00:00:00Z', until: '2025-11-14T00:00:00Z', percent: 50, note: 'x' }],
  ['POST', '/v1/queues/nur-zholy-exit/capacity', { from: '2025-11-13T00:00:00Z', until: '2025-11-14T00:00:00Z', percent: 50, note: 'x', preview: true }],
  ['POST', '/v1/queues/nur-zholy-exit/close', { from: '2025-11-13T00:00:00Z', note: 'x' }],
  ['POST', '/v1/queues/nur-zholy-exit/reopen', {}],
  ...['arrive', 'enter', 'clear', 'no_show'].map((word) => ['POST', `/v1/places/${place}/${word}`, {}]),
  ['POST', `/v1/places/${place}/refuse`, { note: 'x' }],
]) {
  const { status, body: reply } = await kolzhat.ask(method, path, body)
  check(status === 403 && reply.code === 'not_yours', `an officer of Kolzhat ${method} ${path}: ${status} ${reply?.code}`)
}
const other = queue.body.items.find((item) => item.place !== place).place
check((await people.driver.get(`/v1/places/${other}`)).status === 403, 'a driver sees his own place only')
check((await people.driver.get(`/v1/places/${place}`)).status === 200, 'a driver sees his own place')
check((await people.driver.get('/v1/driver')).body.plate === plate, 'the driver\'s page has his plate')

// ---- forged requests ----

const session = people.carrier.headers.Cookie
const forged = [
  [{ Cookie: session }, 'csrf'],
  [{ Cookie: session, 'X-Zhol-CSRF': 'f'.repeat(32) }, 'csrf'],
  [{ ...people.carrier.headers, Origin: 'https://evil.example' }, 'origin'],
]
for (const [headers, word] of forged) {
  const { status, body } = await server.client(headers).post('/v1/places', {})
  check(status === 403 && body.code === word, `forged: ${word}: ${status} ${body.code}`)
}
const token = (await people.carrier.post('/v1/tokens', { life_h: 1 })).body.token
check((await server.client({ Authorization: `Bearer ${token}` }).get('/v1/places/mine')).status === 200, 'a token for programs')
check((await server.client({ Authorization: `Bearer ${token}x` }).get('/v1/places/mine')).status === 401, 'a wrong token')
check((await server.client({ Authorization: 'Basic eDp5' }).get('/v1/meta')).status === 401, 'no other scheme')
const cookie = (await server.client().post('/v1/login', { name: 'demo-auditor', password })).headers.get('set-cookie')
check(/HttpOnly/.test(cookie) && /SameSite=Strict/.test(cookie), 'the cookie is HttpOnly and SameSite=Strict')
check((await server.client().post('/v1/login', { name: 'demo-auditor', password: 'wrong-password' })).status === 401, 'a wrong password')
await people.auditor.post('/v1/logout')
check((await people.auditor.get('/v1/audit')).status === 401, 'after logging out the session is over')

await server.stop()
process.exit(report())
