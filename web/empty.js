// A program served from an empty folder, as on the first day, and the first way into it.
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { code, confirm, enter } from './accounts.js'

const secret = 'a sentence of one’s own 7'

/** Serves an empty folder: the site, the two one-time links that it printed, and how to stop it. */
export function serveEmpty() {
  const dir = mkdtempSync(join(tmpdir(), 'kapok-empty-'))
  const server = spawn(process.env.KAPOK_BIN ?? '../target/debug/kapok', ['serve', '--dir', dir, '--listen', '127.0.0.1:0'])
  const stop = () => {
    server.kill()
    rmSync(dir, { recursive: true, force: true })
  }
  return new Promise((resolve, reject) => {
    let printed = ''
    const take = (chunk) => {
      printed += chunk
      const links = printed.match(/\/invitation\/[0-9a-f]+/g) ?? []
      if (!/网站已打开/.test(printed) || links.length < 2) return
      resolve({ site: printed.match(/http:\/\/127\.0\.0\.1:\d+/)[0], links, stop })
    }
    server.stdout.on('data', take)
    server.stderr.on('data', take)
    server.on('exit', () => reject(new Error(printed)))
    setTimeout(() => reject(new Error(`not open: ${printed}`)), 30_000).unref()
  })
}

/** Uses an invitation and signs in; sets up the second factor where it is asked for. */
export async function begin(browser, site, way, name, viewport) {
  const page = await (await browser.newContext({ viewport, locale: 'zh-CN', timezoneId: 'Asia/Shanghai' })).newPage()
  page.setDefaultTimeout(30_000)
  await page.goto(site + way)
  for (const label of ['新密码', '再填一遍']) await page.getByLabel(label).fill(secret)
  await page.getByRole('button').click()
  await page.waitForURL(/sign-in$/)
  await enter(page, name, secret)
  if (page.url().includes('/sign-in/second')) {
    const key = (await page.locator('.facts .id').innerText()).replaceAll(/\s/g, '')
    await confirm(page, code(key))
    await page.getByRole('link', { name: /继续/ }).click()
    await page.waitForLoadState()
  }
  return page
}
