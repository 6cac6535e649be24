// What the app knows, and how it gets it. Views read from here and are drawn again whenever it says so.
import { Ended, Engine, Lost, nextAt, type Entry, type Fields, type Item, type Photo } from '../sync'
import { Base, type Device } from './base'
import { seal, uuid7 } from './crypto'
import { endDevice, get, transport } from './net'

export interface Person { id: string; name: string; categories: string[]; phone: string | null; minor?: boolean }
/** Something promised earlier and not settled. */
export interface Promised { id: string; what: string; due_on: string; state: string }
export interface Household {
  household: string; title: string; file_number: string; community: string; address: string; level: string | null
  persons: Person[]; last_home: string | null; last_phone: string | null
  due: { by: string; on: string; overdue: number; why: string } | null
  promised?: Promised[]
}
/** Any of these, each of which holds where all of its fields say so. */
export type When = [string, string][][]
export interface Field {
  name: string; label: string; hint: string
  kind: 'text' | 'long' | 'whole' | 'date' | 'time' | 'flag' | 'word' | 'person' | 'people' | 'many'
  options: [string, string][]; must: boolean; shown: When; free: When; initial: string; most: number | null
}
export interface Section { name: string; title: string; hint: string; folded: boolean; fields: Field[] }
/** What a new visit is asked, and what a correction is. */
export interface Form { sections: Section[]; correct: Field[] }
export interface Visit { id: string; version: number; withdrawn: boolean; household: string; fields: Fields }
interface Me { user: string; name: string; device: { id: string; name: string; until: number }; now: number; today: string; key: Device['key'] }
export interface Draft { fields: Fields; photos: Photo[]; signature?: Photo | null; at: number }

const DAY = 86_400_000

export class State {
  day = ''
  households: Household[] = []
  form: Form = { sections: [], correct: [] }
  visits = new Map<string, Visit>()
  items: Item[] = []
  device: Device | undefined
  /** When the server was last heard. */
  heard = 0
  reachable = navigator.onLine
  busy = false
  /** Why the server does not trust this device; empty while it does. */
  untrusted = ''
  persistent = true
  said = ''
  private timer = 0
  private listeners: (() => void)[] = []
  private cursor = ''
  readonly engine: Engine

  private constructor(readonly base: Base) {
    this.engine = new Engine({
      store: base,
      transport,
      now: () => Date.now(),
      chance: () => Math.random(),
      id: () => uuid7(),
      seal: (entry) => this.seal(entry),
      ended: (code) => this.ended(code),
    })
  }

  static async open(): Promise<State> {
    const state = new State(await Base.open())
    await state.load()
    return state
  }

  changed(listener: () => void): void {
    this.listeners.push(listener)
  }

  tell(): void {
    this.listeners.forEach((listener) => listener())
  }

  private seal(entry: Entry) {
    if (!this.device) throw new Error('no device')
    return seal(this.device.key, this.device.id, entry)
  }

  /** What this device holds, readable or not. */
  private async load(): Promise<void> {
    const { base } = this
    this.device = await base.device()
    const copy = await base.read<{ day: string; households: Household[]; form: Form; heard: number }>('copy', 'today')
    const visits = await base.read<{ cursor: string; all: Visit[] }>('copy', 'visits')
    if (copy) Object.assign(this, copy)
    // An older build kept another form: it is fetched anew, and until then nothing is asked.
    if (!this.form.sections) this.form = { sections: [], correct: [] }
    this.cursor = visits?.cursor ?? ''
    this.visits = new Map((visits?.all ?? []).map((visit) => [visit.id, visit]))
    this.items = await base.items()
  }

  /** Everything that there is to do with the server, one tab at a time. */
  async refresh(): Promise<void> {
    if (this.busy) return
    this.busy = true
    this.tell()
    const work = (): Promise<void> => this.exchange()
    try {
      if (navigator.locks) await navigator.locks.request('kapok-sync', work)
      else await work()
    } finally {
      this.busy = false
      await this.reload()
      this.plan()
    }
  }

