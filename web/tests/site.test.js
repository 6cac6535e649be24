// What a reader sees and does, in a real browser, on the sample station.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { launch, onPage, phone, sound, wide } from '../browser.js'

const board = '/indicators?station=changgang&as_of=2024-12-31'
const pages = {
  board,
  figures: '/figures?station=changgang&as_of=2024-12-31',
  figure: '/figures/phone_visits?station=changgang&as_of=2024-12-31',
  part: '/figures/home_visits?station=changgang&as_of=2024-12-31&scope=area:xiaogang&by=month',
  derived: '/figures/staff.retention_percent?station=changgang&as_of=2024-12-31',
  rounds: '/reports',
  report: '/reports/changgang-2024-mid',
  missing: '/figures/phone_visit',
  home: '/',
  setup: '/setup',
  targets: '/indicators/targets',
  choose: '/indicators/targets/new',
  scheme: '/evaluation/schemes/committees-2024',
  compare: '/evaluation/schemes/guangzhou-2024/compare?with=committees-2024',
}


let browser
before(async () => { browser = await launch() })
after(async () => { await browser.close() })

const visit = (...asked) => onPage(browser, ...asked)

const rows = (page) => page.locator('table.ind tbody tr:not(.grp)')

for (const [width, viewport] of [['1280', wide], ['390', phone]]) {
  describe(`at ${width}`, () => {
    test('the board shows fifteen indicators and 414.29%', () =>
      visit(board, { viewport }, async (page) => {
        assert.equal(await rows(page).count(), 15)
        const first = await rows(page).first().innerText()
        assert.match(first, /电话访问/)
        assert.match(first, /414\.29%/)
        assert.match(await page.locator('.meta').first().innerText(), /合同期 2024-06-21 至 2025-06-20/)
      }))

    test('one click on 8,642 leads to its records', () =>
      visit(board, { viewport }, async (page) => {
        await rows(page).first().getByText('8,642', { exact: true }).click()
        await page.waitForURL(/\/figures\/phone_visits/)
        assert.equal(await page.locator('.score b').innerText(), '8,642')
        assert.equal(await page.locator('table.recs tbody tr').count(), 50)
        await page.locator('a[rel=next]').click()
        await page.waitForURL(/page=2/)
        assert.match(await page.locator('#h-records + .meta').innerText(), /第 51 至 100 条/)
      }))

    test('an address that is nearly right helps', () =>
      visit('/figures/phone_visit', { viewport }, async (page, answer) => {
        assert.equal(answer.status(), 404)
        await page.getByRole('link', { name: /phone_visits/ }).click()
        await page.waitForURL(/\/figures\/phone_visits/)
      }, ['404']))

    test('axe finds nothing where a part of a figure is shown, or no page at all', async () => {
      for (const path of [pages.part, pages.missing]) await visit(path, { viewport }, sound, ['404'])
    })

    test('everything works without scripts', () =>
      visit(board, { viewport, javaScriptEnabled: false }, async (page) => {
        await page.locator('#c-day').fill('2024-09-30')
        await page.getByRole('button', { name: '按此日期看' }).click()
        await page.waitForURL(/as_of=2024-09-30/)
        assert.match(await page.locator('.meta').first().innerText(), /数据截至 2024-09-30/)
        // The bar of a phone holds four parts; the others are on the page that it leads to.
        const to = async (name) => {
          const menu = page.getByRole('navigation', { name: viewport === wide ? '主导航' : '底部导航' })
          if (viewport === wide) return menu.getByRole('link', { name }).click()
          await menu.getByRole('link', { name: '更多' }).click()
          await page.locator('#parts').getByRole('link', { name }).click()
        }
        await to(/^数字/)
        await page.waitForURL(/\/figures(\?|$)/)
        await to(/报告$/)
        await page.waitForURL(/\/reports/)
        await page.getByRole('link', { name: '中期评估', exact: true }).click()
        await page.waitForURL(/changgang-2024-mid/)
        assert.match(await page.locator('article.report').innerText(), /84\.48/)
      }))
  })
}

test('the first key press offers to skip to the content', () =>
  visit(board, {}, async (page) => {
    await page.keyboard.press('Tab')
    assert.equal(await page.evaluate(() => document.activeElement.className), 'skip')
    assert.ok((await page.locator('a.skip').boundingBox()).x >= 0)
    await page.keyboard.press('Enter')
    await page.keyboard.press('Tab')
    assert.ok(await page.evaluate(() => document.querySelector('main').contains(document.activeElement)))
  }))

test('every page says that it is a sample, on paper too', async () => {
  for (const path of Object.values(pages)) {
    await visit(path, {}, async (page) => {
      await page.emulateMedia({ media: 'print' })
      assert.ok(await page.locator('.sample').isVisible(), path)
      assert.ok(!(await page.locator('.side').isVisible()), path)
    }, ['404'])
  }
})

test('each figure of the report leads to its records with the same value', () =>
  visit(pages.report, {}, async (page) => {
    const figures = await page.locator('a.figure').evaluateAll((links) => links.map((link) => [link.textContent, link.href]))
    assert.ok(figures.length > 100, `${figures.length} figures`)
    const seen = new Map(figures.map(([text, href]) => [href, text]))
    for (const [href, text] of [...seen].filter((_, index) => index % 12 === 0)) {
      const answer = await page.request.get(href)
      assert.equal(answer.status(), 200, href)
      const digits = text.replace(/[^0-9.]/g, '')
      const shown = (await answer.text()).match(/<b>([0-9,.]+)<\/b>/)
      assert.ok(shown, `${href} shows no value`)
      assert.equal(Number(shown[1].replaceAll(',', '')), Number(digits), href)
    }
  }))

test('pages are small and nobody else is told', async () => {
  for (const path of [pages.board, pages.figures, pages.figure]) {
    await visit(path, {}, async (page, answer) => {
      assert.ok((await answer.text()).length < 150_000, path)
      assert.match(answer.headers()['content-security-policy'], /default-src 'none'/)
      assert.equal(answer.headers()['set-cookie'], undefined)
    })
  }
})
