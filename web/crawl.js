// Going from page to page by the links on them, as somebody does who looks at everything.
import { execFileSync } from 'node:child_process'

/** What the site answers to GET: `{ path, needs, public }`. */
export const routes = JSON.parse(execFileSync(process.env.KAPOK_BIN ?? '../target/debug/kapok', ['routes', '--format', 'json']))
  .filter(({ method }) => method === 'GET')

const matches = (route, parts) => {
  const own = route.path.split('/')
  return own.length === parts.length && own.every((part, at) => part.startsWith('{') || part === parts[at])
}
const literal = (route) => route.path.split('/').filter((part) => !part.startsWith('{')).length

/** The route that answers to an address: of several the one that says most of it. */
export const routeOf = (address) => {
  const parts = address.split(/[?#]/)[0].split('/')
  return routes.filter((route) => matches(route, parts)).sort((a, b) => literal(b) - literal(a))[0]?.path
}

/**
 * Goes from the first page by links, the nearest first, to at most `each` addresses of one route. `look` opens an address (which
 * belongs to a route and was first read on a page) and gives the addresses that stand there; what else it saw it keeps itself.
 */
export async function walk(each, look, first = '/') {
  const known = new Map([[first, '']])
  const counts = new Map()
  for (const [address, from] of known) {
    const route = routeOf(address)
    if (!route || (counts.get(route) ?? 0) >= each) continue
    counts.set(route, (counts.get(route) ?? 0) + 1)
    for (const link of await look(address, route, from)) {
      const to = link.split('#')[0]
      if (!known.has(to)) known.set(to, address)
    }
  }
}

/** The addresses of this site in a page's source. */
export const links = (source) =>
  [...source.matchAll(/href="(\/[^"]*)"/g)].map(([, address]) => address.replaceAll('&#38;', '&').replaceAll('&amp;', '&'))
