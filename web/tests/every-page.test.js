// Every page of the site, as whoever may see it gets there by links: nothing for axe to find, nothing beside the window at either
// width, no trouble on the console, no request elsewhere, and small. A new page that nobody is led to is found here.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { launch, open, site } from '../browser.js'
import { any, day, record } from '../by-hand.js'
import { routes } from '../crawl.js'
import { lookAround, ofARound } from '../look-around.js'

let browser
before(async () => { browser = await launch() })
after(() => browser.close())

/** What is no page of the office: files, answers for scripts, the telephone app, whose screens `phone.test.js` looks at. */
const files = /\.(docx|pdf|xlsx|zip|json)$|\{file\}$|^\/api\/|^\/app\/($|worker|manifest)|\/(find|export|template|file|marked)$/
/** Pages that others look at: the way in, and what is there for a while only. */
const elsewhere = [
  '/sign-in', '/sign-in/second', '/invitation/{token}', // sign-in
  '/app/quarantine/{entry}', // phone
  '/clients/roster/{import}', // roster
  '/reports/seals/{seal}', // round
  '/evaluation/rounds/{round}/desk', // leads on to its first item
  ...ofARound,
]

/** Gives a household what the sample's have none of, and brings in a workbook; where that leads. */
async function fill(page) {
  await page.goto(`${site}/clients`)
  const file = await page.locator('table.stack tbody a').first().getAttribute('href')
  const today = day(0)
  await record(page, `${file}/contact`, { name: '示例侄女', relation: '侄女', phone: '13800007777' })
  await record(page, `${file}/need`, { person: any, need: '浴室装扶手', urgency: 'month' })
  await record(page, `${file}/risk`, { person: any, risk: 'low', kinds: any, note: '独自洗澡' })
  await page.goto(site + file)
  const consent = await page.locator('a[href$="/consent"]').first().getAttribute('href')
  await record(page, consent, { signed_on: today, guardian: '示例监护人', guardian_relation: '母亲' })
  const attached = (name, text) => ({ name, mimeType: 'text/plain', buffer: Buffer.from(text) })
  await page.getByRole('link', { name: '附上文件', exact: true }).click()
  await page.getByLabel('文件', { exact: true }).setInputFiles(attached('示例同意书.txt', '同意'))
  await page.getByLabel('种类').selectOption({ label: '其他' })
  await page.getByRole('button', { name: '附上' }).click()
  await page.waitForURL(/#documents$/)
  await page.goto(`${site}/transfer/activity`)
  await page.getByLabel('表格文件').setInputFiles(attached('示例活动.csv', `活动名称,规模,举办日期,地点,状态,参加人次,社区\n示例活动,大型,${today},广场,已举办,很多,没有的社区\n`))
  await page.getByRole('button', { name: '读取' }).click()
  await page.waitForURL(/\/transfer\/imports\//)
  return file
}

test('every page', { timeout: 2_400_000 }, async () => {
  const seen = new Set()
  const roles = ['station_manager', 'worker', 'evaluator', 'expert', 'system_admin', 'security_admin', 'audit_admin', 'district_bureau']
  for (const as of roles) {
    const { context, page, troubles } = await open(browser, '/', { as })
    if (as === 'station_manager') await lookAround(page, seen, { first: await fill(page) })
    await lookAround(page, seen, { each: as === 'station_manager' ? 12 : 2 })
    assert.deepEqual(troubles, [], as)
    await context.close()
  }
  const unseen = routes.map(({ path }) => path).filter((path) => !seen.has(path) && !files.test(path))
  assert.deepEqual(unseen.sort(), elsewhere.sort())
})
