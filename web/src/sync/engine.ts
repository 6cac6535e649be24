// The queue of what was written down on this device, and the one way it goes to the server: each entry once, those of one
// household in their order, nothing overwritten that nobody has seen. Between any two steps everything may die: what is
// done next depends on what the store says alone.
import { over, pause } from './backoff'
import { Ended, Lost, type Entry, type Fields, type Item, type Outcome, type Tools } from './types'

/** As many as the server takes at once, with room for photographs. */
const MOST = 20
const MOST_BYTES = 6_000_000

const done = (item: Item): boolean => item.state === 'sent' || item.state === 'accepting' || item.state === 'dropped'

const inOrder = (items: Item[]): Item[] => [...items].sort((a, b) => a.order - b.order || (a.id < b.id ? -1 : 1))

/** What can be sent now: of each household, from the oldest on, until one that a person has to look at. */
export function sendable(items: Item[], now: number): (Entry & { after?: string })[] {
  const batch: (Entry & { after?: string })[] = []
  const before = new Map<string, Item | null>()
  let bytes = 0
  for (const item of inOrder(items)) {
    if (done(item)) continue
    const last = before.get(item.household)
    if (last === null) continue
    if (item.state !== 'queued' || !item.entry || (!last && !over(item.not_before, now))) {
      before.set(item.household, null)
      continue
    }
    bytes += item.entry.photos.reduce((sum, photo) => sum + photo.content.length, 2_000 + (item.entry.signature?.content.length ?? 0))
    if (batch.length === MOST || (batch.length > 0 && bytes > MOST_BYTES)) break
    batch.push(last ? { ...item.entry, after: last.id } : item.entry)
    before.set(item.household, item)
  }
  return batch
}

/** When the next one may be sent; null where nothing waits for that. */
export function nextAt(items: Item[]): number | null {
  const waiting = items.filter((item) => item.state === 'queued').map((item) => item.not_before)
  return waiting.length === 0 ? null : Math.min(...waiting)
}

export class Engine {
  private running: Promise<void> | null = null

  constructor(private readonly tools: Tools) {}

  /** Keeps an entry. Once this has come back, the entry is safe: it arrives, or somebody decides against it. */
  async save(entry: Entry): Promise<Item> {
    const items = await this.tools.store.items()
    const order = items.reduce((last, item) => Math.max(last, item.order), 0) + 1
    const item = await this.item(entry, order)
    await this.tools.store.put(item)
    return item
  }

  private async item(entry: Entry, order: number): Promise<Item> {
    const envelope = await this.tools.seal(entry)
    const { id, household } = entry
    return { id, household, order, state: 'queued', entry, envelope, attempts: 0, not_before: 0, outcome: null }
  }

  /** Sends what can be sent; two calls at once are one. */
  sync(): Promise<void> {
    this.running ??= this.send().finally(() => (this.running = null))
    return this.running
  }

  private async send(): Promise<void> {
    const { store, transport } = this.tools
    for (;;) {
      const batch = sendable(await store.items(), this.tools.now())
      if (batch.length === 0) return
      let outcomes: Outcome[]
      try {
        outcomes = await transport.push(batch)
      } catch (error) {
        if (error instanceof Ended) return this.tools.ended(error.code)
        if (!(error instanceof Lost)) throw error
        return this.later(batch.map((entry) => entry.id), error.retryAfter)
      }
      const held = await this.settle(outcomes)
      if (held.length > 0) return this.later(held, 0)
      // An answer that says nothing of what was sent: as if it had been lost, so that nothing is sent without end.
      const silent = batch.filter((entry) => !outcomes.some((outcome) => outcome.id === entry.id))
      if (silent.length > 0) return this.later(silent.map((entry) => entry.id), 0)
    }
  }

  /** Notes what came of entries; those that have to wait for others. */
  private async settle(outcomes: Outcome[]): Promise<string[]> {
    const held: string[] = []
    for (const outcome of outcomes) {
      const item = (await this.tools.store.items()).find((one) => one.id === outcome.id)
      // Decided meanwhile in another tab, or answered before.
      if (!item || done(item)) continue
      if (outcome.state === 'held') held.push(item.id)
      else await this.tools.store.put(settled(item, outcome))
    }
    return held
  }

  private async later(ids: string[], asked: number): Promise<void> {
    for (const item of await this.tools.store.items()) {
      if (!ids.includes(item.id) || item.state !== 'queued') continue
      const attempts = item.attempts + 1
      const not_before = this.tools.now() + pause(attempts, this.tools.chance(), asked)
      await this.tools.store.put({ ...item, attempts, not_before })
    }
  }

  /**
   * Sends everything that the server has not got, sealed, once it does not trust this device any more; or, once it does
   * again, what cannot be read here since then.
   */
  async handOver(all = true): Promise<void> {
    const open = inOrder(await this.tools.store.items()).filter((item) => !done(item) && item.envelope && (all || !item.entry))
    const due = open.filter((item) => over(item.not_before, this.tools.now()))
    for (let at = 0; at < due.length; ) {
      const batch: Item[] = []
      let bytes = 0
      for (const item of due.slice(at, at + MOST)) {
        bytes += item.envelope?.sealed.length ?? 0
        if (batch.length > 0 && bytes > MOST_BYTES) break
        batch.push(item)
      }
      at += batch.length
      try {
        const envelopes = batch.flatMap((item) => (item.envelope ? [item.envelope] : []))
        for (const outcome of await this.tools.transport.quarantine(envelopes)) {
          const item = batch.find((one) => one.id === outcome.id)
          if (item) await this.tools.store.put(settled(item, outcome))
        }
      } catch (error) {
        if (!(error instanceof Lost)) throw error
        const asked = error.retryAfter
        return this.laterSealed(batch, asked)
      }
    }
  }

  private async laterSealed(batch: Item[], asked: number): Promise<void> {
    for (const item of batch) {
      const attempts = item.attempts + 1
      await this.tools.store.put({ ...item, attempts, not_before: this.tools.now() + pause(attempts, this.tools.chance(), asked) })
    }
  }

  /**
   * What a person decided of an entry that needs them: other fields, made in sight of the version that stands, in the same
   * place of the queue; or nothing of it.
   */
  async decide(id: string, fields: Fields | null): Promise<void> {
    const item = (await this.tools.store.items()).find((one) => one.id === id)
    if (!item || item.state !== 'needs_you') return
    if (fields === null) {
      await this.tools.store.put({ ...item, state: 'dropped', entry: null, envelope: null })
      return
    }
    if (!item.entry) return
    const outcome = item.outcome
    const base = outcome?.state === 'conflict' && outcome.version !== undefined ? outcome.version : item.entry.base
    const record = outcome?.code === 'record_exists' ? this.tools.id() : item.entry.record
    const entry = { ...item.entry, id: this.tools.id(), record, base, fields }
    await this.tools.store.replace(id, await this.item(entry, item.order))
  }
}

function settled(item: Item, outcome: Outcome): Item {
  const fresh = { ...item, attempts: 0, not_before: 0, outcome }
  switch (outcome.state) {
    case 'written':
      return { ...fresh, state: 'sent', entry: null, envelope: null }
    case 'waiting':
      return { ...fresh, state: 'accepting', entry: null, envelope: null }
    case 'held':
      return item
    default:
      return { ...fresh, state: 'needs_you' }
  }
}
