// The official roster as a district sends it: a workbook of two thousand people whose files are made from it, and half a
// year later one of two thousand rows with every kind of difference; looked at, applied, undone, at both widths.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import writeExcelFile from 'write-excel-file/node'
import { idNumber, launch, phone, sound, wide } from '../browser.js'
import { account, record } from '../by-hand.js'
import { begin, serveEmpty } from '../empty.js'

const headings = ['姓名', '身份证号', '平台编号', '档案号', '户编号', '社区', '地址', '类别', '级别', '电话', '人户情况', '状态', '变更日期']
const padded = (n, width) => String(n).padStart(width, '0')
const number = (n) => idNumber(`4401051950${padded(1 + Math.floor(n / 1000), 2)}08${padded(n % 1000, 3)}`)

/** A row: somebody alone, of level two, in a household of their own; `change` by heading. */
function row(n, change = {}) {
  const usual = {
    姓名: `示例${n}`, 身份证号: number(n), 平台编号: `P${padded(n, 5)}`, 档案号: `CG-${padded(n, 5)}`, 户编号: `H${padded(n, 5)}`,
    社区: n % 2 ? '示例东' : '示例西', 地址: `示例路${n}号301房`, 类别: '独居', 级别: '二级', 电话: `138${padded(n, 8)}`, 人户情况: '户在人在',
    状态: '', 变更日期: '',
  }
  return headings.map((heading) => ({ ...usual, ...change })[heading])
}

async function workbook(name, rows) {
  const data = [headings, ...rows].map((cells) => cells.map((value) => ({ value })))
  const mimeType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
  return { name, mimeType, buffer: await writeExcelFile(data).toBuffer() }
}

const on = { 变更日期: '2024-10-01' }
/** What has become of somebody by the second roster, by the rest of their number; who is not here stayed as they were. */
const later = {
  3: () => null,
  4: (n) => row(n, { 状态: '迁出', ...on }),
  5: (n) => row(n, { 状态: '死亡', ...on }),
  6: (n) => row(n, { 社区: n % 2 ? '示例西' : '示例东' }),
  7: (n) => row(n, { 级别: '一级' }),
  8: (n) => row(n, { 类别: '低保、独居' }),
  9: (n) => row(n, { 姓名: `改名${n}`, 电话: `139${padded(n, 8)}`, 人户情况: '户在人不在' }),
  10: (n) => row(n, { 身份证号: number(n + 3000), 档案号: `CG-1${padded(n, 4)}` }),
  0: (n) => row(n, { 平台编号: `Q${padded(n, 5)}` }),
}

const people = Array.from({ length: 2000 }, (_, at) => at + 1)
const first = people.map((n) => row(n))
// One of those who stayed is written down without any number: their file is a guess, which nobody applies by itself.
const guessed = row(1993, { 身份证号: '', 平台编号: '', 档案号: '', 户编号: '' })
const stayed = people.map((n) => (n === 1993 ? guessed : (later[n % 12] ?? row)(n))).filter(Boolean)
const newcomers = Array.from({ length: 2000 - stayed.length }, (_, at) => row(2001 + at))
const second = [...stayed, ...newcomers]
const sum = (counts) => Object.values(counts).reduce((sum, count) => sum + count)
const each = (rest) => people.filter((n) => n % 12 === rest).length

let browser, stop
before(async () => { browser = await launch() })
after(async () => {
  await browser.close()
  stop?.()
})

/** How many differences of each kind the page counts. */
const counts = async (page) => Object.fromEntries((await page.getByLabel('按不同的种类').getByRole('link').allInnerTexts())
  .map((text) => text.match(/^(.*?)\s*(\d+)$/).slice(1)).map(([label, count]) => [label, Number(count)]))

async function send(page, file) {
  await page.goto(new URL('/clients/roster', page.url()).href)
  await page.getByLabel('名册文件').setInputFiles(file)
  await page.getByRole('button', { name: '读取' }).click()
  await page.waitForURL(/\/clients\/roster\/[0-9a-f-]{36}$/)
  return page.url()
}

/** Applies everything of a kind, by its link and its button. */
async function apply(page, address, label) {
  await page.goto(address)
  await page.getByLabel('按不同的种类').getByRole('link', { name: label }).click()
  await page.waitForURL(/kind=/)
  await page.getByRole('button', { name: new RegExp(`${label}：全部应用`) }).click()
  await page.waitForURL(address)
}

/** Files of which something changes, as the list shows them: whose, level, community, categories. */
async function seen(page) {
  const seen = {}
  for (const file of ['CG-00003', 'CG-00004', 'CG-00005', 'CG-00006', 'CG-00007', 'CG-00008', 'CG-00009', 'CG-10010', 'CG-00011', 'CG-02001']) {
    await page.goto(new URL(`/clients?q=${file}`, page.url()).href)
    const cells = (await page.locator('table.stack tbody tr').allInnerTexts()).map((text) => text.split(/[\t\n]+/).map((cell) => cell.trim()))
    seen[file] = cells.map(([name, , level, community, categories]) => [name, level, community, categories].join(' ')).join('; ')
  }
  return seen
}

