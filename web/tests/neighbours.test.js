// Two stations side by side in one program: whoever works in one finds nothing of the other, in no list, count, search, export and
// at no address that somebody else gave them. Everything of the other station bears its name, and so is known wherever it turns up.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import readExcelFile from 'read-excel-file/node'
import { idNumber, launch, phone, sound, wide } from '../browser.js'
import { account, any, day, record } from '../by-hand.js'
import { links, walk } from '../crawl.js'
import { begin, serveEmpty } from '../empty.js'

const OWN = { name: '东湖', code: 'donghu', number: idNumber('44010519480101001'), phone: '13800001111' }
const OTHER = { name: '西岭', code: 'xiling', number: idNumber('44010519490202002'), phone: '13900002222' }

let browser, site, stop
before(async () => { browser = await launch() })
after(async () => {
  await browser.close()
  stop?.()
})

/** Opens a station with one community, its manager and a worker. */
async function open(admin, security, { name, code }) {
  const station = `${name}街社工服务站`
  await record(admin, '/areas/new', {
    name: station, code, district: '示例区', street: `${name}街`, address: `${name}路一号`, operated_since: '2024-01-01',
  })
  const own = await account(admin, security, '/access/new', { name: `${code}-manager`, display_name: `${name}站长` }, '站长', station)
  const manager = await begin(browser, site, own.way, `${code}-manager`, wide)
  await record(manager, `/areas/${code}/new/area`, { name: `${name}片区`, code: 'pian' })
  await record(manager, `/areas/${code}/new/community`, { name: `${name}社区`, code: 'dong', area: `${name}片区` })
  await record(manager, `/areas/${code}/new/service_point`, { name: `${name}社工点`, community: `${name}社区`, opened_on: day(-60) })
  await record(manager, '/contracts/contracts/new', {
    code: `${code}-one`, operator: `${name}机构`, purchaser: `${name}街道办事处`, supervisor: '示例区民政局', signed_on: day(-61),
    starts_on: day(-60), ends_on: day(304), funding: '2000000', agreed_workers: '3', agreed_certified: '2',
  })
  await record(manager, '/contracts/categories/new', { contract_id: `${code}-one`, name: '独居老人', code: 'elder_alone', elder: 'yes' })
  await record(manager, '/indicators/targets/new', { 'target.home_visits': 20 })
  const path = await record(manager, '/staff/workers/new', {
    name: `${name}社工`, role: 'worker', in_field_since: '2020-01-01', joined_on: day(-60), party_member: 'no',
  })
  const worker = path.split('/').pop()
  await record(manager, `/staff/posts/new?worker_id=${worker}`, { role: 'worker', from_on: day(-60) })
  const { way } = await account(
    admin, security, `/access/new?worker=${worker}`, { name: `${code}-worker`, display_name: `${name}社工` }, '社工', station)
  return { manager, worker: await begin(browser, site, way, `${code}-worker`, wide) }
}

/** Something of every part, each with the station's name on it. */
async function work({ manager, worker }, { name, number, phone }) {
  const [today, community_id, person, file] = [day(0), `${name}社区`, `${name}居民`, `${name}-0001`]
  await record(worker, '/clients/new', {
    community: community_id, residence: 'present', level: 'three', file_number: file, building: `${name}路 2 号`, door: '101 房', name: person,
    id_number: number, phone, categories: 'elder_alone', level_reason: '独居', opened_on: today,
  })
  await record(worker, '/visits/visits/new', {
    person_id: person, kind: 'home', visited_on: today, physical: `${name}平稳`, psychological: '平稳', social: '常来往', follow_up: '再访',
  })
  await record(worker, '/casework/cases/new', {
    number: `${name}-G-1`, person_id: person, opened_on: today, one_to_one: 'yes', problem: '少出门', plan: '每周一次',
  })
  await record(worker, '/groups/groups/new', { name: `${name}小组`, started_on: today, aim: '相识', community_id })
  await record(worker, '/activities/events/new', {
    name: `${name}便民日`, size: 'small', held_on: today, place: `${name}广场`, status: 'held', attendances: 25, basis: 'sign_in', community_id, summary: '义诊',
  })
  await record(worker, '/volunteers/volunteers/new', { name: `${name}志愿者`, registered_on: today, phone, community_id })
  await record(worker, '/volunteers/teams/new', { name: `${name}队`, founded_on: today, active: 'yes', community_id })
  const call = await record(worker, '/hotline/calls/new', { direction: 'inbound', called_on: today, answered: 'yes', seconds: 90, community_id })
  await record(worker, `/hotline/tickets/new?call_id=${call.split('/').pop()}`, { reason: `${name}低保复核`, action: '上门' })
  await record(worker, '/aid/aids/new', { what: `${name}米`, kind: 'supplies', given_on: today, attendances: 3, value: '300', community_id })
  await record(worker, '/publicity/posts/new', { title: `${name}来了`, channel: '公众号', posted_on: today, views: 200, community_id })
  await record(worker, '/opinions/opinions/new', { content: `${name}想多办讲座`, given_on: today, channel: 'visit', complaint: 'no', community_id })
  await record(worker, '/joint_work/ledger/new', {
    what: `${name}一起走访`, kind: any, done_on: today, administrative_workers: 1, households_visited: 2, community_id,
  })
  await record(manager, '/programmes/programmes/new', { name: `${name}安居`, code: 'nuanxin', aim: '居家安全', started_on: today })
  await record(manager, '/partners/partners/new', { name: `${name}药店`, tier: any, joined_on: today })
  await record(manager, '/partners/funds/new', { name: `${name}基金`, founded_on: today, worker_on_committee: 'yes', community_id })
  await record(manager, '/regulations/regulations/new', { name: `${name}值班制度`, edition: '第一版', adopted_on: today })
  await record(manager, '/staff/trainings/new', { topic: `${name}个案技巧`, held_on: today, organiser: '示例协会', hours: 6, worker_id: `${name}社工` })
}

