// Household files in a real browser: found, made, unmasked with a reason that the audit shows, and out of sight for others.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { idNumber, launch, onPage, phone, wide } from '../browser.js'

let browser
before(async () => { browser = await launch() })
after(async () => { await browser.close() })

const visit = (...asked) => onPage(browser, ...asked)

/** A birthday and a number that no other test uses. */
const own = (order) => idNumber(`440105194${order % 10}0101${String(order).padStart(3, '0')}`)

for (const [width, viewport, order] of [['1280', wide, 901], ['390', phone, 903]]) {
  describe(`at ${width}`, () => {
    test('a file is made, found by pinyin, and its numbers shown for a reason', () =>
      visit('/clients/new', { viewport, javaScriptEnabled: false }, async (page) => {
        const number = `试建-${order}`
        await page.getByRole('button', { name: '保存' }).click()
        assert.match(await page.getByRole('alert').innerText(), /还没有保存/)
        await page.getByLabel('档案号').fill(number)
        await page.getByLabel('社区', { exact: true }).selectOption({ index: 1 })
        await page.getByLabel('街巷和楼号').fill('示例路 12 号')
        await page.getByLabel('门牌').fill('301 房')
        await page.getByLabel('户在人在', { exact: true }).check()
        await page.getByLabel('姓名', { exact: true }).fill('单示例')
        await page.getByLabel('身份证号').fill(own(order))
        await page.getByLabel('电话', { exact: true }).fill('13800004321')
        await page.getByLabel('低保对象').check()
        await page.getByLabel('二级', { exact: true }).check()
        await page.getByLabel('依据').fill('低保')
        await page.getByRole('button', { name: '保存' }).click()
        await page.waitForURL(/\/clients\/[0-9a-f-]{36}$/)
        const file = page.url()
        assert.match(await page.locator('h1').innerText(), /单示例 户/)
        assert.equal(await page.locator('.masked').first().innerText(), `4401**********${own(order).slice(-4)}`)
        await page.goto(new URL('/clients?q=shansl', file).href)
        await page.getByRole('row', { name: new RegExp(number) }).getByRole('link').click()
        assert.equal(page.url(), file)
        await page.getByText('显示完整号码').first().click()
        await page.getByLabel('为什么要看').selectOption({ label: '协助申办政策' })
        await page.getByLabel('说明', { exact: true }).fill(`代填申请表 ${order}`)
        await page.getByRole('button', { name: '显示 5 分钟' }).click()
        await page.waitForLoadState()
        assert.equal(await page.locator('.masked').first().innerText(), own(order))
        assert.match(await page.locator('main').innerText(), /谁看过完整号码[^]*代填申请表/)
      }, ['422']))
  })
}

test('a worker of one area sees nothing of another', async () => {
  let elsewhere
  await visit('/clients', {}, async (page) => {
    const all = Number((await page.locator('.meta').first().innerText()).match(/\d+/)[0])
    assert.ok(all > 1900)
    const last = page.locator('#c-community option').last()
    await page.locator('#c-community').selectOption(await last.getAttribute('value'))
    await page.getByRole('button', { name: '找', exact: true }).click()
    await page.waitForURL(/community=/)
    elsewhere = await page.locator('tbody a').first().getAttribute('href')
  })
  await visit('/clients', { as: 'worker' }, async (page) => {
    const own = Number((await page.locator('.meta').first().innerText()).match(/\d+/)[0])
    assert.ok(own > 100 && own < 1000, `${own} households`)
    const answer = await page.goto(new URL(elsewhere, page.url()).href)
    assert.equal(answer.status(), 404)
    assert.match(await page.locator('main').innerText(), /没有这份档案/)
  }, ['404'])
})

test('the audit shows who saw what, and why', () =>
  visit('/audit?verb=clients.unmask', { as: 'audit_admin' }, async (page) => {
    assert.match(await page.locator('main').innerText(), /代填申请表 90[13]/)
  }))
