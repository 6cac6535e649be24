// What this device keeps, in IndexedDB. `keys`: the key to everything readable. `meta`: which device this is, nothing about
// anybody. `copy` and `drafts`: encrypted. `queue`: each entry encrypted and sealed; the sealed half outlives the key.
import type { Envelope, Item, Store } from '../sync'
import { lock, newKey, unlock, type Locked, type ServerKey } from './crypto'

export interface Device { id: string; user: string; name: string; until: number; key: ServerKey }

/** `outcome` stands in clear only where there is no key: the server then says nothing of anybody. */
interface Kept extends Omit<Item, 'entry' | 'envelope'> { readable: Locked | null; envelope: Envelope | null }

/** The browser has no room left. */
export class Full extends Error {}

const STORES = ['keys', 'meta', 'queue', 'copy', 'drafts']

const asked = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
  })

export class Base implements Store {
  private key: CryptoKey | null = null

  private constructor(private readonly db: IDBDatabase) {}

  static async open(): Promise<Base> {
    const request = indexedDB.open('kapok-app', 1)
    request.onupgradeneeded = () => STORES.forEach((name) => request.result.createObjectStore(name))
    const base = new Base(await asked(request))
    const kept = await base.get<{ key: CryptoKey; until: number; latest: number }>('keys', 'readable')
    if (kept) {
      // A clock that was set back does not make the key live longer.
      const now = Math.max(Date.now(), kept.latest)
      if (now >= kept.until) await base.forget()
      else {
        base.key = kept.key
        await base.write(['keys'], (at) => at('keys').put({ ...kept, latest: now }, 'readable')).catch(() => undefined)
      }
    }
    return base
  }

  get readable(): boolean {
    return this.key !== null
  }

  /** A key until a moment, where there is none. */
  async trust(until: number): Promise<void> {
    const key = this.key ?? (await newKey())
    await this.write(['keys'], (at) => at('keys').put({ key, until, latest: Date.now() }, 'readable'))
    this.key = key
  }

  /** Destroys the key and all that it opens; what is sealed to the server stays. */
  async forget(): Promise<void> {
    this.key = null
    await this.write(['keys', 'copy', 'drafts'], (at) => ['keys', 'copy', 'drafts'].forEach((name) => at(name).clear()))
    const all = await this.all<Kept>('queue')
    await this.write(['queue'], (at) => all.forEach((kept) => at('queue').put({ ...kept, readable: null }, kept.id)))
  }

  private get<T>(store: string, name: string): Promise<T | undefined> {
    return asked(this.db.transaction(store).objectStore(store).get(name) as IDBRequest<T | undefined>)
  }

  private all<T>(store: string): Promise<T[]> {
    return asked(this.db.transaction(store).objectStore(store).getAll() as IDBRequest<T[]>)
  }

  /** Writes all of it or nothing; back once it is on the disk. */
  private write(stores: string[], work: (at: (name: string) => IDBObjectStore) => void): Promise<void> {
    return new Promise((resolve, reject) => {
      const tx = this.db.transaction(stores, 'readwrite', { durability: 'strict' })
      const full = (error: unknown): unknown => (error instanceof DOMException && error.name === 'QuotaExceededError' ? new Full() : error)
      const failed = (): void => reject(full(tx.error))
      tx.oncomplete = () => resolve()
      tx.onabort = failed
      tx.onerror = failed
      try {
        work((name) => tx.objectStore(name))
      } catch (error) {
        reject(full(error))
        tx.abort()
      }
    })
  }

  device(): Promise<Device | undefined> {
    return this.get('meta', 'device')
  }

  async setDevice(device: Device): Promise<void> {
    await this.write(['meta'], (at) => at('meta').put(device, 'device'))
  }

  /** Something readable: the copy of what the server has, or a form that is half filled in. */
  async read<T>(store: 'copy' | 'drafts', name: string): Promise<T | undefined> {
    const kept = await this.get<Locked>(store, name)
    return kept && this.key ? unlock<T>(this.key, `${store}.${name}`, kept).catch(() => undefined) : undefined
  }

  async keep(store: 'copy' | 'drafts', name: string, value: unknown): Promise<void> {
    if (!this.key) return
    const kept = await lock(this.key, `${store}.${name}`, value)
    await this.write([store], (at) => at(store).put(kept, name))
  }

  async drop(store: 'copy' | 'drafts', name: string): Promise<void> {
    await this.write([store], (at) => at(store).delete(name))
  }

  drafts(): Promise<string[]> {
    return asked(this.db.transaction('drafts').objectStore('drafts').getAllKeys() as IDBRequest<string[]>)
  }

  async items(): Promise<Item[]> {
    return Promise.all((await this.all<Kept>('queue')).map((kept) => this.opened(kept)))
  }

  private async opened({ readable, ...kept }: Kept): Promise<Item> {
    const nothing = { entry: null, outcome: kept.outcome ?? null }
    const inside = readable && this.key
      ? await unlock<Pick<Item, 'entry' | 'outcome'>>(this.key, `queue.${kept.id}`, readable).catch(() => nothing)
      : nothing
    return { ...kept, ...inside }
  }

  private async locked({ entry, outcome, ...kept }: Item): Promise<Kept> {
    if (!this.key) return { ...kept, outcome, readable: null }
    return { ...kept, outcome: null, readable: await lock(this.key, `queue.${kept.id}`, { entry, outcome }) }
  }

  async put(item: Item): Promise<void> {
    const kept = await this.locked(item)
    await this.write(['queue'], (at) => at('queue').put(kept, item.id))
  }

  async replace(old: string, item: Item): Promise<void> {
    const kept = await this.locked(item)
    await this.write(['queue'], (at) => {
      at('queue').delete(old)
      at('queue').put(kept, item.id)
    })
  }

  /** Puts an entry into the queue and takes its draft away, in one step. */
  async finish(item: Item, draft: string): Promise<void> {
    const kept = await this.locked(item)
    await this.write(['queue', 'drafts'], (at) => {
      at('queue').put(kept, item.id)
      at('drafts').delete(draft)
    })
  }

  /** Forgets what the server has had for a while. */
  async tidy(before: number): Promise<void> {
    const old = (await this.all<Kept>('queue')).filter((kept) => !['queued', 'needs_you'].includes(kept.state))
    // The id begins with the moment it was made.
    const ids = old.map((kept) => kept.id).filter((id) => parseInt(id.replace('-', '').slice(0, 12), 16) < before)
    if (ids.length > 0) await this.write(['queue'], (at) => ids.forEach((id) => at('queue').delete(id)))
  }
}
