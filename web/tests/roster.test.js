// The official roster against the files, in a real browser: sent, looked at, applied, undone. On the sample station,
// whose files stay as they were.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { after, before, describe, test } from 'node:test'
import { idNumber, launch, onPage, open, phone, sound, wide } from '../browser.js'

const book = readFileSync(new URL('./fixtures/roster.xlsx', import.meta.url))
const xlsx = { name: '示例名册.xlsx', mimeType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', buffer: book }

const number = (order) => idNumber(`44010519480308${String(order).padStart(3, '0')}`)

/** A roster of two invented people of one household and one more, in a community of the station. */
function roster(community, from) {
  const line = (name, order, file) => [name, number(order), file, community, '示例路1号301房', '独居、低保', '二级', `138${String(order).padStart(8, '0')}`].join(',')
  const lines = [line('示例对账甲', from, `DZ-${from}`), line('样本对账乙', from + 1, `DZ-${from}`), line('假设对账丙', from + 2, `DZ-${from + 2}`)]
  return { name: '示例名册.csv', mimeType: 'text/csv', buffer: Buffer.from(['姓名,身份证号,档案号,社区,地址,类别,级别,电话', ...lines].join('\n')) }
}

let browser
before(async () => { browser = await launch() })
after(async () => { await browser.close() })

const visit = (options, work, expected) => onPage(browser, '/clients/roster', options, work, expected)

async function send(page, sent) {
  await page.getByLabel('名册文件').setInputFiles(sent)
  await page.getByRole('button', { name: '读取' }).click()
  await page.waitForLoadState()
}

for (const [width, viewport, from] of [['1280', wide, 601], ['390', phone, 701]]) {
  describe(`a roster at ${width}`, () => {
    test('from the file to the files and back', () =>
      visit({ viewport, javaScriptEnabled: false }, async (page) => {
        await page.goto(new URL('/clients', page.url()).href)
        const community = await page.locator('#c-community option').nth(1).innerText()
        await page.getByRole('link', { name: '名册对账' }).click()
        await page.waitForURL(/\/clients\/roster$/)
        await send(page, roster(community, from))
        assert.match(page.url(), /\/clients\/roster\/[0-9a-f-]{36}$/, 'no personal value in the address')
        const address = page.url()
        await page.getByRole('link', { name: /名册有、档案无/ }).click()
        await page.waitForURL(/kind=new/)
        const rows = page.locator('[aria-labelledby=h-new] tbody tr')
        assert.equal(await rows.count(), 3)
        assert.ok(!(await page.content()).includes(number(from)), 'no number is shown whole')
        await page.getByRole('button', { name: /应用勾选的/ }).click()
        await page.waitForLoadState()
        assert.match(await page.getByRole('alert').innerText(), /没有选/)
        await page.getByRole('checkbox', { name: /示例对账甲/ }).check()
        await page.getByRole('button', { name: /应用勾选的/ }).click()
        await page.waitForURL(address)
        await page.goto(`${address}?kind=new`)
        assert.equal(await rows.count(), 2)
        assert.match(await rows.filter({ hasText: '样本对账乙' }).innerText(), /新增成员/, 'the second joins the household of the first')
        await page.getByRole('button', { name: /全部应用 2 条/ }).click()
        await page.waitForURL(address)
        const found = (name) => page.goto(new URL(`/clients?q=${encodeURIComponent(name)}`, address).href)
        await found('对账')
        assert.equal(await page.locator('table.stack tbody tr').count(), 2, 'two households of three people')
        await page.goto(address)
        await page.getByRole('button', { name: '撤销这次应用' }).click()
        await page.waitForURL(address)
        assert.match(await page.getByRole('status').innerText(), /已撤销/)
        await found('对账')
        assert.equal(await page.locator('table.stack').count(), 0, 'nobody is left')
      }, ['422']))

    test('what has to be mended in a file is told first', () =>
      visit({ viewport }, async (page) => {
        await send(page, xlsx)
        const faulty = page.locator('[aria-labelledby=h-faulty]')
        assert.match(await faulty.innerText(), /第 9 行 C 列[\s\S]*校验位[\s\S]*第 10 行 I 列/)
        await page.getByRole('link', { name: /名册有、档案无/ }).click()
        await page.waitForURL(/kind=new/)
        assert.match(await page.locator('[aria-labelledby=h-new]').innerText(), /本站没有“示例东社区”这个社区/)
        assert.equal(await page.getByRole('checkbox').count(), 0)
      }))

    test('a file that is no roster brings the form again', () =>
      visit({ viewport }, async (page) => {
        await send(page, { name: '天气.csv', mimeType: 'text/csv', buffer: Buffer.from('今天,天气\n很,好\n') })
        assert.match(await page.getByRole('alert').innerText(), /没有找到表头/)
        await sound(page)
      }, ['422']))

    test('axe finds nothing, light or dark', () =>
      visit({ viewport }, async (page) => {
        await sound(page)
        await send(page, xlsx)
        await sound(page)
      }))
  })
}

test('a worker has no way to it', async () => {
  const { context, page, answer } = await open(browser, '/clients/roster', { as: 'worker' })
  assert.equal(answer.status(), 403)
  assert.ok((await page.locator('h1').innerText()).length > 0)
  await context.close()
})
