// The real server killed with -9 and the real browser too, at random moments while entries are written and sent: whatever
// was saved arrives exactly once. KILLS says how often.
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { chromium } from 'playwright-core'
import { enter } from '../accounts.js'

const KILLS = Number(process.env.KILLS ?? 52)
const kapok = process.env.KAPOK_BIN ?? '../target/debug/kapok'
const folder = mkdtempSync(join(tmpdir(), 'kapok-killed-'))
const data = join(folder, 'data')
const port = 20_000 + (process.pid % 20_000)
const site = `http://127.0.0.1:${port}`

let server
let browser
let page

const run = async (...words) => {
  const child = spawn(kapok, words, { stdio: 'ignore' })
  const [code] = await once(child, 'exit')
  assert.equal(code, 0, words.join(' '))
}

async function startServer() {
  server = spawn(kapok, ['serve', '--dir', data, '--listen', `127.0.0.1:${port}`], { stdio: 'ignore' })
  for (let tries = 0; tries < 400; tries += 1) {
    const up = await fetch(`${site}/app/manifest.webmanifest`).then((answer) => answer.ok, () => false)
    if (up) return
    await new Promise((done) => setTimeout(done, 25))
  }
  throw new Error('the server did not start')
}

async function killServer() {
  const gone = once(server, 'exit')
  server.kill('SIGKILL')
  await gone
}

/** A browser of its own, with a profile that outlives it, so that it can be killed like the server. */
async function startBrowser() {
  const child = spawn(process.env.CHROMIUM ?? '/usr/bin/chromium', [
    '--headless=new', '--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-quic', '--disable-background-networking',
    '--remote-debugging-port=0', `--user-data-dir=${join(folder, 'profile')}`, 'about:blank',
  ], { stdio: ['ignore', 'ignore', 'pipe'], detached: true })
  const address = await new Promise((done, failed) => {
    let said = ''
    child.stderr.on('data', (text) => {
      said += text
      const found = /DevTools listening on (ws:\S+)/.exec(said)
      if (found) done(found[1])
    })
    child.once('exit', () => failed(new Error(`the browser did not start: ${said.slice(-400)}`)))
  })
  const handle = await chromium.connectOverCDP(address)
  const [context] = handle.contexts()
  browser = { child, handle }
  page = await context.newPage()
}

async function killBrowser() {
  const { child, handle } = browser
  const gone = once(child, 'exit')
  process.kill(-child.pid, 'SIGKILL')
  await gone
  await handle.close().catch(() => undefined)
}

async function closeBrowser() {
  const gone = once(browser.child, 'exit')
  const session = await browser.handle.newBrowserCDPSession()
  await session.send('Browser.close').catch(() => undefined)
  await gone
  await browser.handle.close().catch(() => undefined)
}

before(async () => {
  await run('demo', '--dir', data)
  await startServer()
  await startBrowser()
})

after(async () => {
  await killServer().catch(() => undefined)
  await killBrowser().catch(() => undefined)
  rmSync(folder, { recursive: true, force: true })
})

const pause = (most) => new Promise((done) => setTimeout(done, Math.random() * most))

test(`what was saved arrives exactly once: ${KILLS} kills`, async () => {
  await page.goto(`${site}/sign-in`)
  await enter(page, 'worker')
  await page.goto(`${site}/app/devices`)
  await page.getByRole('button', { name: '启用', exact: true }).click()
  await page.getByText(/已同步/).waitFor()
  await page.evaluate(() => navigator.serviceWorker.ready)
  await page.locator('ol.due a.btn').first().waitFor()
  // Chromium writes cookies down after half a minute, or when it is closed: only then is this a device for good.
  await closeBrowser()
  await startBrowser()
  await page.goto(`${site}/app/`)
  await page.locator('ol.due a.btn').first().waitFor()
  const links = await page.locator('ol.due a.btn').evaluateAll((all) => all.slice(0, 4).map((one) => one.getAttribute('href')))
  // Each visit is of a day of its own: a second one on one day would be asked about.
  const { today, taken } = await page.evaluate(async () => {
    const { today } = await (await fetch('/api/v1/me')).json()
    const taken = []
    let cursor = ''
    for (let more = true; more; ) {
      const answer = await (await fetch(`/api/v1/visits?limit=200${cursor && `&cursor=${cursor}`}`)).json()
      taken.push(...answer.items.map((visit) => `${visit.household} ${visit.fields.visited_on}`))
      ;({ next: cursor, more } = answer)
    }
    return { today, taken }
  })
  const used = new Set(taken)
  const freeDay = (household) => {
    for (let back = 0; ; back += 1) {
      const day = new Date(Date.parse(today) - back * 86_400_000).toISOString().slice(0, 10)
      if (used.has(`${household} ${day}`)) continue
      used.add(`${household} ${day}`)
      return day
    }
  }
  const mark = `杀 ${Date.now()}`
  const saved = []
  const tried = []

  /** Writes down a visit; it is saved once the app says so. */
  const write = async () => {
    const text = `${mark}-${tried.length}`
    tried.push(text)
    await page.evaluate((href) => { location.hash = href }, links[tried.length % links.length])
    await page.getByLabel('入户探访').check()
    await page.locator('input[name=met]').first().check()
    await page.getByLabel('日期', { exact: true }).fill(freeDay(links[tried.length % links.length].split('/').pop()))
    await page.getByRole('textbox', { name: '生理状况', exact: true }).fill(text)
    await page.getByRole('textbox', { name: '心理状态', exact: true }).fill('稳定')
    await page.getByRole('textbox', { name: '社会交往', exact: true }).fill('稳定')
    await page.getByRole('button', { name: '完成并排队' }).click({ noWaitAfter: true })
    await page.getByRole('heading', { name: '待传与已传' }).waitFor({ timeout: 10_000 })
    saved.push(text)
  }
  const push = () => page.getByRole('button', { name: '现在就传' }).click({ noWaitAfter: true }).catch(() => undefined)

  for (let kills = 0; kills < KILLS; kills += 1) {
    if (kills % 4 === 3) {
      const writing = write().catch(() => undefined)
      await pause(500)
      await killBrowser()
      await writing
      await startBrowser()
      await page.goto(`${site}/app/`)
      await page.locator('ol.due').waitFor()
    } else {
      await write()
      void push()
      await pause(150)
      await killServer()
      await startServer()
    }
  }

  await page.goto(`${site}/app/#/queue`)
  for (let tries = 0; tries < 60; tries += 1) {
    await push()
    const open = await page.getByText(/仅存本机|等待发送/).count()
    if (open === 0 && tries > 0) break
    await pause(1000)
  }
  const texts = await page.evaluate(async () => {
    const found = new Map()
    let cursor = ''
    for (let more = true; more; ) {
      const answer = await (await fetch(`/api/v1/visits?limit=200${cursor && `&cursor=${cursor}`}`)).json()
      for (const visit of answer.items) found.set(visit.id, visit.fields.physical)
      ;({ next: cursor, more } = answer)
    }
    return [...found.values()]
  })
  const arrived = texts.filter((text) => text?.startsWith(mark))
  assert.equal(new Set(arrived).size, arrived.length, 'something arrived twice')
  assert.deepEqual(saved.filter((text) => !arrived.includes(text)), [], 'something saved did not arrive')
  assert.ok(saved.length >= KILLS / 2, `${saved.length} were saved`)
})
