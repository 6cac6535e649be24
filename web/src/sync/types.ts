// What the engine of synchronisation works with. Storage and transport are interfaces: the app gives IndexedDB and fetch, the
// model test gives ones that lose, repeat and crash. No DOM here.

export type Fields = Record<string, string>

export interface Photo { sha256: string; content: string }

/** Something written down on this device, as it is sent. Its id is made here and is its idempotency key. */
export interface Entry {
  id: string
  kind: 'visit'
  household: string
  record: string
  /** The version that was corrected; null for a new record. */
  base: number | null
  made_at: number
  fields: Fields
  photos: Photo[]
  /** What somebody drew on the screen, as PNG. */
  signature?: Photo
}

/** The same, readable by the server alone. */
export interface Envelope { id: string; key: string; enc: string; sealed: string }

export interface Differ { field: string; label: string; theirs: string; yours: string }

/** What came of an entry, as the server says it. */
export interface Outcome {
  id: string
  state: 'written' | 'waiting' | 'held' | 'conflict' | 'refused'
  version?: number
  differ?: Differ[]
  theirs?: Fields
  code?: string
  said?: { field: string; what: string }[]
}

/**
 * `queued`: not sent. `sent`: the server has it. `accepting`: the server has it, and a person has to accept it.
 * `needs_you`: the server will not have it as it is. `dropped`: whoever wrote it decided against it.
 */
export type State = 'queued' | 'sent' | 'accepting' | 'needs_you' | 'dropped'

/** An entry with what has become of it. */
export interface Item {
  id: string
  household: string
  /** The place in the queue: entries of one household are sent in this order. */
  order: number
  state: State
  /** What can be read: null once the key is gone, or once the server has it. */
  entry: Entry | null
  /** What only the server can read: null once the server has it. */
  envelope: Envelope | null
  attempts: number
  not_before: number
  outcome: Outcome | null
}

/** Every call is done whole or not at all, also when the tab dies in the middle of it. */
export interface Store {
  items(): Promise<Item[]>
  put(item: Item): Promise<void>
  /** Takes one away and puts another in its place, in one step. */
  replace(old: string, item: Item): Promise<void>
}

/** The request or its answer was lost, or the server could not answer: whether it did anything is not known. */
export class Lost extends Error {
  constructor(readonly retryAfter = 0) {
    super('lost')
  }
}

/** The server does not trust this device any more: `no_device`, `device_ended` or `device_expired`. */
export class Ended extends Error {
  constructor(readonly code: string) {
    super(code)
  }
}

export interface Transport {
  /** Sends entries, each with the one of its household that must be there before. */
  push(entries: (Entry & { after?: string })[]): Promise<Outcome[]>
  /** Sends what only the server can read, without being trusted. */
  quarantine(envelopes: Envelope[]): Promise<Outcome[]>
}

export interface Tools {
  store: Store
  transport: Transport
  /** Milliseconds; may be wrong, and may jump. */
  now(): number
  /** From 0 to 1. */
  chance(): number
  /** A UUIDv7. */
  id(): string
  seal(entry: Entry): Promise<Envelope>
  /** Called once the server no longer trusts this device: what can be read here has to go. */
  ended(code: string): Promise<void>
}
