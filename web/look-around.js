// Looking at every page of the site, as somebody who may see it gets there by links.
import assert from 'node:assert/strict'
import { phone, site, sound, still, wide } from './browser.js'
import { links, routeOf, walk } from './crawl.js'

/** The most that a page may weigh with its styles and scripts, without pictures, as it is sent: bytes. */
const HEAVIEST = 150_000

/** Pages that are there while a round is under way: `tests/round.test.js` looks at them. */
export const ofARound = [
  '/evaluation/seats', '/evaluation/seats/{own}', '/evaluation/wishes', '/evaluation/experts/{expert}', '/evaluation/experts/{expert}/edit',
  ...[
    'edit', 'challenge', 'self/{item}', 'on-site/new', 'on-site/{note}', 'on-site/{note}/edit', 'sample/calls', 'sample/calls/{drawn}',
    'sample/calls/{drawn}/questionnaire', 'survey', 'desk/all', 'desk/{cell}', 'findings/new',
  ].map((page) => `/evaluation/rounds/{round}/${page}`),
]

/** What the page, its styles and its scripts weigh as they are sent. */
const weight = (page) => page.evaluate(() => [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')]
  .filter(({ initiatorType }) => ['navigation', 'link', 'script'].includes(initiatorType))
  .reduce((sum, { encodedBodySize }) => sum + encodedBodySize, 0))

/** Looks at the page as it stands: nothing for axe to find, nothing beside the window at either width, and small. */
export async function look(page, seen) {
  const before = page.viewportSize()
  seen.add(routeOf(new URL(page.url()).pathname))
  await page.setViewportSize(wide)
  await sound(page)
  const bytes = await weight(page)
  assert.ok(bytes < HEAVIEST, `${page.url()}: ${bytes} bytes`)
  await page.setViewportSize(phone)
  await still(page)
  await page.setViewportSize(before)
}

/**
 * Goes from `first` by links and looks at one page of each route that is not in `seen` yet; no link may lead where its reader is refused. Of
 * one route it follows at most `each` addresses to find others.
 */
export async function lookAround(page, seen, { first = '/', each = 12 } = {}) {
  const dead = []
  await walk(each, async (address, route, from) => {
    const answer = await page.request.get(site + address)
    if (!answer.ok()) dead.push(`${answer.status()} ${address}, on ${from}`)
    const { 'content-type': type, 'content-disposition': file } = answer.headers()
    if (!/text\/html/.test(type ?? '') || file || answer.status() !== 200) return []
    if (seen.has(route)) return links(await answer.text())
    seen.add(route)
    await page.goto(site + address)
    await look(page, seen)
    return links(await page.content())
  }, first)
  assert.deepEqual(dead, [], 'a link leads where its reader may not go')
}
