// The telephone app in a real browser: without a signal, with a dead tab, a full disk, signed out elsewhere, a new build,
// and two telephones that correct the same visit.
import assert from 'node:assert/strict'
import { createServer, request } from 'node:http'
import { after, before, describe, test } from 'node:test'
import { state } from '../accounts.js'
import { launch, phone, site, sound, wide } from '../browser.js'

let browser
before(async () => { browser = await launch() })
after(async () => { await browser.close() })

/** What no test leaves behind for another. */
const words = () => `试 ${Date.now()}-${Math.random().toString(36).slice(2, 8)}`

async function context() {
  return browser.newContext({
    viewport: phone, locale: 'zh-CN', timezoneId: 'Asia/Shanghai', hasTouch: true, storageState: await state(browser, site, 'worker'),
  })
}

/** A browser registered as a device, with today's list on it. */
async function device(at = site, name = '我的手机', given) {
  const own = given ?? (await context())
  const page = await own.newPage()
  await page.goto(`${at}/app/devices`)
  await page.getByLabel('设备的名字').fill(name)
  await page.getByRole('button', { name: '启用', exact: true }).click()
  await page.waitForURL(`${at}/app/`)
  await page.getByText(/已同步/).waitFor()
  await page.evaluate(() => navigator.serviceWorker.ready)
  return { context: own, page, at }
}

/** The first household of the list: its name. */
async function first(page) {
  const name = await page.locator('ol.due h3 a').first().innerText()
  return name.trim()
}

/** The second household of the list. */
async function second(page) {
  await page.goto(`${new URL(page.url()).origin}/app/#/`)
  const name = await page.locator('ol.due h3 a').nth(1).innerText()
  return name.trim()
}

/** Opens the form of a visit at the door, with whoever is the first marked as met. */
async function open(page, household) {
  await page.goto(`${new URL(page.url()).origin}/app/#/`)
  await page.getByRole('link', { name: `记录 ${household}` }).first().tap()
  await page.getByLabel('入户探访').check()
  await page.locator('input[name=met]').first().check()
}

/** Fills in what a visit at the door must say. */
async function sides(page, text) {
  await page.getByRole('textbox', { name: '生理状况', exact: true }).fill(text)
  await page.getByRole('textbox', { name: '心理状态', exact: true }).fill('愿意聊天')
  await page.getByRole('textbox', { name: '社会交往', exact: true }).fill('邻居常来')
}

/** Records a visit with what somebody types. */
async function record(page, household, text) {
  await open(page, household)
  await sides(page, text)
  await page.getByRole('button', { name: '完成并排队' }).tap()
  await page.getByRole('heading', { name: '待传与已传' }).waitFor()
}

/** Records a visit with everything that most visits have; how many taps it took beside typing. */
async function complete(page, household, text) {
  let taps = 0
  const tap = async (what) => { taps += 1; await what.tap() }
  await page.goto(`${new URL(page.url()).origin}/app/#/`)
  await tap(page.getByRole('link', { name: `记录 ${household}` }).first())
  if (!(await page.getByLabel('入户探访').isChecked())) await tap(page.getByLabel('入户探访'))
  const met = page.locator('input[name=met]').first()
  if (!(await met.isChecked())) await tap(met)
  for (const side of ['physical', 'psychological', 'social']) {
    await tap(page.locator(`input[name=${side}_state]`).first())
    await tap(page.locator(`#f-${side}`))
    await page.keyboard.type(text)
  }
  await tap(page.locator('#f-follow_1'))
  await page.keyboard.type(`约定 ${text}`)
  await page.locator('#f-follow_1_due').fill('2025-01-06')
  await tap(page.getByRole('button', { name: '完成并排队' }))
  await page.getByRole('heading', { name: '待传与已传' }).waitFor()
  return taps
}

