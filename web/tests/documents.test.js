// Files attached to a household in a real browser: without script, on a phone and at a desk, and out of sight for others.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { launch, onPage, phone, site, sound, wide } from '../browser.js'

let browser
before(async () => { browser = await launch() })
after(async () => { await browser.close() })

const visit = (...asked) => onPage(browser, ...asked)

/** A red square, drawn by the browser itself: what a camera would send. */
async function picture() {
  const page = await browser.newPage({ viewport: { width: 60, height: 40 } })
  try {
    await page.setContent('<body style="margin:0;background:#b3261e">')
    return await page.screenshot()
  } finally {
    await page.close()
  }
}

const household = (page) => page.locator('tbody a').first().click().then(() => page.waitForURL(/\/clients\/[0-9a-f-]{36}$/))

for (const [width, viewport] of [['1280', wide], ['390', phone]]) {
  describe(`at ${width}`, () => {
    test('a picture is attached, shown, corrected and withdrawn', async () => {
      const buffer = await picture()
      await visit('/clients', { viewport, javaScriptEnabled: false }, async (page) => {
        await household(page)
        const title = `入户照片 ${width}`
        const file = page.url()
        await page.getByRole('link', { name: '附上文件', exact: true }).click()
        await page.getByRole('button', { name: '附上' }).click()
        assert.match(await page.getByRole('alert').innerText(), /要改 2 处[^]*选一份文件/)
        await page.getByLabel('文件', { exact: true }).setInputFiles({ name: 'a.svg', mimeType: 'image/png', buffer: Buffer.from('<svg/>') })
        await page.getByLabel('种类').selectOption({ label: '照片' })
        await page.getByRole('button', { name: '附上' }).click()
        assert.match(await page.getByRole('alert').innerText(), /这是网页或 SVG 图形/)
        await page.getByLabel('文件', { exact: true }).setInputFiles({ name: '照片.png', mimeType: 'text/html', buffer })
        await page.getByLabel('名称').fill(title)
        await page.getByRole('button', { name: '附上' }).click()
        await page.waitForURL(/\/clients\/[0-9a-f-]{36}#documents$/)
        const panel = page.locator('#documents')
        assert.match(await panel.innerText(), new RegExp(`${title}[^]*照片`))

        const shown = await page.goto(new URL(await panel.getByRole('link', { name: `打开 ${title}` }).getAttribute('href'), file).href)
        assert.equal(shown.headers()['content-type'], 'image/png')
        assert.equal(await page.locator('img').evaluate((image) => image.naturalWidth), 60)
        await page.goto(file)
        await page.getByRole('link', { name: title, exact: true }).click()
        assert.equal(await page.getByRole('img', { name: title }).evaluate((image) => image.naturalWidth), 60)

        await page.getByRole('link', { name: '更正' }).click()
        await page.getByLabel('种类').selectOption({ label: '签到表' })
        await page.getByLabel('有签名', { exact: true }).check()
        await page.getByRole('button', { name: '保存' }).click()
        assert.match(await page.locator('main').innerText(), /签到表\s*签名没有日期/)
        await page.getByRole('link', { name: '作废这份文件' }).click()
        await page.getByLabel('理由').fill('试一下')
        await page.getByRole('button', { name: '作废' }).click()
        await page.waitForURL(/#documents$/)
        assert.doesNotMatch(await panel.innerText(), new RegExp(title))
      }, ['422'])
    })

    test('the pages are sound', async () => {
      const buffer = await picture()
      await visit('/clients', { viewport }, async (page) => {
        await household(page)
        await page.getByRole('link', { name: '附上文件', exact: true }).click()
        await sound(page)
        const name = `很长的文件名${'很长'.repeat(20)}-${width}.png`
        await page.getByLabel('文件', { exact: true }).setInputFiles({ name, mimeType: 'image/png', buffer })
        await page.getByLabel('种类').selectOption({ label: '照片' })
        await page.getByRole('button', { name: '附上' }).click()
        await page.waitForURL(/#documents$/)
        await sound(page)
        await page.locator('#documents b a').first().click()
        await sound(page)
        await page.getByRole('link', { name: '更正' }).click()
        await sound(page)
      })
    })
  })
}

test('whoever may not read the household does not get the file', async () => {
  let document
  await visit('/clients', {}, async (page) => {
    const last = page.locator('#c-community option').last()
    await page.locator('#c-community').selectOption(await last.getAttribute('value'))
    await page.getByRole('button', { name: '找', exact: true }).click()
    await page.waitForURL(/community=/)
    await household(page)
    await page.getByRole('link', { name: '附上文件', exact: true }).click()
    await page.getByLabel('文件', { exact: true }).setInputFiles({ name: '外面.txt', mimeType: 'text/plain', buffer: Buffer.from('外面的人') })
    await page.getByLabel('种类').selectOption({ label: '其他' })
    await page.getByRole('button', { name: '附上' }).click()
    await page.waitForURL(/#documents$/)
    document = await page.locator('#documents b a').first().getAttribute('href')
  })
  for (const as of ['worker', 'evaluator']) {
    await visit('/account', { as }, async (page) => {
      for (const end of ['', '/file']) {
        const answer = await page.goto(site + document + end)
        assert.equal(answer.status(), 404, `${as} ${end}`)
        assert.doesNotMatch(await page.locator('main').innerText(), /外面/)
      }
    }, ['404'])
  }
})