async function open(page) {
  await page.goto(new URL('/clients', page.url()).href)
  return page.locator('.page-head .meta').innerText()
}

test('two thousand rows with every kind of difference', { timeout: 600_000 }, async () => {
  const served = await serveEmpty()
  stop = served.stop
  const admin = await begin(browser, served.site, served.links[0], 'admin', wide)
  const security = await begin(browser, served.site, served.links[1], 'security', wide)
  await record(admin, '/areas/new', {
    name: '示例街社工服务站', code: 'shilijie', district: '示例区', street: '示例街', address: '示例路一号', operated_since: '2024-01-01',
  })
  for (const [name, code] of [['示例东', 'dong'], ['示例西', 'xi']]) await record(admin, '/areas/shilijie/new/community', { name, code })
  const { way } = await account(admin, security, '/access/new', { name: 'zhang', display_name: '示例站长' }, '站长', '示例街社工服务站')
  const page = await begin(browser, served.site, way, 'zhang', wide)
  page.setDefaultTimeout(120_000)

  // The first time every row is somebody without a file.
  const made = await send(page, await workbook('上半年名册.xlsx', first))
  assert.deepEqual(await counts(page), { 全部: 2000, '名册有、档案无': 2000 })
  await apply(page, made, '名册有、档案无')
  assert.match(await page.locator('main').innerText(), /没有不同/)
  assert.equal(await open(page), '2000 户')
  // One file is closed by hand, of somebody who stays on the roster.
  await page.goto(new URL('/clients?q=CG-00011', page.url()).href)
  await page.locator('table.stack tbody a').first().click()
  await page.getByRole('link', { name: '销档' }).first().click()
  await page.getByLabel(/原因/).selectOption({ label: '失联' })
  await page.locator('main .savebar button[type=submit]').click()
  await page.waitForLoadState()
  assert.equal(await open(page), '1999 户')

  const expected = {
    '名册有、档案无': newcomers.length, '名册在册、档案已销': 1, '档案有、名册无': each(3) + each(4), 已死亡: each(5), 社区变更: each(6),
    服务等级变更: each(7), 类别变更: each(8), 内容不一致: 3 * each(9) + 2 * each(10) + each(0),
  }
  const before = await seen(page)
  for (const viewport of [wide, phone]) {
    await page.setViewportSize(viewport)
    const address = await send(page, await workbook('下半年名册.xlsx', second))
    assert.deepEqual(await counts(page), { 全部: sum(expected) + 1, 无法确定是哪份档案: 1, ...expected })
    await sound(page)
    await page.goto(`${address}?kind=ambiguous`)
    assert.equal(await page.getByRole('checkbox').count(), 0, 'nobody applies a guess')
    await page.goto(`${address}?kind=conflict&page=10`)
    const sides = page.locator('main tbody tr')
    assert.match(await sides.last().innerText(), /联系电话 另一个号码[^]*联系电话 139\*{4}\d{4}/, 'both sides, as far as they may be shown')
    await page.goto(`${address}?kind=conflict&page=3`)
    assert.match(await sides.filter({ hasText: '身份证号' }).first().innerText(), /身份证号 \d{3,6}\*+/)
    assert.ok(!/\d{17}/.test(await page.locator('main').innerText()), 'no number whole')
    await sound(page)

    // Two of the new ones by their boxes, the others at once, then all the other kinds.
    await page.goto(`${address}?kind=new`)
    for (const name of ['示例2001', '示例2002']) await page.getByRole('checkbox', { name: new RegExp(`选 ${name}：`) }).check()
    await page.getByRole('button', { name: /应用勾选的/ }).click()
    await page.waitForURL(address)
    assert.equal((await counts(page))['名册有、档案无'], newcomers.length - 2)
    for (const label of Object.keys(expected)) await apply(page, address, label)
    assert.deepEqual(await counts(page), { 全部: 1, 无法确定是哪份档案: 1 })
    assert.equal(await open(page), `${2000 + newcomers.length - each(3) - each(4) - each(5)} 户`)
    assert.deepEqual(await seen(page), {
      'CG-00003': '', 'CG-00004': '', 'CG-00005': '', 'CG-00006': '示例6 户 二级 示例东 独居老年人', 'CG-00007': '示例7 户 一级 示例东 独居老年人',
      'CG-00008': '示例8 户 二级 示例西 低保对象、独居老年人', 'CG-00009': '改名9 户 二级 示例东 独居老年人', 'CG-10010': '示例10 户 二级 示例西 独居老年人',
      'CG-00011': '示例11 户 二级 示例东 独居老年人', 'CG-02001': '示例2001 户 二级 示例东 独居老年人',
    })

    await page.goto(address)
    await page.getByRole('button', { name: '撤销这次应用' }).click()
    await page.waitForURL(address)
    assert.match(await page.getByRole('status').innerText(), /已撤销/)
    assert.ok(!/保留没动的/.test(await page.locator('main').innerText()), 'everything went back')
    await sound(page)
    assert.equal(await open(page), '1999 户')
    assert.deepEqual(await seen(page), before)
  }
})