  private async exchange(): Promise<void> {
    try {
      const me = await get<Me>('me')
      await this.met(me)
      await this.engine.handOver(false)
      await this.engine.sync()
      if (this.base.readable) await this.fetch(me)
      await this.base.tidy(Date.now() - 3 * DAY)
    } catch (error) {
      if (error instanceof Ended) {
        this.reachable = true
        await this.ended(error.code)
        await this.engine.handOver()
      } else if (error instanceof Lost) this.reachable = false
      else throw error
    }
  }

  private async met(me: Me): Promise<void> {
    const before = await this.base.device()
    // Somebody else, or the same person once more: what was read under the old trust is not theirs to read.
    if (before && before.id !== me.device.id) {
      await this.base.forget()
      await this.load()
    }
    this.device = { id: me.device.id, user: me.user, name: me.name, until: me.device.until, key: me.key }
    await this.base.setDevice(this.device)
    await this.base.trust(me.device.until - me.now + Date.now())
    this.untrusted = ''
    this.reachable = true
    this.heard = Date.now()
  }

  private async fetch(me: Me): Promise<void> {
    const households: Household[] = []
    let cursor: string | null = ''
    while (cursor !== null && households.length < 300) {
      const page: { items: Household[]; next: string | null } = await get(`today?limit=200${cursor && `&cursor=${cursor}`}`)
      households.push(...page.items)
      cursor = page.next
    }
    const { sections, correct } = await get<Form>('form')
    const visits = new Map(this.visits)
    for (let more = true; more; ) {
      const page: { items: Visit[]; next: string; more: boolean } = await get(`visits?limit=200${this.cursor && `&cursor=${this.cursor}`}`)
      for (const visit of page.items) if (visit.version >= (visits.get(visit.id)?.version ?? 0)) visits.set(visit.id, visit)
      this.cursor = page.next
      more = page.more
    }
    const copy = { day: me.today, households, form: { sections, correct }, heard: this.heard }
    await this.base.keep('copy', 'today', copy)
    await this.base.keep('copy', 'visits', { cursor: this.cursor, all: [...visits.values()] })
    Object.assign(this, copy)
    this.visits = visits
  }

  /** The server does not trust this device: what can be read here goes now. */
  private async ended(code: string): Promise<void> {
    this.untrusted = code
    await this.base.forget()
    Object.assign(this, { households: [], form: { sections: [], correct: [] }, day: '' })
    this.visits = new Map()
    this.cursor = ''
  }

  async signOut(): Promise<void> {
    await endDevice()
    await this.ended('device_ended')
    await this.refresh()
  }

  /** Puts what was written down into the queue, and takes its draft away with the same stroke. */
  async save(entry: Omit<Entry, 'id' | 'made_at' | 'kind'>, draft: string): Promise<void> {
    const order = (await this.base.items()).reduce((last, item) => Math.max(last, item.order), 0) + 1
    const whole: Entry = { ...entry, id: uuid7(), kind: 'visit', made_at: Date.now() }
    const envelope = await this.seal(whole)
    const { id, household } = whole
    const item: Item = { id, household, order, state: 'queued', entry: whole, envelope, attempts: 0, not_before: 0, outcome: null }
    await this.base.finish(item, draft)
    await this.reload()
    void this.refresh()
  }

  async decide(id: string, fields: Fields | null): Promise<void> {
    await this.engine.decide(id, fields)
    await this.reload()
    void this.refresh()
  }

  async reload(): Promise<void> {
    this.items = await this.base.items()
    this.tell()
  }

  private plan(): void {
    clearTimeout(this.timer)
    const at = nextAt(this.items)
    const pause = at === null ? 5 * 60_000 : Math.min(60_000, Math.max(2_000, at - Date.now()))
    this.timer = window.setTimeout(() => void this.refresh(), pause)
  }

  household(id: string): Household | undefined {
    return this.households.find((one) => one.household === id)
  }
}
