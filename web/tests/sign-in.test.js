// The way in and out, one's own account, and the accounts of all, in a real browser.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { code, codeOf, confirm, enter, identify } from '../accounts.js'
import { launch, onPage, open, phone, site, sound, wide } from '../browser.js'

const deep = '/figures/phone_visits?station=changgang&as_of=2024-12-31'

let browser
before(async () => { browser = await launch() })
after(async () => { await browser.close() })

const visit = (...asked) => onPage(browser, ...asked)

for (const [width, viewport, judge] of [['1280', wide, 'evaluator'], ['390', phone, 'expert']]) {
  describe(`at ${width}`, () => {
    test('a signed-out deep link leads back to where one wanted to go', () =>
      visit(deep, { viewport, as: null, javaScriptEnabled: false }, async (page) => {
        assert.match(page.url(), /\/sign-in\?next=/)
        await enter(page, 'worker')
        assert.equal(page.url(), site + deep)
        assert.equal(await page.locator('.score b').innerText(), '8,642')
      }))

    test('a wrong password is said beside the field', () =>
      visit('/sign-in', { viewport, as: null }, async (page) => {
        await enter(page, 'operator', 'not the passphrase')
        const name = page.getByLabel('登录名')
        assert.equal(await name.getAttribute('aria-invalid'), 'true')
        assert.match(await page.locator(`#${await name.getAttribute('aria-describedby')}`).innerText(), /登录名或密码不对/)
        assert.equal(await name.inputValue(), 'operator')
        assert.equal(await page.getByLabel('密码', { exact: true }).inputValue(), '')
        await sound(page)
        await enter(page, 'operator')
        await page.waitForURL(`${site}/`)
      }, ['422']))

    test(`${judge} signs in with a second factor`, () =>
      visit(deep, { viewport, as: null }, async (page) => {
        await enter(page, judge)
        assert.match(page.url(), /\/sign-in\/second\?next=/)
        await sound(page)
        await page.goto(site + deep)
        assert.match(page.url(), /\/sign-in\/second/, 'halfway there is nothing else to be seen')
        const given = codeOf(judge)
        await confirm(page, '000000' === given ? '000001' : '000000')
        assert.match(await page.locator('#e-code').innerText(), /验证码不对/)
        await identify(page, judge)
        assert.ok(!page.url().includes('/sign-in'), page.url())
        assert.match(await page.locator('.top').innerText(), /示例/)
      }, ['422']))

    test('axe finds nothing, light or dark', async () => {
      for (const [path, as] of [['/sign-in', null], ['/account', 'station_manager'], ['/account/password', 'station_manager'], ['/access', 'system_admin'], ['/access/new', 'system_admin']]) {
        await visit(path, { viewport, as }, async (page) => {
          assert.ok(await page.locator('.sample').isVisible(), `${path} says that it is a sample`)
          await sound(page)
        })
      }
    })

    test('one sees where one is signed in, and ends it elsewhere', async () => {
      const [here, there] = [await open(browser, '/sign-in', { viewport, as: null }), await open(browser, '/sign-in', { as: null })]
      for (const { page } of [here, there]) await enter(page, 'area_lead')
      await here.page.goto(`${site}/account`)
      const rows = here.page.locator('[aria-labelledby=h-logins] li')
      const before = await rows.count()
      assert.ok(before >= 2, `${before} logins`)
      assert.equal(await rows.filter({ hasText: '这里' }).count(), 1)
      while (await here.page.getByRole('button', { name: /结束/ }).count()) {
        await here.page.getByRole('button', { name: /结束/ }).first().click()
        await here.page.waitForURL(/\/account$/)
      }
      assert.equal(await rows.count(), 1)
      await there.page.goto(site + deep)
      assert.match(there.page.url(), /\/sign-in\?next=/)
      for (const { context, troubles } of [here, there]) {
        assert.deepEqual(troubles, [])
        await context.close()
      }
    })

    test('whoever signs out is out', () =>
      visit('/sign-in', { viewport, as: null }, async (page) => {
        await enter(page, 'street_office')
        await page.getByRole('button', { name: '退出' }).click()
        await page.waitForURL(/\/sign-in$/)
        await page.goBack()
        await page.goto(site + deep)
        assert.match(page.url(), /\/sign-in\?next=/)
      }))

    test('from a new account to its owner at work', async () => {
      const name = `xin.${width}`
      const admin = await open(browser, '/access', { viewport, as: 'system_admin' })
      await admin.page.getByRole('link', { name: '开账号' }).click()
      await admin.page.getByLabel('登录名').fill(name)
      await admin.page.getByLabel('姓名').fill('示例新')
      await admin.page.getByRole('button', { name: '保存' }).click()
      await admin.page.waitForURL(/\/access\/[0-9a-f-]+$/)
      await sound(admin.page)
      const path = new URL(admin.page.url()).pathname
      await admin.page.getByRole('button', { name: '给新的登录链接' }).click()
      await admin.page.waitForLoadState()
      await sound(admin.page)
      const link = (await admin.page.locator('section .id').innerText()).trim()
      const security = await open(browser, path, { viewport, as: 'security_admin' })
      await security.page.getByRole('link', { name: '授予角色' }).click()
      await sound(security.page)
      await security.page.getByRole('button', { name: '保存' }).click()
      await security.page.waitForLoadState()
      assert.match(await security.page.getByRole('alert').innerText(), /要改 \d 处/)
      await sound(security.page)
      await security.page.getByLabel('角色').selectOption({ label: '督导中心' })
      await security.page.getByLabel('范围').selectOption({ label: '海珠区' })
      await security.page.getByRole('button', { name: '保存' }).click()
      await security.page.waitForURL(site + path)
      assert.match(await security.page.locator('[aria-labelledby=h-grants]').innerText(), /督导中心 · 海珠区/)
      const own = await open(browser, link, { viewport, as: null })
      await sound(own.page)
      for (const label of ['新密码', '再填一遍']) await own.page.getByLabel(label).fill('a sentence of my own')
      await own.page.getByRole('button').click()
      await own.page.waitForURL(/\/sign-in$/)
      await enter(own.page, name, 'a sentence of my own')
      await sound(own.page)
      assert.ok(await own.page.locator('.qr svg').isVisible())
      const secret = (await own.page.locator('.facts .id').innerText()).replaceAll(/\s/g, '')
      await confirm(own.page, code(secret))
      assert.equal(await own.page.locator('.codes li').count(), 10)
      await sound(own.page)
      await own.page.getByRole('link', { name: '记下了，继续' }).click()
      await own.page.waitForURL(`${site}/`)
      for (const [{ context, troubles }, allowed] of [[admin, []], [security, ['422']], [own, []]]) {
        assert.deepEqual(troubles.filter((text) => !allowed.some((part) => text.includes(part))), [])
        await context.close()
      }
    })
  })
}
