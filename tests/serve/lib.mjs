// lib.mjs: what the tests of the server share: starting it, asking it, checking every reply.
//
// Each reply is held against the schema that /openapi.json gives for its endpoint; refusals against
// RFC 9457. A reply that no schema describes fails the test that got it.
import { spawn } from 'node:child_process'
import { createRequire } from 'node:module'
import { mkdtempSync, readFileSync, existsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export const [, , program, root] = process.argv
const require = createRequire(join(root, 'web', 'package.json'))
const Ajv = require('ajv/dist/2020.js')

export const folder = mkdtempSync(join(tmpdir(), 'zhol-serve-'))
export const password = 'a-demo-password'

// ---- counting ----

let passed = 0
const failures = []
export function check(condition, what) {
  if (condition) {
    passed++
  } else {
    failures.push(what)
    console.log(`FAILED ${what}`)
  }
}
export function report() {
  console.log(`${passed} passed, ${failures.length} failed`)
  return failures.length ? 1 : 0
}
export const pause = (ms) => new Promise((done) => setTimeout(done, ms))
export async function until(condition, ms = 5000) {
  for (const end = Date.now() + ms; Date.now() < end; await pause(20)) {
    const value = await condition()
    if (value) return value
  }
  return false
}

// ---- the server ----

export class Server {
  static async start(args, env = {}) {
    const server = new Server()
    server.child = spawn(program, ['serve', '-C', join(root, 'corridors/china-kazakhstan'), '--listen',
      '127.0.0.1:0', '--messages', join(folder, 'messages.jsonl'), ...(args.includes('--rate') ? [] : ['--rate', '0']), ...args],
    { cwd: folder, env: { ...process.env, ZHOL_DEMO_PASSWORD: password, ...env } })
    server.out = ''
    server.err = ''
    server.child.stdout.on('data', (text) => { server.out += text })
    server.child.stderr.on('data', (text) => { server.err += text })
    server.ended = new Promise((done) => server.child.on('exit', (code, signal) => done({ code, signal })))
    const port = await Promise.race([
      until(() => /listens: http:\/\/127\.0\.0\.1:(\d+)/.exec(server.out)?.[1], 60000), server.ended])
    if (typeof port !== 'string') throw new Error(`the server did not start: ${server.out}${server.err}`)
    server.base = `http://127.0.0.1:${port}`
    server.document = await (await fetch(`${server.base}/openapi.json`)).json()
    server.schemas = new Schemas(server.document)
    return server
  }

  async stop(signal = 'SIGTERM') {
    this.child.kill(signal)
    return this.ended
  }

  client(headers = {}) {
    return new Client(this, headers)
  }

  async login(name, secret = password) {
    const client = this.client()
    const { status, body, cookie } = await client.post('/v1/login', { name, password: secret })
    if (status !== 200) throw new Error(`login of ${name}: ${status}`)
    client.headers = { Cookie: cookie, 'X-Zhol-CSRF': body.me.csrf }
    client.me = body.me
    return client
  }
}

// ---- schemas ----

class Schemas {
  constructor(document) {
    this.ajv = new Ajv({ strict: false, allErrors: true })
    this.ajv.addFormat('date-time', /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/)
    this.ajv.addFormat('date', /^\d{4}-\d\d-\d\d$/)
    this.ajv.addSchema({ $id: 'doc', components: document.components })
    this.routes = []
    for (const [path, methods] of Object.entries(document.paths)) {
      for (const [method, operation] of Object.entries(methods)) {
        const form = new RegExp(`^${path.replace(/[.]/g, '\\.').replace(/\{[^}]*\}/g, '[^/]+')}$`)
        this.routes.push({ method: method.toUpperCase(), path, form, operation, literal: !path.includes('{') })
      }
    }
    this.routes.sort((a, b) => b.literal - a.literal)
    this.problem = this.compile({ $ref: '#/components/schemas/problem' })
    this.seen = new Set()
  }

  compile(schema) {
    const text = JSON.stringify(schema).replaceAll('"#/components', '"doc#/components')
    return this.ajv.compile(JSON.parse(text))
  }

  find(method, path) {
    return this.routes.find((route) => route.method === method && route.form.test(path))
  }

  // '' when the reply is as the document says, else what is wrong.
  fault(method, path, status, type, body) {
    if (status >= 400) {
      if (!type.startsWith('application/problem+json')) return `type ${type}`
      if (body.status !== status) return `status ${status}, in the body ${body.status}`
      return this.problem(body) ? '' : this.ajv.errorsText(this.problem.errors)
    }
    const route = this.find(method, path)
    if (!route) return 'not in the document'
    this.seen.add(route.operation.operationId)
    const content = route.operation.responses['2XX'].content
    if (!content || status === 204 || status === 304) return body === null ? '' : 'a body where none is'
    const [wanted, { schema }] = Object.entries(content)[0]
    if (!type.startsWith(wanted)) return `type ${type}, not ${wanted}`
    if (Object.keys(schema).length === 0) return ''
    route.validate ??= this.compile(schema)
    return route.validate(body) ? '' : this.ajv.errorsText(route.validate.errors).slice(0, 400)
  }
}

// ---- asking ----

export class Client {
  constructor(server, headers) {
    this.server = server
    this.headers = headers
  }

  async ask(method, path, body, headers = {}) {
    const raw = typeof body === 'string' || body instanceof Uint8Array
    const reply = await fetch(this.server.base + path, {
      method,
      redirect: 'error',
      headers: { ...(body === undefined || raw ? {} : { 'Content-Type': 'application/json' }), ...this.headers, ...headers },
      body: body === undefined ? undefined : raw ? body : JSON.stringify(body),
    })
    const type = reply.headers.get('content-type') ?? ''
    const text = await reply.text()
    let value = null
    if (text) {
      try {
        value = type.includes('json') && !type.includes('ndjson') ? JSON.parse(text) : text
      } catch {
        check(false, `${method} ${path}: not JSON: ${text.slice(0, 200)}`)
      }
    }
    const fault = this.server.schemas.fault(method, path.split('?')[0], reply.status, type, value)
    check(!fault, `${method} ${path} ${reply.status}: ${fault} ${fault ? text.slice(0, 300) : ''}`)
    const cookie = (reply.headers.get('set-cookie') ?? '').split(';')[0]
    return { status: reply.status, body: value, headers: reply.headers, cookie, text }
  }

  get(path, headers) {
    return this.ask('GET', path, undefined, headers)
  }

  post(path, body = {}, headers) {
    return this.ask('POST', path, body, headers)
  }

  delete(path, headers) {
    return this.ask('DELETE', path, undefined, headers)
  }
}

export function messages() {
  const path = join(folder, 'messages.jsonl')
  return existsSync(path) ? readFileSync(path, 'utf8').trim().split('\n').filter(Boolean).map((line) => JSON.parse(line)) : []
}
