// Household files in a real browser: found, made, unmasked with a reason that the audit shows, and out of sight for others.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import AxeBuilder from '@axe-core/playwright'
import { launch, open, phone, wide } from '../browser.js'

const tags = ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa', 'best-practice']

let browser
before(async () => { browser = await launch() })
after(async () => { await browser.close() })

/** Runs on a page and closes it; whatever the page caused fails the test, save what `expected` allows. */
async function visit(path, options, work, expected = []) {
  const opened = await open(browser, path, options)
  try {
    await work(opened.page, opened.answer)
    assert.deepEqual(opened.troubles.filter((text) => !expected.some((part) => text.includes(part))), [], path)
  } finally {
    await opened.context.close()
  }
}

/** Nothing for axe to find, and nothing beside the window. */
async function sound(page) {
  const { violations } = await new AxeBuilder({ page }).withTags(tags).analyze()
  assert.deepEqual(violations.map(({ id, nodes }) => [id, ...nodes.slice(0, 3).map((node) => node.html.slice(0, 160))]), [], page.url())
  const [inner, outer] = await page.evaluate(() => [document.documentElement.scrollWidth, window.innerWidth])
  assert.ok(inner <= outer, `${page.url()}: ${inner} in ${outer}`)
}

/** A valid identity number (GB 11643) that no other test uses. */
function idNumber(order) {
  const first = `440105194${order % 10}0101${String(order).padStart(3, '0')}`
  const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
  return first + '10X98765432'[weights.reduce((sum, weight, at) => sum + weight * Number(first[at]), 0) % 11]
}

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
        await page.getByLabel('身份证号').fill(idNumber(order))
        await page.getByLabel('电话', { exact: true }).fill('13800004321')
        await page.getByLabel('低保对象').check()
        await page.getByLabel('二级', { exact: true }).check()
        await page.getByLabel('依据').fill('低保')
        await page.getByRole('button', { name: '保存' }).click()
        await page.waitForURL(/\/clients\/[0-9a-f-]{36}$/)
        const file = page.url()
        assert.match(await page.locator('h1').innerText(), /单示例 户/)
        assert.equal(await page.locator('.masked').first().innerText(), `4401**********${idNumber(order).slice(-4)}`)
        await page.goto(new URL('/clients?q=shansl', file).href)
        await page.getByRole('row', { name: new RegExp(number) }).getByRole('link').click()
        assert.equal(page.url(), file)
        await page.getByText('显示完整号码').first().click()
        await page.getByLabel('为什么要看').selectOption({ label: '协助申办政策' })
        await page.getByLabel('说明', { exact: true }).fill(`代填申请表 ${order}`)
        await page.getByRole('button', { name: '显示 5 分钟' }).click()
        await page.waitForLoadState()
        assert.equal(await page.locator('.masked').first().innerText(), idNumber(order))
        assert.match(await page.locator('main').innerText(), /谁看过完整号码[^]*代填申请表/)
      }, ['422']))

    test('the pages are sound, light and dark', async () => {
      for (const colorScheme of ['light', 'dark']) {
        await visit('/clients', { viewport, colorScheme }, async (page) => {
          await sound(page)
          await page.locator('tbody a').first().click()
          await page.waitForURL(/\/clients\/[0-9a-f-]{36}$/)
          await sound(page)
          await page.goto(`${page.url()}/need`)
          await sound(page)
        })
        await visit('/clients/new', { viewport, colorScheme }, sound)
        await visit('/areas', { viewport, colorScheme }, sound)
      }
    })
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
