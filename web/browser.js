// The browser that tests and pictures use, and what every page is held to: no error, no request elsewhere.
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
