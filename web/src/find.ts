// A field that says which record is meant offers, while one types, those it may mean (the combobox of the ARIA authoring
// practices). Chosen, the field sends the record's id; left as typed, it sends the text, which the server looks up itself.

import { pad } from './app/sign'

interface Found { found: { id: string; name: string }[]; more: boolean }

const PAUSE = 180
const SHORTEST = 2

let count = 0

function combobox(input: HTMLInputElement, address: string): void {
  const name = input.name
  const list = document.createElement('ul')
  list.id = `found-${++count}`
  list.className = 'found'
  list.role = 'listbox'
  list.ariaLabel = '找到的记录'
  list.hidden = true
  const status = document.createElement('p')
  status.className = 'sr'
  status.role = 'status'
  input.after(list, status)
  input.role = 'combobox'
  input.setAttribute('aria-autocomplete', 'list')
  input.setAttribute('aria-controls', list.id)
  input.ariaExpanded = 'false'

  const chosen = document.createElement('input')
  chosen.type = 'hidden'
  let timer = 0
  let asked: AbortController | undefined
  let active = -1

  const options = (): HTMLElement[] => [...list.querySelectorAll<HTMLElement>('[role=option]')]

  function close(): void {
    list.hidden = true
    input.ariaExpanded = 'false'
    input.removeAttribute('aria-activedescendant')
    active = -1
  }

  function mark(next: number): void {
    const all = options()
    if (all.length === 0) return
    active = (next + all.length) % all.length
    all.forEach((one, at) => (one.ariaSelected = String(at === active)))
    const one = all[active]
    if (!one) return
    input.setAttribute('aria-activedescendant', one.id)
    one.scrollIntoView({ block: 'nearest' })
  }

  function choose(one: HTMLElement): void {
    input.value = one.textContent ?? ''
    chosen.name = name
    chosen.value = one.dataset['id'] ?? ''
    input.removeAttribute('name')
    input.after(chosen)
    input.classList.add('is-found')
    close()
  }

  /** Typed again: what was chosen is no longer meant. */
  function release(): void {
    chosen.remove()
    input.name = name
    input.classList.remove('is-found')
  }

  function show({ found, more }: Found): void {
    list.replaceChildren(
      ...found.map(({ id, name: label }, at) => {
        const one = document.createElement('li')
        one.id = `${list.id}-${at}`
        one.role = 'option'
        one.ariaSelected = 'false'
        one.dataset['id'] = id
        one.textContent = label
        return one
      }),
    )
    list.hidden = found.length === 0
    input.ariaExpanded = String(found.length > 0)
    active = -1
    status.textContent = found.length === 0 ? '没有找到' : more ? `前 ${found.length} 个，再写几个字会更准` : `找到 ${found.length} 个`
  }

  async function ask(): Promise<void> {
    asked?.abort()
    const text = input.value.trim()
    if (text.length < SHORTEST) return close()
    asked = new AbortController()
    try {
      const answer = await fetch(`${address}?q=${encodeURIComponent(text)}`, { signal: asked.signal })
      // Whatever is wrong, the text goes along with the form and is looked up there.
      if (answer.ok && answer.headers.get('content-type')?.startsWith('application/json')) {
        show((await answer.json()) as Found)
      } else close()
    } catch (error) {
      if (!(error instanceof DOMException && error.name === 'AbortError')) close()
    }
  }

  input.addEventListener('input', () => {
    release()
    clearTimeout(timer)
    timer = window.setTimeout(() => void ask(), PAUSE)
  })
  input.addEventListener('keydown', (event) => {
    if (event.isComposing || list.hidden) return
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (step !== undefined) {
      event.preventDefault()
      mark(active < 0 && step < 0 ? -1 : active + step)
    } else if (event.key === 'Enter' && active >= 0) {
      event.preventDefault()
      const one = options()[active]
      if (one) choose(one)
    } else if (event.key === 'Escape') {
      event.preventDefault()
      close()
    }
  })
  // Before the field loses the focus, which closes the list.
  list.addEventListener('pointerdown', (event) => event.preventDefault())
  list.addEventListener('click', (event) => {
    const one = (event.target as HTMLElement).closest<HTMLElement>('[role=option]')
    if (one) choose(one)
  })
  input.addEventListener('blur', close)
}

/** Where somebody may sign: without a script there is nothing, and nobody has to. */
function signature(place: HTMLElement): void {
  const sent = document.createElement('input')
  sent.type = 'hidden'
  sent.name = 'signature'
  sent.value = place.dataset['sign'] ?? ''
  const kept = sent.value === '' ? null : { sha256: '', content: sent.value }
  place.append(pad(kept, (drawn) => { sent.value = drawn?.content ?? '' }), sent)
  place.hidden = false
}

for (const place of document.querySelectorAll<HTMLElement>('[data-sign]')) signature(place)

for (const input of document.querySelectorAll<HTMLInputElement>('input[data-find]')) {
  combobox(input, input.dataset['find'] ?? '')
}
