// Asking the server. What is lost is told from what is refused; who is no longer trusted is told so.
import { Ended, Lost, type Entry, type Envelope, type Outcome, type Transport } from '../sync'

const PATIENCE = 25_000

interface Problem { code?: string; title?: string; detail?: string }

async function ask(path: string, body?: unknown): Promise<Response> {
  const gone = new AbortController()
  const timer = setTimeout(() => gone.abort(), PATIENCE)
  const sent: RequestInit = body === undefined
    ? { headers: { accept: 'application/json' } }
    : { method: 'POST', headers: { 'content-type': 'application/json', accept: 'application/json' }, body: JSON.stringify(body) }
  try {
    return await fetch(`/api/v1/${path}`, { ...sent, signal: gone.signal, cache: 'no-store', redirect: 'error' })
  } catch {
    throw new Lost()
  } finally {
    clearTimeout(timer)
  }
}

async function problem(answer: Response): Promise<Problem> {
  return ((await answer.json().catch(() => ({}))) as Problem) ?? {}
}

async function answered(answer: Response): Promise<Response> {
  if (answer.ok) return answer
  if (answer.status === 401) throw new Ended((await problem(answer)).code ?? 'no_device')
  if (answer.status === 429 || answer.status >= 500) throw new Lost(Number(answer.headers.get('retry-after') ?? 0) * 1000)
  return answer
}

/** Fetches something; `Lost` where it does not come. */
export async function get<T>(path: string): Promise<T> {
  const answer = await answered(await ask(path))
  if (!answer.ok) throw new Lost(60_000)
  return (await answer.json().catch(() => { throw new Lost() })) as T
}

async function send(path: string, entries: { id: string }[]): Promise<Outcome[]> {
  const answer = await answered(await ask(path, { entries }))
  if (answer.ok) {
    const said = (await answer.json().catch(() => { throw new Lost() })) as { results?: Outcome[] }
    return said.results ?? []
  }
  // The request as a whole is refused: so is each entry in it, with what the server says.
  const { code, title, detail } = await problem(answer)
  const what = [title ?? '服务器没有收', detail].filter(Boolean).join('。')
  return entries.map(({ id }) => ({ id, state: 'refused', code: code ?? 'refused', said: [{ field: '', what }] }))
}

export const transport: Transport = {
  push: (entries: (Entry & { after?: string })[]) => send('entries', entries),
  quarantine: (envelopes: Envelope[]) => send('quarantine', envelopes),
}

/** Tells the server that this device is done with; whether it heard. */
export const endDevice = (): Promise<boolean> =>
  ask('device/end', {}).then((answer) => answer.ok || answer.status === 401, () => false)
