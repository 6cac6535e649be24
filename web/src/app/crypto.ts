// What can be read on this device is encrypted with a key that cannot be taken out of the browser; what has not been sent is
// sealed to the server as well (RFC 9180), so that losing that key loses nothing.
import { Aes256Gcm, CipherSuite, DhkemP256HkdfSha256, HkdfSha256 } from '@hpke/core'
import type { Entry, Envelope } from '../sync'
import { base64, hex, unhex } from './bytes'

export interface Locked { iv: Uint8Array; data: ArrayBuffer }

export interface ServerKey { id: string; public: string }

const INFO = new TextEncoder().encode('kapok app v1')

export const newKey = (): Promise<CryptoKey> =>
  crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt'])

/** Encrypts for a place, so that what is moved to another does not open. */
export async function lock(key: CryptoKey, place: string, value: unknown): Promise<Locked> {
  const iv = crypto.getRandomValues(new Uint8Array(12))
  const text = new TextEncoder().encode(JSON.stringify(value))
  return { iv, data: await crypto.subtle.encrypt({ name: 'AES-GCM', iv, additionalData: new TextEncoder().encode(place) }, key, text) }
}

export async function unlock<T>(key: CryptoKey, place: string, { iv, data }: Locked): Promise<T> {
  const additionalData = new TextEncoder().encode(place)
  const text = await crypto.subtle.decrypt({ name: 'AES-GCM', iv: iv as BufferSource, additionalData }, key, data)
  return JSON.parse(new TextDecoder().decode(text)) as T
}

/** Seals an entry to the server, bound to its id. */
export async function seal(server: ServerKey, device: string, entry: Entry): Promise<Envelope> {
  const suite = new CipherSuite({ kem: new DhkemP256HkdfSha256(), kdf: new HkdfSha256(), aead: new Aes256Gcm() })
  const raw = unhex(server.public)
  const recipientPublicKey = await suite.kem.deserializePublicKey(raw.buffer as ArrayBuffer)
  const sender = await suite.createSenderContext({ recipientPublicKey, info: INFO.buffer as ArrayBuffer })
  const text = new TextEncoder().encode(JSON.stringify({ device, entry }))
  const sealed = await sender.seal(text.buffer as ArrayBuffer, new TextEncoder().encode(entry.id).buffer as ArrayBuffer)
  return { id: entry.id, key: server.id, enc: hex(sender.enc), sealed: base64(sealed) }
}

/** A UUIDv7: the moment, then chance; two of one millisecond come in their order. */
let last = 0
export function uuid7(now = Date.now()): string {
  last = Math.max(last + 1, now)
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  for (let at = 0; at < 6; at += 1) bytes[at] = Math.floor(last / 2 ** (8 * (5 - at))) & 255
  bytes[6] = ((bytes[6] ?? 0) & 15) | 112
  bytes[8] = ((bytes[8] ?? 0) & 63) | 128
  const text = hex(bytes)
  return [text.slice(0, 8), text.slice(8, 12), text.slice(12, 16), text.slice(16, 20), text.slice(20)].join('-')
}