const get = (page, address) => page.request.get(site + address, { maxRedirects: 0 })

/** What an answer says, of a workbook its cells. */
async function words(answer) {
  if (!/spreadsheetml/.test(answer.headers()['content-type'] ?? '')) return answer.text()
  return JSON.stringify(await readExcelFile(await answer.body()))
}

/** Everything that somebody gets to by links, with what it says. */
async function everything(page) {
  const said = new Map()
  await walk(40, async (address) => {
    const answer = await get(page, address)
    const text = await words(answer)
    said.set(address, { status: answer.status(), text })
    return links(text)
  })
  return said
}

test('nobody sees the neighbouring station', { timeout: 600_000 }, async () => {
  const served = await serveEmpty()
  ;({ site, stop } = served)
  const admin = await begin(browser, site, served.links[0], 'admin', wide)
  const security = await begin(browser, site, served.links[1], 'security', wide)
  const own = await open(admin, security, OWN)
  const other = await open(admin, security, OTHER)
  await work(own, OWN)
  await work(other, OTHER)

  // What the neighbours get to: every address of theirs that names something of theirs is one that might be guessed.
  const theirs = await everything(other.manager)
  const ours = new Set((await everything(own.manager)).keys())
  const guessed = [...theirs.keys()].filter((address) => !ours.has(address) && /[0-9a-f-]{36}|xiling/.test(address))
  const ids = new Set(guessed.flatMap((address) => address.match(/[0-9a-f]{8}-[0-9a-f-]{27}/g) ?? []))
  const leaks = (text) => text.includes(OTHER.name) || text.includes(OTHER.code) || [...ids].some((id) => text.includes(id))
  assert.ok(guessed.length > 200 && ids.size > 25, `${guessed.length} addresses of ${ids.size} records`)
  assert.ok([...theirs.values()].filter(({ text }) => leaks(text)).length > 300, 'what is theirs is known by its name')

  for (const page of [own.worker, own.manager]) {
    const seen = [...await everything(page)]
    assert.deepEqual(seen.filter(([, { text }]) => leaks(text)).map(([address]) => address), [], 'lists, counts, forms, exports')
    const books = seen.filter(([address, { status }]) => /^\/transfer\/.*export$/.test(address) && status === 200)
    assert.ok(books.filter(([, { text }]) => text.includes(OWN.name)).length > 10, `${books.length} exports`)
    const open = []
    for (const address of guessed) {
      const answer = await get(page, address)
      const named = /[0-9a-f-]{36}|xiling/.test(address.split('?')[0])
      if ((named && ![403, 404].includes(answer.status())) || (await words(answer)).includes(OTHER.name)) open.push([answer.status(), address])
    }
    assert.deepEqual(open, [], 'addresses of the neighbours')
  }
  const file = guessed.find((address) => /^\/clients\/[0-9a-f-]{36}$/.test(address))
  for (const viewport of [wide, phone]) await looks(own.worker, other.worker, viewport, file)
})

/** What a worker sees on the screen: the list, its count, the search box, a figure, a field that offers names, an address. */
async function looks(worker, neighbour, viewport, file) {
  await worker.setViewportSize(viewport)
  const goes = (path) => worker.goto(site + path)
  await goes('/clients')
  assert.match(await worker.locator('.page-head .meta').innerText(), /^1 户$/)
  assert.match(await worker.locator('main table').innerText(), /东湖居民/)
  await sound(worker)
  for (const asked of ['西岭居民', 'xiling', 'xljm', '西岭-0001', OTHER.number, OTHER.phone.slice(-4), '西岭路']) {
    for (const [page, found] of [[worker, 0], [neighbour, 1]]) {
      await page.goto(`${site}/clients`)
      await page.getByLabel('找谁').fill(asked)
      await page.getByRole('button', { name: '找', exact: true }).click()
      await page.waitForURL(/q=/)
      assert.match(await page.locator('.page-head .meta').innerText(), new RegExp(`：${found} 户`), asked)
    }
  }
  await goes('/figures/home_visits')
  assert.equal(await worker.locator('.score b').innerText(), '1')
  await goes('/visits/visits/new')
  await worker.getByRole('combobox', { name: '服务对象', exact: true }).pressSequentially('西岭')
  await worker.getByText('没有找到').waitFor({ state: 'attached' })
  const answer = await goes(file)
  assert.equal(answer.status(), 404)
  assert.match(await worker.locator('h1').innerText(), /没有/)
  await sound(worker)
}
