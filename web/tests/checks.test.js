// A file is sent and read on the spot: what a reader sees of it, in a real browser.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { launch, onPage, open, phone, site, sound, wide } from '../browser.js'

const file = (name, words) => ({ name, mimeType: 'text/plain', buffer: Buffer.from(words) })
const filler = Array.from({ length: 40 }, (_, n) => `第${n + 1}段：站点持续开展社区服务，居民反映良好。`)
const wrong = file('示例报告.txt', [
  '示例街社工服务站评估报告', ...filler,
  '全站建档1917户，其中东片区 555 户，西片区537户，南片区447户，北片区376户。',
  '本次中期评估的等分数为：84.48。', ...filler,
].join('\n'))
const right = file('没有问题.md', '# 示例街\n\n全站建档1915户，其中东片区555户，西片区537户，南片区447户，北片区376户。\n')
const unreadable = file('旧版.doc', 'x')

let browser
before(async () => { browser = await launch() })
after(async () => { await browser.close() })

const visit = (options, work, expected) => onPage(browser, '/checks', options, work, expected)

async function send(page, sent) {
  await page.getByLabel('报告文件').setInputFiles(sent)
  const [answer] = await Promise.all([
    page.waitForResponse((response) => response.request().method() === 'POST'),
    page.getByRole('button', { name: '核验', exact: true }).click(),
  ])
  await page.waitForLoadState()
  return answer.status()
}

async function fits(page) {
  const [inner, outer] = await page.evaluate(() => [document.documentElement.scrollWidth, window.innerWidth])
  assert.ok(inner <= outer, `${inner} in ${outer}`)
}

for (const [width, viewport] of [['1280', wide], ['390', phone]]) {
  describe(`a file at ${width}`, () => {
    test('findings stand with the text and lead to each other', () =>
      visit({ viewport, javaScriptEnabled: false }, async (page) => {
        assert.equal(await send(page, wrong), 200)
        assert.match(await page.locator('.meta').first().innerText(), /示例报告\.txt/)
        const findings = page.locator('.find-item')
        assert.ok((await findings.count()) >= 2)
        assert.match(await findings.first().innerText(), /1915/)
        const [left, text] = [await page.locator('[aria-labelledby=h-found]').boundingBox(), await page.locator('[aria-labelledby=h-text]').boundingBox()]
        if (viewport === wide) assert.ok(text.x >= left.x + left.width && text.y === left.y, 'side by side')
        else assert.ok(text.y >= left.y + left.height && text.x === left.x, 'one after the other')
        await findings.first().locator('a[href^="#line-"]').first().click()
        assert.match(page.url(), /#line-42$/)
        const line = page.locator('#line-42')
        const box = await line.boundingBox()
        assert.ok(box.y >= (await page.locator('.top').boundingBox()).height && box.y < viewport.height, `line at ${box.y}`)
        assert.match(await line.locator('mark').first().innerText(), /1917/)
        await line.locator('a.back').first().click()
        assert.match(page.url(), /#finding-1$/)
        assert.ok(await findings.first().isVisible())
        await fits(page)
      }))

    test('a text without contradiction says so', () =>
      visit({ viewport }, async (page) => {
        assert.equal(await send(page, right), 200)
        assert.equal(await page.locator('mark').count(), 0)
        assert.ok(await page.getByText('没有发现不能同时成立的话').isVisible())
        await page.getByRole('link', { name: '再核验一份' }).click()
        await page.waitForURL(/\/checks$/)
      }))

    test('what cannot be read brings the form again', () =>
      visit({ viewport }, async (page) => {
        assert.equal(await send(page, unreadable), 422)
        assert.match(await page.getByRole('alert').innerText(), /旧版\.doc.*不是可核验的文件/)
        assert.equal(await send(page, right), 200)
      }, ['422']))

    test('a file that is too large is told so', () =>
      visit({ viewport }, async (page) => {
        assert.equal(await send(page, file('大.txt', 'a'.repeat(21 * 1024 * 1024))), 413)
        assert.match(await page.locator('h1').innerText(), /文件超过 20 MB/)
      }, ['413']))

    test('axe finds nothing, light or dark', async () => {
      for (const sent of [undefined, wrong, right, unreadable]) {
        await visit({ viewport }, async (page) => {
          if (sent) await send(page, sent)
          assert.ok(await page.locator('.sample').isVisible())
          await sound(page)
        }, ['422'])
      }
    })
  })
}

test('a page elsewhere cannot send a file', async () => {
  const { context, page } = await open(browser, '/checks')
  await page.goto('about:blank')
  await page.setContent(`<form method="post" action="${site}/checks" enctype="multipart/form-data"><input type="file" name="file"><button>x</button></form>`)
  await page.locator('input').setInputFiles(wrong)
  const [answer] = await Promise.all([page.waitForNavigation(), page.locator('button').click()])
  assert.equal(answer.status(), 403)
  assert.match(await page.locator('h1').innerText(), /不是从本站的页面来的/)
  await context.close()
})
