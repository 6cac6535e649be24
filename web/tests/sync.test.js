// The engine of synchronisation against a model of server and network: two devices and a desk edit the same records while
// requests and replies are lost, come twice or late, clocks are wrong and jump, and everything crashes between any two
// steps. Each run follows from its seed: SYNC_SEED=17 runs that one alone, SYNC_RUNS more or fewer.
import assert from 'node:assert/strict'
import { dirname, join } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const source = join(dirname(fileURLToPath(import.meta.url)), '../src/sync/index.ts')
const built = await build({ entryPoints: [source], bundle: true, format: 'esm', write: false, target: 'es2022' })
const { Engine, Ended, Lost, over, pause, sendable, word } =
  await import(`data:text/javascript;base64,${Buffer.from(built.outputFiles[0].text).toString('base64')}`)

const RUNS = Number(process.env.SYNC_RUNS ?? 12_000)

function dice(seed) {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

class Crash extends Error {}

/** The server, as crates/platform/src/app/{take,enter}.rs have it. */
class Server {
  records = new Map()
  entries = new Map()
  waiting = new Map()
  arrivals = []

  take(device, entry) {
    const known = this.entries.get(entry.id)
    if (known) return { id: entry.id, state: 'written', version: known }
    if (this.waiting.has(entry.id)) return { id: entry.id, state: 'waiting' }
    if (entry.after && !this.entries.has(entry.after) && !this.waiting.has(entry.after)) return { id: entry.id, state: 'held' }
    const versions = this.records.get(entry.record) ?? []
    if (entry.base === null && versions.length > 0) return { id: entry.id, state: 'refused', code: 'record_exists', said: [] }
    if (entry.base !== null && versions.length !== entry.base) {
      const theirs = versions.at(-1).fields
      const differ = Object.keys(theirs).filter((field) => theirs[field] !== entry.fields[field])
        .map((field) => ({ field, label: field, theirs: theirs[field], yours: entry.fields[field] }))
      return { id: entry.id, state: 'conflict', version: versions.length, theirs, differ }
    }
    versions.push({ fields: entry.fields, by: device, base: entry.base, entry: entry.id })
    this.records.set(entry.record, versions)
    this.entries.set(entry.id, versions.length)
    this.arrivals.push({ id: entry.id, device, household: entry.household })
    return { id: entry.id, state: 'written', version: versions.length }
  }

  keep(envelope) {
    if (this.entries.has(envelope.id)) return { id: envelope.id, state: 'written', version: this.entries.get(envelope.id) }
    this.waiting.set(envelope.id, envelope.sealed)
    return { id: envelope.id, state: 'waiting' }
  }
}

/** A device: what it keeps outlives every crash, the engine does not. */
class Device {
  kept = new Map()
  copy = new Map()
  seen = new Set()
  /** The ids of entries that came back from `save`, and what a decision put in their place. */
  saved = new Set()
  replaced = new Map()
  trusted = true
  readable = true

  constructor(world, name) {
    this.world = world
    this.name = name
    this.skew = (world.chance() - 0.5) * 1e8
    this.start()
  }

  start() {
    const { world } = this
    this.engine = new Engine({
      store: {
        items: async () => (world.mayCrash(), this.items()),
        put: async (item) => this.write(() => this.kept.set(item.id, Object.freeze(item))),
        replace: async (old, item) => this.write(() => {
          this.kept.delete(old)
          this.kept.set(item.id, Object.freeze(item))
          this.replaced.set(old, item.id)
        }),
      },
      transport: {
        push: (entries) => world.carry(entries, (entry) => {
          if (!this.trusted) throw new Ended('device_ended')
          return world.server.take(this.name, entry)
        }),
        quarantine: (envelopes) => world.carry(envelopes, (envelope) => world.server.keep(envelope)),
      },
      now: () => world.time + this.skew,
      chance: world.chance,
      id: () => world.id(),
      seal: async (entry) => (world.mayCrash(), { id: entry.id, key: 'k', enc: 'e', sealed: entry }),
      ended: async () => { this.readable = false },
    })
  }

  /** Once the key is gone nothing can be read. */
  open(item) {
    return this.readable ? item : { ...item, entry: null }
  }

  write(change) {
    this.world.mayCrash()
    change()
    this.world.mayCrash()
  }

  items() {
    return [...this.kept.values()].map((item) => this.open(item))
  }

  /** Runs something that may die; true where it came to its end. */
  async live(work) {
    try {
      await work()
      return true
    } catch (error) {
      if (!(error instanceof Crash)) throw error
      this.start()
      return false
    }
  }
}

class World {
  time = 1e12
  count = 0
  calm = false
  delayed = []
  server = new Server()

  constructor(seed) {
    this.chance = dice(seed)
    this.crashes = this.chance() * 0.08
    this.losses = this.chance() * 0.5
    this.devices = [new Device(this, 'a'), new Device(this, 'b')]
  }

  id() {
    return `id-${String(++this.count).padStart(6, '0')}`
  }

  pick(list) {
    return list[Math.floor(this.chance() * list.length)]
  }

  mayCrash() {
    if (!this.calm && this.chance() < this.crashes) throw new Crash()
  }

  /** The network: a request may be lost, its reply too, it may come again later; the server may die in the middle. */
  async carry(sent, take) {
    const requests = [...sent]
    const bad = () => !this.calm && this.chance() < this.losses
    if (bad()) {
      if (this.chance() < 0.5) this.delayed.push(() => requests.forEach(take))
      throw new Lost()
    }
    const outcomes = []
    for (const request of requests) {
      if (!this.calm && this.chance() < this.crashes) throw new Lost()
      outcomes.push(take(request))
    }
    if (bad()) this.delayed.push(() => requests.forEach(take))
    if (bad()) throw new Lost()
    this.mayCrash()
    return outcomes
  }

  deliver() {
    const late = this.delayed.splice(Math.floor(this.chance() * this.delayed.length), 1)[0]
    try {
      late?.()
    } catch (error) {
      if (!(error instanceof Ended)) throw error
    }
  }

  desk() {
    const record = this.pick([...this.server.records.keys()])
    if (!record) return
    const versions = this.server.records.get(record)
    versions.push({ fields: { ...versions.at(-1).fields, [this.pick(['x', 'y'])]: this.id() }, by: 'desk', base: versions.length, entry: null })
  }

  pull(device) {
    if (!device.trusted) return
    for (const [record, versions] of this.server.records) {
      device.copy.set(record, { version: versions.length, fields: versions.at(-1).fields })
    }
  }

  async save(device) {
    if (!device.readable) return
    const known = this.chance() < 0.5 ? this.pick([...device.copy.entries()]) : undefined
    const [record, copy] = known ?? [this.id(), null]
    if (copy) device.seen.add(`${record} ${copy.version}`)
    const household = copy ? copy.fields.h : this.pick(['h1', 'h2'])
    const fields = { x: 'x', y: 'y', ...copy?.fields, h: household, [this.pick(['x', 'y'])]: this.id() }
    const entry = Object.freeze({ id: this.id(), kind: 'visit', household, record, base: copy?.version ?? null, made_at: this.time + device.skew, fields: Object.freeze(fields), photos: [] })
    const came = await device.live(() => device.engine.save(entry))
    if (came || device.kept.has(entry.id)) device.saved.add(entry.id)
  }

  async decide(device) {
    const item = this.pick(device.items().filter((one) => one.state === 'needs_you' && one.entry))
    if (!item) return
    const { outcome, entry } = item
    // Both values stand side by side: whoever decides has seen the version that stands.
    if (outcome.state === 'conflict') device.seen.add(`${entry.record} ${outcome.version}`)
    const theirs = outcome.theirs ?? entry.fields
    const fields = Object.fromEntries(Object.keys(entry.fields).map((field) => [field, this.chance() < 0.5 ? theirs[field] : entry.fields[field]]))
    await device.live(() => device.engine.decide(item.id, this.chance() < 0.2 ? null : fields))
  }

  async sync(device) {
    await device.live(() => (device.readable ? device.engine.sync() : device.engine.handOver()))
  }

  async step() {
    const device = this.pick(this.devices)
    const roll = this.chance()
    this.time += this.chance() * 4e5
    if (roll < 0.3) await this.save(device)
    else if (roll < 0.6) await this.sync(device)
    else if (roll < 0.68) this.pull(device)
    else if (roll < 0.76) this.desk()
    else if (roll < 0.84) await this.decide(device)
    else if (roll < 0.92) this.deliver()
    else if (roll < 0.96) device.skew += (this.chance() - 0.5) * 1e9
    else if (roll < 0.975) device.trusted = false
    else await Promise.all([this.sync(this.devices[0]), this.sync(this.devices[1])])
  }

  /** Signal, patience and people who decide: everything comes to its end. */
  async heal() {
    while (this.delayed.length > 0 && this.chance() < 0.7) this.deliver()
    this.calm = true
    for (let round = 0; round < 60; round += 1) {
      this.time += 1e7
      for (const device of this.devices) {
        await this.sync(device)
        while (device.readable && device.items().some((item) => item.state === 'needs_you')) await this.decide(device)
      }
      if (this.devices.every((device) => device.items().every((item) => ['sent', 'accepting', 'dropped'].includes(item.state)))) break
    }
    // What was late all the time comes at last, and changes nothing.
    while (this.delayed.length > 0) this.deliver()
  }

  check() {
    const arrived = this.server.arrivals.map((one) => one.id)
    assert.equal(new Set(arrived).size, arrived.length, 'an entry was written twice')
    for (const device of this.devices) {
      const items = new Map(device.items().map((item) => [item.id, item]))
      for (const saved of device.saved) {
        let id = saved
        const chain = [id]
        while (device.replaced.has(id)) chain.push((id = device.replaced.get(id)))
        const item = items.get(id)
        assert.ok(item, `${id} is nowhere on the device`)
        assert.ok(['sent', 'accepting', 'dropped'].includes(item.state), `${id} is still ${item.state}`)
        const here = chain.filter((one) => arrived.includes(one)).length
        const waits = chain.filter((one) => this.server.waiting.has(one)).length
        const expected = item.state === 'dropped' ? 0 : 1
        assert.equal(here + waits, expected, `${chain.join(' → ')} arrived ${here} times, waits ${waits} times, ${item.state}`)
      }
      this.inOrder(device, items)
    }
    for (const [record, versions] of this.server.records) {
      versions.forEach((version, at) => {
        assert.equal(version.base ?? 0, at, `${record} version ${at + 1} was written over another base`)
        const device = this.devices.find((one) => one.name === version.by)
        if (device && at > 0) assert.ok(device.seen.has(`${record} ${at}`), `${record} version ${at} was overwritten unseen`)
      })
    }
  }

  inOrder(device, items) {
    const last = new Map()
    for (const { id, household } of this.server.arrivals.filter((one) => one.device === device.name)) {
      const order = items.get(id)?.order
      assert.ok(order !== undefined, `${id} arrived and is not on the device`)
      assert.ok(order > (last.get(household) ?? 0), `${id} of ${household} arrived before an older one`)
      last.set(household, order)
    }
  }
}

async function run(seed) {
  const world = new World(seed)
  const steps = 8 + Math.floor(world.chance() * 22)
  for (let step = 0; step < steps; step += 1) await world.step()
  await world.heal()
  world.check()
  return world
}

test(`every saved entry arrives exactly once, in order, and nothing is overwritten unseen: ${RUNS} runs`, async () => {
  const seeds = process.env.SYNC_SEED ? [Number(process.env.SYNC_SEED)] : Array.from({ length: RUNS }, (_, at) => at + 1)
  const told = { arrivals: 0, waiting: 0, replaced: 0, corrections: 0 }
  for (const seed of seeds) {
    const world = await run(seed).catch((error) => {
      error.message = `SYNC_SEED=${seed}: ${error.message}`
      throw error
    })
    told.arrivals += world.server.arrivals.length
    told.waiting += world.server.waiting.size
    for (const device of world.devices) told.replaced += device.replaced.size
    for (const versions of world.server.records.values()) told.corrections += versions.filter((one, at) => at > 0 && one.entry).length
  }
  // The runs are worth something only while they reach what they are about.
  if (seeds.length > 1000) {
    for (const [what, count] of Object.entries(told)) assert.ok(count > seeds.length / 50, `${what}: ${count}`)
  }
})

test('a pause grows, is bounded, and a clock set back makes nobody wait for years', () => {
  assert.deepEqual([1, 2, 3, 20].map((attempts) => pause(attempts, 1)), [2000, 4000, 8000, 300_000])
  assert.equal(pause(1, 0), 1000)
  assert.equal(pause(1, 0, 60_000), 60_000)
  assert.deepEqual([over(5, 5), over(6, 5), over(5 + 3_600_000, 5)], [true, false, true])
})

test('what needs a person holds back the rest of its household, and no other', () => {
  const item = (id, household, order, state = 'queued') =>
    ({ id, household, order, state, entry: { id, household, photos: [] }, envelope: null, attempts: 0, not_before: 0, outcome: null })
  const ids = (items) => sendable(items, 0).map(({ id, after }) => (after ? `${id}<${after}` : id))
  assert.deepEqual(ids([item('2', 'h', 2), item('1', 'h', 1), item('3', 'k', 3)]), ['1', '2<1', '3'])
  assert.deepEqual(ids([item('1', 'h', 1, 'needs_you'), item('2', 'h', 2), item('3', 'k', 3)]), ['3'])
  assert.deepEqual(ids([item('1', 'h', 1, 'sent'), item('2', 'h', 2)]), ['2'])
  assert.deepEqual(['queued', 'sent', 'accepting', 'needs_you'].map((state) => word(item('1', 'h', 1, state), false)),
    ['仅存本机', '已发送', '已发送', '需要您处理'])
  assert.equal(word(item('1', 'h', 1), true), '等待发送')
})
