import { Server, check, report, messages, until } from './lib.mjs'
const server = await Server.start(['--demo', '--speed', '60'])
const names = ['demo-carrier','demo-nurzholy','demo-kolzhat','demo-operator','demo-auditor']
const who = {}
for (const n of names) who[n] = await server.login(n)
const pub = server.client()
const P = 'de309ace00000001'
const show = (x, n=300) => console.log(x.status, (x.text??'').slice(0,n))
for (const p of ['/v1/checkpoints','/v1/advice?category=ordinary&from=ALMATY','/v1/queues/nur-zholy-exit/slots','/v1/queues/nur-zholy-exit/slots?category=perishable','/v1/queues/nur-zholy-exit/order?limit=3','/v1/queues/nur-zholy-exit/rules','/v1/rounds?queue=nur-zholy-exit','/v1/heads','/v1/journal/NURZHOLY?limit=2','/metrics','/ready','/',`/v1/places/${P}/public`,'/v1/me']) { console.log(p); show(await pub.get(p)) }
const c = who['demo-carrier'], o = who['demo-nurzholy'], op = who['demo-operator'], a = who['demo-auditor']
for (const p of ['/v1/vehicles?limit=2','/v1/drivers?limit=2','/v1/places/mine?limit=2',`/v1/places/${P}`,`/v1/places/${P}/receipt`,`/v1/places/${P}/receipt.svg`,'/v1/ledger?limit=2']) { console.log(p); show(await c.get(p)) }
for (const p of ['/v1/officer/queue?queue=nur-zholy-exit&limit=2','/v1/officer/report?queue=nur-zholy-exit']) { console.log(p); show(await o.get(p), 600) }
for (const p of ['/v1/webhooks','/v1/appeals']) { console.log(p); show(await op.get(p)) }
show(await a.get('/v1/audit'), 800)
show(await o.post('/v1/queues/nur-zholy-exit/call', {count:2}), 900)
show(await o.post('/v1/queues/nur-zholy-exit/capacity', {from:'2025-11-13T00:00:00Z',until:'2025-11-14T00:00:00Z',percent:50,note:'x',preview:true}), 400)
show(await o.post('/v1/queues/nur-zholy-exit/close', {from:'2025-11-13T00:00:00Z',until:'2025-11-13T04:00:00Z',note:'snow',preview:true}), 400)
const v = await c.post('/v1/vehicles', {plate:'KZ777ABC02',vin:'1M8GDM9AXKP042788',country:'KZ',type:'truck'}); show(v, 900)
const d = await c.post('/v1/drivers', {name:'Test Driver',phone:'+77010000000',document:'N1234567',country:'KZ',lang:'ru',visa_free_until:'2025-11-20'}); show(d, 300)
const b = await c.post('/v1/places', {queue:'nur-zholy-exit',vehicle:v.body.id,driver:d.body.id,category:'ordinary',slot:'next'}, {'Idempotency-Key':'k1'}); show(b, 1200)
const b2 = await c.post('/v1/places', {queue:'nur-zholy-exit',vehicle:v.body.id,driver:d.body.id,category:'ordinary',slot:'next'}); show(b2, 1200)
show(await pub.post('/v1/driver/code', {plate:'KZ777ABC02'}))
const m = await until(() => messages().find((x) => JSON.stringify(x).includes('code')), 8000)
console.log(m)
await server.stop()
process.exit(report())
