// The browser that tests and pictures use, and what every page is held to: no error, no request elsewhere.
import assert from 'node:assert/strict'
import AxeBuilder from '@axe-core/playwright'
import { chromium } from 'playwright-core'
import { state } from './accounts.js'

export const site = (process.env.KAPOK_URL ?? 'http://127.0.0.1:8080').replace(/\/$/, '')

const quiet = [
  '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync',
]

export const wide = { width: 1280, height: 900 }
export const phone = { width: 390, height: 844 }

export const launch = () =>
  chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: quiet })

/** Opens a page as an account of the sample, or as nobody with `as: null`; `troubles` collects what no page of ours may cause. */
export async function open(browser, path, { as = 'station_manager', ...options } = {}) {
  const storageState = as ? await state(browser, site, as) : undefined
  const context = await browser.newContext({ viewport: wide, locale: 'zh-CN', timezoneId: 'Asia/Shanghai', storageState, ...options })
  const page = await context.newPage()
  const troubles = []
  page.on('console', (message) => ['error', 'warning'].includes(message.type()) && troubles.push(message.text()))
  page.on('pageerror', (error) => troubles.push(String(error)))
  page.on('request', (request) => {
    if (!request.url().startsWith(site) && !request.url().startsWith('data:')) troubles.push(`asked ${request.url()}`)
  })
  const answer = await page.goto(site + path)
  return { context, page, troubles, answer }
}

/** Runs on a page and closes it; whatever the page caused fails the test, save what `expected` allows. */
export async function onPage(browser, path, options, work, expected = []) {
  const opened = await open(browser, path, options)
  try {
    await work(opened.page, opened.answer)
    assert.deepEqual(opened.troubles.filter((text) => !expected.some((part) => text.includes(part))), [], path)
  } finally {
    await opened.context.close()
  }
}

/** What axe is asked for: WCAG 2.2 AA, and good practice. */
const tags = ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa', 'best-practice']

/** Nothing for axe to find, in dark colours neither, and nothing beside the window. */
export async function sound(page) {
  const { violations } = await new AxeBuilder({ page }).withTags(tags).analyze()
  // The dark page has the same elements, and the same colours at every width: only these can be wrong, and are seen once.
  if (page.viewportSize().width > phone.width) {
    await page.emulateMedia({ colorScheme: 'dark' })
    const dark = await new AxeBuilder({ page }).withRules(['color-contrast']).analyze()
    await page.emulateMedia({ colorScheme: null })
    violations.push(...dark.violations)
  }
  assert.deepEqual(violations.map(({ id, nodes }) => [id, ...nodes.slice(0, 3).map((node) => node.html.slice(0, 160))]), [], page.url())
  await still(page)
}

/** Nothing beside the window. */
export async function still(page) {
  const [inner, outer] = await page.evaluate(() => [document.documentElement.scrollWidth, window.innerWidth])
  assert.ok(inner <= outer, `${page.url()}: ${inner} in ${outer}`)
}

/** An invented identity number (GB 11643): 17 digits and the check digit that follows from them. */
export function idNumber(first) {
  const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
  return first + '10X98765432'[weights.reduce((sum, weight, at) => sum + weight * Number(first[at]), 0) % 11]
}
