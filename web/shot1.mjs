import { launch, open, phone, wide } from './browser.js'
const browser = await launch()
const pages = JSON.parse(process.env.PAGES)
for (const [name, path, as] of pages) for (const viewport of [wide, phone]) {
  const { context, page } = await open(browser, path, { viewport, as })
  await page.screenshot({ path: `/tmp/shots/${name}-${viewport.width}.png`, fullPage: true })
  await context.close()
}
await browser.close()
