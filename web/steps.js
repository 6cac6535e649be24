// The steps of long stories: opening a page, pressing a button, sending many forms as a page would.
import { site } from './browser.js'

/** Presses a button and fails where the page then says that something is wrong. */
export async function press(page, button, timeout = 20_000) {
  await button.click({ timeout })
  await page.waitForLoadState()
  const refused = page.locator('main .page-head .meta', { hasText: '422' })
  if (await refused.count()) throw new Error(await page.locator('main h1').innerText())
  const alert = page.locator('main [role=alert]')
  if (await alert.count()) throw new Error(await alert.first().innerText())
}

/** The button of this name. */
export const named = (page, name) => page.getByRole('button', { name, exact: true })

/** Opens a page of the site and gives what stands on it. */
export async function go(page, path) {
  await page.goto(site + path)
  return page.locator('main')
}

/** Sends forms one after the other as the page itself would. */
export const send = (page, forms) => page.evaluate(async (forms) => {
  const token = document.querySelector('[name=_token]').value
  for (const [address, fields] of forms) {
    const key = [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('')
    const answer = await fetch(address, { method: 'POST', body: new URLSearchParams({ ...fields, _token: token, _key: key }) })
    if (!answer.ok) throw new Error(`${address}: ${answer.status} ${(await answer.text()).match(/<h1>.*?<\/h1>|class="err">[^<]*/g)}`)
  }
}, forms)
