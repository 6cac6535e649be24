// The desk of an expert: keys to go from item to item, and drafts that are never lost, of one item or of all on one page. While
// one types, the draft is kept in this browser; it is sent after a pause, and again when the network is back. Without this
// script the forms work as they are.

export {}

const PAUSE = 1500
const RETRY = 15_000

const forms = [...document.querySelectorAll<HTMLFormElement>('form[data-draft]')]
const form = document.querySelector<HTMLFormElement>('#desk-form')
const score = document.querySelector<HTMLInputElement>('#f-score')
const note = document.querySelector<HTMLTextAreaElement>('#f-note')

const SENT = 'desk:sent'

const FIELDS = ['score', 'reason', 'note']


/** Who is signed in is part of the name: a shared computer shows nobody another's draft. */
function slot(form: HTMLFormElement): string {
  const token = form.querySelector<HTMLInputElement>('[name=_token]')?.value ?? ''
  return `desk:${token.slice(0, 16)}:${new URL(form.action).pathname}`
}

function fields(form: HTMLFormElement): Record<string, string> {
  const data = new FormData(form)
  return Object.fromEntries(FIELDS.map(name => [name, String(data.get(name) ?? '')]))
}

function fresh(): string {
  return [...crypto.getRandomValues(new Uint8Array(16))].map(byte => byte.toString(16).padStart(2, '0')).join('')
}

/** Sends the draft; what was typed meanwhile is sent the next time. */
async function send(form: HTMLFormElement): Promise<boolean> {
  const kept = fields(form)
  const body = new URLSearchParams(kept)
  body.set('_token', form.querySelector<HTMLInputElement>('[name=_token]')?.value ?? '')
  body.set('_key', fresh())
  body.set('then', 'stay')
  const answer = await fetch(form.action, { method: 'POST', body, redirect: 'manual' })
  if (answer.type !== 'opaqueredirect' && !answer.ok) return false
  if (JSON.stringify(kept) === JSON.stringify(fields(form))) localStorage.removeItem(slot(form))
  return true
}

/** Forgets the draft that the page before sent, unless this page says that it was refused. */
function arrived(): void {
  const sent = sessionStorage.getItem(SENT)
  sessionStorage.removeItem(SENT)
  if (sent && !document.querySelector('.n-urgent')) localStorage.removeItem(sent)
}

function drafts(form: HTMLFormElement): void {
  let timer = 0
  const state = form.querySelector<HTMLElement>('[data-state]')
  const say = (text: string): void => {
    if (state) state.textContent = text
  }
  const clock = (): string => new Date().toTimeString().slice(0, 5)

  async function save(): Promise<void> {
    window.clearTimeout(timer)
    try {
      say(await send(form) ? `草稿已存 ${clock()}` : '没有存上：看看得分和字数，改好后再存')
    } catch {
      say('没有网络：草稿存在本机，连上后自动送出')
      timer = window.setTimeout(() => void save(), RETRY)
    }
  }

  form.addEventListener('input', () => {
    localStorage.setItem(slot(form), JSON.stringify(fields(form)))
    say('正在写…')
    window.clearTimeout(timer)
    timer = window.setTimeout(() => void save(), PAUSE)
  })
  form.addEventListener('submit', () => {
    window.clearTimeout(timer)
    // Kept until the page that follows shows that it arrived.
    localStorage.setItem(slot(form), JSON.stringify(fields(form)))
    sessionStorage.setItem(SENT, slot(form))
  })
  window.addEventListener('online', () => {
    if (localStorage.getItem(slot(form))) void save()
  })

  const waiting = localStorage.getItem(slot(form))
  if (!waiting) return
  const kept: unknown = JSON.parse(waiting)
  if (waiting === JSON.stringify(fields(form)) || typeof kept !== 'object' || kept === null) {
    localStorage.removeItem(slot(form))
    return
  }
  for (const [name, value] of Object.entries(kept)) {
    const field = form.elements.namedItem(name)
    if ((field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement) && typeof value === 'string') {
      field.value = value
    }
  }
  void save()
}

/** Evidence is gone through with one key, round and round. */
function nextEvidence(): void {
  const all = [...document.querySelectorAll<HTMLAnchorElement>('a.evidence')]
  const at = all.findIndex(link => link.getAttribute('aria-current') === 'true')
  all[(at + 1) % all.length]?.click()
}

function keys(event: KeyboardEvent): void {
  const typing = event.target instanceof HTMLInputElement || event.target instanceof HTMLTextAreaElement
  if (event.key === 'Enter' && event.ctrlKey) {
    const own = event.target instanceof Element ? event.target.closest<HTMLFormElement>('form[data-draft]') : null
    const sent = form ?? own
    sent?.requestSubmit()
    return
  }
  if (event.key === 'Escape' && typing && document.activeElement instanceof HTMLElement) {
    document.activeElement.blur()
    return
  }
  if (typing || event.ctrlKey || event.metaKey || event.altKey) return
  const press = (id: string): void => document.querySelector<HTMLElement>(id)?.click()
  const act: Record<string, () => void> = {
    j: () => press('#desk-next'),
    k: () => press('#desk-before'),
    s: () => score?.select(),
    f: () => note?.focus(),
    e: nextEvidence,
  }
  const chosen = act[event.key.toLowerCase()]
  if (!chosen) return
  event.preventDefault()
  chosen()
}

arrived()
for (const one of forms) if (!one.querySelector<HTMLInputElement>('[name=score]')?.readOnly) drafts(one)
document.addEventListener('keydown', keys)
