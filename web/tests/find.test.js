// Fields that say which record is meant: with a script they offer what they may mean, without one they are looked up.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { launch, onPage, phone, site, sound, wide } from '../browser.js'

let browser
before(async () => { browser = await launch() })
after(() => browser.close())

for (const [width, viewport] of [[1280, wide], [390, phone]]) {
  describe(`at ${width}`, () => {
    test('somebody is found while one types, and chosen with the keys alone', () =>
      onPage(browser, '/visits/visits/new', { viewport }, async (page) => {
        const field = page.getByRole('combobox', { name: '服务对象', exact: true })
        await field.pressSequentially('示例')
        const options = page.locator('.found:not([hidden]) [role=option]')
        await options.first().waitFor()
        assert.equal(await options.count(), 8)
        await sound(page)
        await field.press('ArrowDown')
        await field.press('ArrowDown')
        const second = await options.nth(1).innerText()
        await field.press('Enter')
        assert.equal(await field.inputValue(), second)
        assert.equal(await options.count(), 0)
        const sent = () => page.evaluate(() => new FormData(document.querySelector('form.narrow')).getAll('person_id'))
        assert.match((await sent()).join(), /^[0-9a-f-]{36}$/)
        // Typing on takes it back: what is sent is what stands there.
        await field.press('End')
        await field.pressSequentially('？')
        assert.deepEqual(await sent(), [`${second}？`])
        await field.fill('没有这个人的名字')
        await page.getByText('没有找到').waitFor({ state: 'attached' })
        assert.equal(await options.count(), 0)
      }))

    test('without a script the text is looked up when it is sent', () =>
      onPage(browser, '/visits/visits/new', { viewport, javaScriptEnabled: false }, async (page) => {
        await page.getByLabel('服务对象', { exact: true }).fill('没有这个人的名字')
        await page.getByRole('button', { name: '保存' }).click()
        assert.match(await page.getByRole('alert').innerText(), /还没有保存/)
        assert.equal(page.url(), `${site}/visits/visits/new`)
      }, ['422']))
  })
}
