// The service worker: the app opens without a signal. It keeps the files of one build, named by `FILES`, and nothing about
// anybody. A new build waits until whoever uses the app says so, or until it is opened afresh.
interface Waiting extends Event { waitUntil(promise: Promise<unknown>): void }
interface Asked extends Waiting { request: Request; respondWith(answer: Promise<Response>): void }
interface Worker {
  FILES: string[]
  caches: CacheStorage
  addEventListener(name: 'install' | 'activate', work: (event: Waiting) => void): void
  addEventListener(name: 'fetch', work: (event: Asked) => void): void
  addEventListener(name: 'message', work: (event: MessageEvent) => void): void
  skipWaiting(): Promise<void>
  clients: { claim(): Promise<void> }
  location: Location
}
export {}

const worker = self as unknown as Worker

const PAGE = '/app/'
const MANIFEST = '/app/manifest.webmanifest'
const build = `kapok-${worker.FILES.join(' ')}`

worker.addEventListener('install', (event) => {
  const all = [PAGE, MANIFEST, ...worker.FILES].map((path) => new Request(path, { cache: 'no-cache' }))
  event.waitUntil(worker.caches.open(build).then((cache) => cache.addAll(all)))
})

worker.addEventListener('activate', (event) => {
  const old = worker.caches.keys().then((names) =>
    Promise.all(names.filter((one) => one.startsWith('kapok-') && one !== build).map((one) => worker.caches.delete(one))))
  event.waitUntil(old.then(() => worker.clients.claim()))
})

worker.addEventListener('message', (event) => {
  if (event.data === 'take over') void worker.skipWaiting()
})

worker.addEventListener('fetch', (event) => {
  const { pathname, origin } = new URL(event.request.url)
  if (event.request.method !== 'GET' || origin !== worker.location.origin) return
  if (![PAGE, MANIFEST, ...worker.FILES].includes(pathname)) return
  const kept = worker.caches.open(build).then((cache) => cache.match(pathname))
  event.respondWith(kept.then((answer) => answer ?? fetch(event.request)))
})
