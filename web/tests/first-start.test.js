// From an empty folder to the first household file: two administrators, a station, a manager, all in the browser.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { launch, phone, wide } from '../browser.js'
import { begin, serveEmpty } from '../empty.js'

let browser
const stops = []

before(async () => { browser = await launch() })
after(async () => {
  await browser.close()
  for (const stop of stops) stop()
})

async function send(page, fields, button = '保存') {
  for (const [label, value] of Object.entries(fields)) await page.getByLabel(label, { exact: true }).fill(value)
  await page.getByRole('button', { name: button }).click()
  await page.waitForLoadState()
}

for (const [width, viewport] of [['1280', wide], ['390', phone]]) test(`first start to first household file at ${width}`, async () => {
  const served = await serveEmpty()
  stops.push(served.stop)
  const { site, links: [first, other] } = served
  const admin = await begin(browser, site, first, 'admin', viewport)
  await admin.goto(`${site}/areas/new`)
  await send(admin, { 名称: '示例街社工服务站', 代码: 'shilijie', 区: '示例区', 镇街: '示例街', 地址: '示例路一号', 从哪天开始运营: '2024-01-01' })
  assert.match(await admin.locator('main').innerText(), /示例街社工服务站/)
  await admin.goto(`${site}/areas/shilijie/new/community`)
  for (const [label, value] of [[/^名称|社区名/, '示例东'], [/^代码/, 'dong']]) await admin.getByLabel(label).first().fill(value)
  const position = admin.getByLabel(/次序|位次|排在/)
  if (await position.count()) await position.first().fill('1')
  await send(admin, {})
  assert.match(await admin.locator('main').innerText(), /示例东/)
  await admin.goto(`${site}/access/new`)
  await send(admin, { 登录名: 'zhang', 姓名: '示例站长' })
  await admin.waitForURL(/\/access\/[0-9a-f-]{36}$/)
  const account = new URL(admin.url()).pathname
  await admin.getByRole('button', { name: '给新的登录链接' }).click()
  await admin.waitForLoadState()
  const way = (await admin.locator('section .id').innerText()).trim().replace(/^https?:\/\/[^/]+/, '')

  const security = await begin(browser, site, other, 'security', viewport)
  await security.goto(`${site}${account}/grant`)
  await security.getByLabel('角色').selectOption({ label: '站长' })
  await security.getByLabel('范围').selectOption({ label: '示例街社工服务站' })
  await send(security, {})
  assert.match(await security.locator('main').innerText(), /站长[^]*示例街社工服务站/)

  const manager = await begin(browser, site, way, 'zhang', viewport)
  assert.equal(new URL(manager.url()).pathname, '/')
  assert.match(await manager.locator('main').innerText(), /开站还缺[^]*服务协议/)
  await manager.goto(new URL('/clients', manager.url()).href)
  await manager.waitForURL(/\/clients$/)
  assert.match(await manager.locator('main').innerText(), /这里还没有档案/)
  await manager.goto(`${site}/clients/new`)
  await manager.getByLabel('社区', { exact: true }).selectOption({ label: '示例东' })
  await manager.getByLabel('户在人在', { exact: true }).check()
  await manager.getByLabel('三级', { exact: true }).check()
  await send(manager, {
    档案号: '示例东-0001', 街巷和楼号: '示例路 2 号', 门牌: '101 房', 姓名: '示例甲', 身份证号: '11010519491231002X', 依据: '家人照料',
  })
  await manager.waitForURL(/\/clients\/[0-9a-f-]{36}$/)
  assert.match(await manager.locator('h1').innerText(), /示例甲 户/)
})
