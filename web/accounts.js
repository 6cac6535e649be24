// Signing in to the sample: its accounts are the same in every sample, and in no other database.
import { createHmac } from 'node:crypto'

const second = {
  audit_admin: 'PACUWCVNZ3NXWZ3RLLBQESVYBX5I4MAO',
  evaluator: 'B7XUPQ6XGAZIQDEDMFWUJXO2UXNZFTVE',
  expert: 'HYOOXX6G3KJSXTL54VQEP2U7RYPAQQY5',
  supervision_centre: 'R3K5MSV2CXXT7LR25Q7KQW62AWRSJV7V',
  district_bureau: 'XEX44EPQSZFCTWIJBFEXRD564J54VRFZ',
  city: 'I6SJEJSSIENXEWDHMIT66UGB6Q6O7QBJ',
  system_admin: 'SDPUE7RWTNSQQK4XRLPBBH5TBEGQWPN4',
  security_admin: '6AG5EM64AIRZWOC2LRH7AMF2GY7IKNYE',
}
const order = [
  'worker', 'area_lead', 'station_manager', 'operator', 'evaluator', 'expert', 'street_office', 'supervision_centre',
  'district_bureau', 'city', 'system_admin', 'security_admin', 'audit_admin',
]

export const password = (name) => `sample-passphrase-${String(order.indexOf(name) + 1).padStart(2, '0')}`

/** The code that a telephone's app shows for a secret in base 32 (RFC 6238). */
export function code(secret, at = Date.now()) {
  const bits = [...secret].map((sign) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(sign).toString(2).padStart(5, '0')).join('')
  const key = Buffer.from(bits.match(/.{8}/g).map((byte) => parseInt(byte, 2)))
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(Math.floor(at / 30_000)))
  const hash = createHmac('sha1', key).update(counter).digest()
  const offset = hash[19] & 15
  return String((hash.readUInt32BE(offset) & 0x7fffffff) % 1_000_000).padStart(6, '0')
}

/** The code of an account of the sample. */
export const codeOf = (name) => code(second[name])

/** Fills in the form of the way in, which the page must show. */
export async function enter(page, name, secret = password(name)) {
  await page.getByLabel('登录名').fill(name)
  await page.getByLabel('密码', { exact: true }).fill(secret)
  await page.getByRole('button', { name: '登录' }).click()
  await page.waitForLoadState()
}

/** Fills in the second factor, which the page must ask for. */
export async function confirm(page, given) {
  await page.getByLabel(/验证码|6 位数字/).fill(given)
  await page.getByRole('button', { name: /继续|确认/ }).click()
  await page.waitForLoadState()
}

/** Fills in the code of an account of the sample. A code is good once: who came in by it a moment ago waits for the next. */
export async function identify(page, name) {
  await confirm(page, codeOf(name))
  if (!page.url().includes('/sign-in')) return
  await page.waitForTimeout(30_500 - Date.now() % 30_000)
  await confirm(page, codeOf(name))
}

const states = new Map()

/** What a browser keeps in which an account of the sample is signed in; once for each process. */
export function state(browser, site, name) {
  if (!states.has(name)) states.set(name, signIn(browser, site, name))
  return states.get(name)
}

async function signIn(browser, site, name) {
  const context = await browser.newContext()
  const page = await context.newPage()
  await page.goto(`${site}/sign-in`)
  await enter(page, name)
  if (second[name]) await identify(page, name)
  if (page.url().includes('/sign-in')) throw new Error(`${name} did not get in: ${await page.locator('main').innerText()}`)
  const kept = await context.storageState()
  await context.close()
  return kept
}
