// 200 visits synced in one go, as the telephone app sends them: signs in to a running sample, registers a device and pushes.
//
//   kapok demo --dir demo && kapok serve --dir demo --listen 127.0.0.1:8080 &
//   node bench/phone-sync.mjs http://127.0.0.1:8080
import { randomBytes } from 'node:crypto'

const site = process.argv[2] ?? 'http://127.0.0.1:8080'
const [VISITS, BATCH] = [200, 20]
const cookies = new Map()

async function ask(path, body, kind = 'application/x-www-form-urlencoded') {
  const headers = { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; '), origin: site }
  if (body !== undefined) headers['content-type'] = kind
  const answer = await fetch(site + path, { method: body === undefined ? 'GET' : 'POST', headers, body, redirect: 'manual' })
  for (const set of answer.headers.getSetCookie()) {
    const [, name, value] = /^([^=]+)=([^;]*)/.exec(set)
    cookies.set(name, value)
  }
  return answer
}
const form = (fields) => new URLSearchParams(fields).toString()
const uuid = () => {
  const bytes = randomBytes(16)
  bytes.writeUIntBE(Date.now(), 0, 6)
  bytes[6] = (bytes[6] & 15) | 112
  bytes[8] = (bytes[8] & 63) | 128
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')
}

await ask('/sign-in', form({ name: 'worker', password: 'sample-passphrase-01', next: '' }))
const page = await (await ask('/app/devices')).text()
const field = (name) => new RegExp(`name="${name}" value="([^"]*)"`).exec(page)[1]
await ask('/app/devices', form({ _token: field('_token'), _key: field('_key'), name: 'bench', days: '1' }))
const today = await (await ask('/api/v1/today?limit=200')).json()
// Each with what a visit at the door mostly brings: three sides, a promise, a risk that is assessed.
const entries = Array.from({ length: VISITS }, (_, at) => {
  const one = today.items[at % today.items.length]
  const fields = {
    met: one.persons[0].id, kind: 'home', visited_on: today.day, minutes: '30', physical: `基准 ${at}`, psychological: '愿意聊天',
    social: '邻居常来', physical_seen: '用药,睡眠', risk: 'low', follow_1: `基准约定 ${at}`, follow_1_due: today.day, again: 'yes',
  }
  return { id: uuid(), kind: 'visit', household: one.household, record: uuid(), base: null, made_at: Date.now(), fields, photos: [] }
})
const begun = performance.now()
let written = 0
for (let at = 0; at < VISITS; at += BATCH) {
  const answer = await ask('/api/v1/entries', JSON.stringify({ entries: entries.slice(at, at + BATCH) }), 'application/json')
  const { results } = await answer.json()
  written += results.filter((one) => one.state === 'written').length
  const other = results.find((one) => one.state !== 'written')
  if (other) console.error(JSON.stringify(other))
}
console.log(`${written} of ${VISITS} visits in ${Math.round(performance.now() - begun)} ms, ${BATCH} a request`)