/** The visits that say something, as the server has them. */
const known = (page, text) => page.evaluate(async (text) => {
  const found = []
  let cursor = ''
  for (let more = true; more; ) {
    const answer = await (await fetch(`/api/v1/visits?limit=200${cursor && `&cursor=${cursor}`}`)).json()
    found.push(...answer.items.filter((visit) => JSON.stringify(visit.fields).includes(text)))
    ;({ next: cursor, more } = answer)
  }
  return [...new Map(found.map((visit) => [visit.id, visit])).values()]
}, text)

const line = (page, title) => page.locator('li.line', { hasText: title }).first()

describe('the telephone app', () => {
  test('a visit is recorded without a signal, and arrives once there is one', async () => {
    const { context, page } = await device()
    try {
      await sound(page)
      const household = await first(page)
      await context.setOffline(true)
      await page.reload()
      await page.getByRole('heading', { name: '今日' }).waitFor()
      assert.match(await page.locator('#chip').innerText(), /离线/)
      const text = words()
      const taps = await complete(page, household, text)
      assert.ok(taps <= 12, `${taps} taps`)
      assert.match(await line(page, household).innerText(), /仅存本机/)
      assert.match(await page.locator('#chip').innerText(), /离线 · 1 条待传/)
      await sound(page)
      await context.setOffline(false)
      await page.getByText('已发送').first().waitFor()
      const found = await known(page, text)
      assert.deepEqual(found.map((visit) => [visit.version, visit.fields.physical]), [[1, text]])
      await page.goto(`${site}/app/#/`)
      await page.getByRole('link', { name: household, exact: true }).first().tap()
      await page.locator('li.line', { hasText: text }).first().waitFor()
      await page.getByRole('heading', { name: '约定的事' }).waitFor()
      await page.getByText(`约定 ${text}`).first().waitFor()
      await sound(page)
    } finally {
      await context.close()
    }
  })

  test('without a signal: a high risk with who was told, a need, what was looked at and a signature arrive whole', async () => {
    const { context, page } = await device()
    const desk = await browser.newContext({ viewport: wide, locale: 'zh-CN', storageState: await state(browser, site, 'station_manager') })
    try {
      const household = await first(page)
      await context.setOffline(true)
      await page.reload()
      await page.getByRole('heading', { name: '今日' }).waitFor()
      const text = words()
      await open(page, household)
      await sides(page, text)
      await page.getByLabel('用药').check()
      assert.ok(!(await page.getByLabel('告知了站里谁').isVisible()), 'asked only where it matters')
      await page.locator('input[name=risk][value=high]').check()
      await page.getByLabel('跌倒').check()
      await page.getByRole('button', { name: '完成并排队' }).tap()
      assert.match(await page.getByRole('alert').innerText(), /要填 2 处[^]*告知了站里谁[^]*几点告知的/)
      await page.getByLabel('告知了站里谁').fill(`站长 ${text}`)
      await page.getByLabel('几点告知的').fill('14:50')
      await page.getByText('需求与政策').tap()
      await page.getByLabel(/^发现的需求/).fill(`扶手 ${text}`)
      await page.getByText('签名（可不签）').tap()
      const box = await page.locator('#f-sign').boundingBox()
      await page.mouse.move(box.x + 30, box.y + 30)
      await page.mouse.down()
      await page.mouse.move(box.x + 160, box.y + 70, { steps: 8 })
      await page.mouse.up()
      await page.getByText('已签名，存在本机').waitFor()
      await sound(page)
      await page.getByText(/已存本机/).waitFor()
      await page.reload()
      await page.getByText('已签名，存在本机').waitFor()
      await page.getByRole('button', { name: '完成并排队' }).tap()
      await page.getByRole('heading', { name: '待传与已传' }).waitFor()
      await context.setOffline(false)
      await page.getByText('已发送').first().waitFor()
      const [visit] = await known(page, text)
      assert.deepEqual([visit.fields.risk, visit.fields.risk_kinds, visit.fields.seen], ['high', '跌倒', '用药'])
      const office = await desk.newPage()
      for (const path of ['/', '/today']) {
        await office.goto(site + path)
        assert.match(await office.locator('main').innerText(), new RegExp(`高风险[^]*站长 ${text}，14:50`), path)
      }
      await office.goto(`${site}/visits/visits/${visit.id}`)
      assert.match(await office.locator('main').innerText(), /签名/)
    } finally {
      await context.close()
      await desk.close()
    }
  })

  test('nobody was met: written down without a signal, and no visit', async () => {
    const { context, page } = await device()
    try {
      const household = await first(page)
      await context.setOffline(true)
      await page.getByRole('link', { name: `记录 ${household}` }).first().tap()
      const text = words()
      await page.getByText('没见到人', { exact: true }).first().tap()
      await page.getByLabel('无人应门').check()
      assert.ok(!(await page.getByRole('textbox', { name: '生理状况', exact: true }).isVisible()))
      await page.getByLabel(/备注/).fill(text)
      await sound(page)
      await page.getByRole('button', { name: '完成并排队' }).tap()
      await page.getByRole('heading', { name: '待传与已传' }).waitFor()
      await context.setOffline(false)
      await page.getByText('已发送').first().waitFor()
      assert.equal((await known(page, text)).length, 0)
      await page.goto(`${site}/app/#/`)
      assert.equal(await first(page), household, 'it is still to be contacted')
    } finally {
      await context.close()
    }
  })

  test('a second visit on one day is doubted with both in sight, and arrives once a person says so', async () => {
    const { context, page } = await device()
    try {
      const household = await first(page)
      const [one, other] = [words(), words()]
      await record(page, household, one)
      await page.getByText('已发送').first().waitFor()
      await context.setOffline(true)
      await record(page, household, other)
      await context.setOffline(false)
      await page.getByRole('link', { name: `处理 ${household}` }).tap()
      await page.getByRole('heading', { name: '同一天已经记过一次' }).waitFor()
      assert.match(await page.locator('main').innerText(), new RegExp(`${one}[^]*${other}`))
      await sound(page)
      await page.getByRole('button', { name: '是另一次' }).tap()
      await page.waitForFunction(() => document.querySelectorAll('.t-ok').length >= 2)
      assert.deepEqual([(await known(page, one)).length, (await known(page, other)).length], [1, 1])
    } finally {
      await context.close()
    }
  })

  test('a form that is half filled in outlives its tab, and says what is missing', async () => {
    const { context, page } = await device()
    try {
      const household = await first(page)
      const text = words()
      await open(page, household)
      await sides(page, '稳定')
      await page.getByRole('textbox', { name: '心理状态', exact: true }).fill(text)
      await page.getByLabel('分钟').fill('')
      await page.getByText(/已存本机/).waitFor()
      const address = page.url()
      await sound(page)
      await page.close({ runBeforeUnload: false })
      const again = await context.newPage()
      await again.goto(address)
      assert.equal(await again.getByRole('textbox', { name: '心理状态', exact: true }).inputValue(), text)
      await again.getByRole('button', { name: '完成并排队' }).tap()
      assert.match(await again.getByRole('alert').innerText(), /还没有完成：要填 1 处[^]*填分钟/)
      await sound(again)
      await again.getByLabel('分钟').fill('20')
      await again.getByRole('button', { name: '完成并排队' }).tap()
      await again.getByText('已发送').first().waitFor()
      assert.equal((await known(again, text)).length, 1)
    } finally {
      await context.close()
    }
  })

  test('a photograph is reduced and comes with its visit', async () => {
    const { context, page } = await device()
    try {
      const household = await first(page)
      const buffer = await page.screenshot()
      const text = words()
      await open(page, household)
      await sides(page, text)
      await page.locator('#f-photo').setInputFiles({ name: 'a.png', mimeType: 'image/png', buffer })
      await page.getByText(/已拍 1 张/).waitFor()
      await page.getByRole('button', { name: '完成并排队' }).tap()
      await page.getByText('已发送').first().waitFor()
      assert.equal((await known(page, text)).length, 1)
    } finally {
      await context.close()
    }
  })

  test('a full disk is said, and nothing that was typed is lost', async () => {
    const { context, page } = await device()
    try {
      const household = await first(page)
      const text = words()
      await open(page, household)
      await sides(page, '稳定')
      await page.getByText(/已存本机/).waitFor()
      // Chromium gives small writes room beyond an overridden quota for a while: what it then says is said here.
      await page.evaluate(() => {
        window.kept = IDBObjectStore.prototype.put
        IDBObjectStore.prototype.put = () => { throw new DOMException('full', 'QuotaExceededError') }
      })
      await page.getByRole('textbox', { name: '生理状况', exact: true }).fill(text)
      await page.getByText('手机存储满了，刚填的还没存上').waitFor()
      await page.getByRole('button', { name: '完成并排队' }).tap()
      assert.match(await page.getByRole('alert').innerText(), /手机存储满了，这一条还没有存上/)
      assert.equal(await page.getByRole('textbox', { name: '生理状况', exact: true }).inputValue(), text)
      await page.evaluate(() => { IDBObjectStore.prototype.put = window.kept })
      await page.getByRole('button', { name: '完成并排队' }).tap()
      await page.getByText('已发送').first().waitFor()
      assert.equal((await known(page, text)).length, 1)
    } finally {
      await context.close()
    }
  })

  test('signed out elsewhere: what can be read goes, what was not sent waits to be accepted', async () => {
    const name = `丢的手机 ${Date.now()}`
    const { context: own, page } = await device(site, name)
    const desk = await context()
    try {
      const household = await first(page)
      await own.setOffline(true)
      const text = words()
      await record(page, household, text)
      const office = await desk.newPage()
      await office.goto(`${site}/app/devices`)
      await office.getByRole('button', { name: `停用 ${name}` }).click()
      await own.setOffline(false)
      await page.getByText('这台设备的离线使用已经停止。').waitFor()
      await page.getByText('送到了，等人接受').waitFor()
      await page.goto(`${site}/app/#/`)
      assert.equal(await page.locator('ol.due li').count(), 0)
      const left = await page.evaluate(() => new Promise((resolve) => {
        const opening = indexedDB.open('kapok-app')
        opening.onsuccess = () => {
          const tx = opening.result.transaction(['keys', 'copy', 'drafts'])
          const counts = ['keys', 'copy', 'drafts'].map((store) => new Promise((done) => {
            tx.objectStore(store).count().onsuccess = (event) => done(event.target.result)
          }))
          resolve(Promise.all(counts))
        }
      }))
      assert.deepEqual(left, [0, 0, 0])
      await office.goto(`${site}/app/quarantine`)
      const mine = office.getByRole('link', { name: household }).last()
      await mine.click()
      assert.match(await office.locator('main').innerText(), new RegExp(text))
      await sound(office)
      await office.getByRole('button', { name: '接受，写进记录' }).click()
      await office.getByText('已接受，写进了记录').waitFor()
    } finally {
      await own.close()
      await desk.close()
    }
  })

  test('a new build takes over with entries waiting and a form half filled in', async () => {
    const proxy = await forward()
    const own = await context()
    // The address is another one, so that a new worker can be made up: the login goes along.
    await own.addCookies((await own.cookies(site)).map(({ name, value }) => ({ name, value, url: proxy.address })))
    const { page } = await device(proxy.address, '我的手机', own)
    try {
      const household = await first(page)
      const [waits, half] = [words(), words()]
      proxy.api = false
      await record(page, household, waits)
      await open(page, await second(page))
      await sides(page, half)
      await page.getByText(/已存本机/).waitFor()
      proxy.build = '// another build'
      await page.evaluate(async () => (await navigator.serviceWorker.getRegistration('/app/')).update())
      await page.getByRole('button', { name: '换成新版本' }).tap()
      await page.waitForFunction((half) => [...document.querySelectorAll('textarea')].some((one) => one.value === half), half)
      proxy.api = true
      await page.getByRole('button', { name: '完成并排队' }).tap()
      await page.waitForFunction(() => document.querySelectorAll('.t-ok').length >= 2)
      assert.deepEqual([(await known(page, waits)).length, (await known(page, half)).length], [1, 1])
    } finally {
      await own.close()
      proxy.close()
    }
  })

  test('two telephones correct one visit: both values stand side by side, and a person decides', async () => {
    const [one, other] = [await device(site, '甲'), await device(site, '乙')]
    try {
      const household = await first(one.page)
      const text = words()
      await record(one.page, household, text)
      await one.page.getByText('已发送').first().waitFor()
      for (const { page } of [one, other]) {
        await page.goto(`${site}/app/#/queue`)
        await page.getByRole('button', { name: '现在就传' }).tap()
        await page.goto(`${site}/app/#/`)
        await page.getByRole('link', { name: household, exact: true }).first().tap()
        const item = page.locator('li.line', { hasText: text })
        await item.waitFor()
        await item.getByRole('link', { name: /更正/ }).tap()
        await page.getByLabel(/身体情况/).waitFor()
      }
      await one.page.getByLabel(/身体情况/).fill(`${text} 甲改的`)
      await one.page.getByRole('button', { name: '完成并排队' }).tap()
      await one.page.waitForFunction(() => document.querySelectorAll('.t-ok').length >= 2)
      await other.page.getByLabel(/身体情况/).fill(`${text} 乙改的`)
      await other.page.getByLabel('分钟').fill('55')
      await other.page.getByRole('button', { name: '完成并排队' }).tap()
      await other.page.getByRole('link', { name: `处理 ${household}` }).tap()
      const main = other.page.locator('main')
      await other.page.getByRole('heading', { name: '别人先改过这一条' }).waitFor()
      assert.match(await main.innerText(), new RegExp(`${text} 甲改的[^]*${text} 乙改的`))
      await sound(other.page)
      await other.page.getByRole('button', { name: '按选的保存' }).tap()
      assert.match(await other.page.getByRole('alert').innerText(), /还有 2 处没有选/)
      await other.page.getByRole('group', { name: '身体情况' }).getByLabel(/现在的/).check()
      await other.page.getByRole('group', { name: '分钟' }).getByLabel(/您填的/).check()
      await other.page.getByRole('button', { name: '按选的保存' }).tap()
      await other.page.getByText('已发送').first().waitFor()
      const [visit] = await known(other.page, text)
      assert.deepEqual([visit.version, visit.fields.physical, visit.fields.minutes], [3, `${text} 甲改的`, '55'])
    } finally {
      await one.context.close()
      await other.context.close()
    }
  })
})

/** The site under another address: its worker can be another build, and its interface can be out of reach. */
async function forward() {
  const { hostname, port } = new URL(site)
  const proxy = { api: true, build: '' }
  const server = createServer((asked, answer) => {
    if (asked.url.startsWith('/api/') && !proxy.api) return answer.destroy()
    const sent = request({ hostname, port, path: asked.url, method: asked.method, headers: { ...asked.headers, 'accept-encoding': 'identity' } }, (got) => {
      if (asked.url !== '/app/worker.js' || !proxy.build) {
        answer.writeHead(got.statusCode, got.headers)
        return got.pipe(answer)
      }
      const { 'content-length': _, ...headers } = got.headers
      answer.writeHead(got.statusCode, headers)
      got.on('end', () => answer.end(proxy.build)).pipe(answer, { end: false })
    })
    sent.on('error', () => answer.destroy())
    asked.pipe(sent)
  })
  await new Promise((done) => server.listen(0, '127.0.0.1', done))
  proxy.address = `http://127.0.0.1:${server.address().port}`
  proxy.close = () => { server.closeAllConnections(); server.close() }
  return proxy
}
