// Today's list and a visit entered from it, in a real browser: by hand at a door, and at a desk.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { launch, onPage, phone, sound, wide } from '../browser.js'

let browser
before(async () => { browser = await launch() })
after(async () => { await browser.close() })

const visit = (...asked) => onPage(browser, ...asked)

for (const [width, viewport] of [['1280', wide], ['390', phone]]) {
  describe(`at ${width}`, () => {
    test('the list says whom, how late and why, in two orders', () =>
      visit('/today?worker=all', { viewport, as: 'worker', javaScriptEnabled: false }, async (page) => {
        const first = page.locator('.due > li').first()
        assert.match(await first.innerText(), /上次入户/)
        assert.match(await page.locator('.why').first().innerText(), /每 \d+ 天|要联系/)
        assert.equal(await page.locator('a[href^="tel:"]').count(), 0, 'no number without a reason')
        await page.getByRole('link', { name: '按路线排' }).click()
        assert.match(await page.locator('.panel-head .meta').first().innerText(), /按社区和楼栋排/)
      }))

    test('the list, what is due and the form are sound', () =>
      visit('/today?worker=all', { viewport, as: 'worker' }, async (page) => {
        await sound(page)
        const form = await page.locator('a[href^="/visits/record/"]').first().getAttribute('href')
        await page.goto(new URL('/visits/due', page.url()).href)
        await sound(page)
        await page.goto(new URL(form, page.url()).href)
        await sound(page)
        const button = await page.getByRole('button', { name: '完成', exact: true }).boundingBox()
        assert.ok(button.height >= 36 && button.y + button.height <= viewport.height + 1, 'the button is in sight')
        if (viewport === phone) assert.ok(button.y > viewport.height * 0.75, `in reach of a thumb: ${button.y}`)
      }))
  })
}

test('a whole visit takes no more than twelve taps beside typing', () =>
  visit('/today?worker=all', { viewport: phone, as: 'worker', javaScriptEnabled: false }, async (page) => {
    let taps = 0
    const tap = async (target) => { taps += 1; await target.click() }
    await tap(page.locator('a[href*="kind=home"]').first())
    await page.waitForURL(/\/visits\/record\//)
    const met = page.locator('input[name=met]')
    if (!(await met.first().isChecked())) await tap(met.first())
    for (const side of ['physical', 'psychological', 'social']) {
      await tap(page.locator(`input[name=${side}_state]`).first())
      await tap(page.locator(`#f-${side}`))
      await page.keyboard.type('精神好，能自己做饭，和邻居有来往')
    }
    await tap(page.locator('#f-follow_1'))
    await page.keyboard.type('联系社区医生')
    await page.locator('#f-follow_1_due').fill('2025-01-06')
    await tap(page.getByRole('button', { name: '完成', exact: true }))
    await page.waitForURL(/\/visits\/visits\/[0-9a-f-]{36}$/)
    assert.match(await page.locator('main').innerText(), /探访已保存[^]*能自己做饭/)
    assert.ok(taps <= 12, `${taps} taps`)
  }))

test('a promise without a day is not saved, and what was typed stays', () =>
  visit('/today?worker=all', { viewport: phone, as: 'worker' }, async (page) => {
    await page.locator('a[href^="/visits/record/"]').first().click()
    await page.locator('#f-follow_1').fill('送审居家改造申请')
    await page.getByRole('button', { name: '完成', exact: true }).click()
    assert.match(await page.getByRole('alert').innerText(), /填完成日期，例如 2025-01-10/)
    assert.equal(await page.locator('#f-follow_1').inputValue(), '送审居家改造申请')
    await sound(page)
  }, ['422']))

test('nobody met is written down without a script, and is no visit', () =>
  visit('/today?worker=all', { viewport: phone, as: 'worker', javaScriptEnabled: false }, async (page) => {
    await page.locator('a[href*="kind=home"]').first().click()
    await page.waitForURL(/\/visits\/record\//)
    await page.getByText('没见到人（无人应门、未接通）').click()
    await page.getByLabel('无人应门').check()
    await page.getByRole('button', { name: '完成', exact: true }).click()
    await page.waitForURL(/\/visits\/attempts\/[0-9a-f-]{36}$/)
    assert.match(await page.locator('main').innerText(), /不算一次探访[^]*无人应门/)
  }))

test('who wants to signs on the page, and the signature is a document of the visit', () =>
  visit('/today?worker=all', { viewport: wide, as: 'worker' }, async (page) => {
    await page.locator('a[href*="kind=home"]').first().click()
    const met = page.locator('input[name=met]').first()
    if (!(await met.isChecked())) await met.check()
    for (const side of ['physical', 'psychological', 'social']) await page.locator(`#f-${side}`).fill('精神好，能自己做饭')
    const pad = page.locator('#f-sign')
    await pad.scrollIntoViewIfNeeded()
    const box = await pad.boundingBox()
    await page.mouse.move(box.x + 40, box.y + 40)
    await page.mouse.down()
    await page.mouse.move(box.x + 200, box.y + 90, { steps: 8 })
    await page.mouse.up()
    await page.getByText('已签名').waitFor()
    await sound(page)
    await page.getByRole('button', { name: '完成', exact: true }).click()
    await page.waitForURL(/\/visits\/visits\/[0-9a-f-]{36}$/)
    const signature = page.getByRole('link', { name: '签名' }).first()
    await signature.waitFor()
    assert.match(await page.locator('main').innerText(), /探访已保存[^]*签名/)
  }))
