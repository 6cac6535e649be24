// The form of a visit: what the page asks, asked without a signal. Every change is kept as a draft at once, so that a dead
// tab or a new build of the app costs nothing.
import type { Fields, Item, Photo } from '../sync'
import { Full } from './base'
import { uuid7 } from './crypto'
import { clock, h, notice } from './dom'
import { reduced } from './photo'
import type { Draft, Field, Household, State } from './state'

interface Task {
  draft: string; title: string; household: Household; fields: Fields; record: string; base: number | null; wrong: Record<string, string>
  /** The entry that is mended, where one is. */
  mends: Item | null
}

const today = (): string => new Date(Date.now() - new Date().getTimezoneOffset() * 60_000).toISOString().slice(0, 10)

export async function visit(state: State, id: string): Promise<Node[]> {
  const household = state.household(id)
  if (!household) return missing()
  const fields: Fields = {}
  // A sample lives on a day of its own; a telephone that is without a signal for a day does not.
  const day = state.day && Math.abs(Date.parse(state.day) - Date.now()) > 7 * 86_400_000 ? state.day : today()
  for (const field of state.form) fields[field.name] = field.initial === 'today' ? day : field.initial
  const only = household.persons[0]
  if (only) fields['person_id'] = only.id
  return form(state, { draft: `new ${id}`, title: `记录探访 · ${household.title}`, household, fields, record: '', base: null, wrong: {}, mends: null })
}

export async function correct(state: State, id: string): Promise<Node[]> {
  const visit = state.visits.get(id)
  const household = visit && state.household(visit.household)
  if (!visit || !household) return missing()
  return form(state, {
    draft: `correct ${id} ${visit.version}`, title: `更正探访 · ${household.title}`, household, fields: visit.fields, record: id, base: visit.version, wrong: {}, mends: null,
  })
}

export async function mend(state: State, item: Item): Promise<Node[]> {
  const { entry, outcome } = item
  const household = entry && state.household(entry.household)
  if (!entry || !household) return missing()
  const wrong: Record<string, string> = {}
  for (const { field, what } of outcome?.said ?? []) wrong[field] = what
  return form(state, { draft: `mend ${item.id}`, title: `改好再送 · ${household.title}`, household, fields: entry.fields, record: entry.record, base: entry.base, wrong, mends: item })
}

const missing = (): Node[] => [notice('n-warn', '这一条不在本机。', h('a', { href: '#/' }, '回到今日'))]

async function form(state: State, task: Task): Promise<Node[]> {
  const kept = await state.base.read<Draft>('drafts', task.draft)
  const fields: Fields = { ...task.fields, ...kept?.fields }
  const photos: Photo[] = kept?.photos ?? []
  const stand = h('p', { class: 'state', role: 'status' }, kept ? `接着上次填的（${clock(kept.at)} 存在本机）` : '边填边存在本机')
  const wrong = h('div', {})
  let timer = 0
  let over = false
  let saving: Promise<void> = Promise.resolve()
  const keep = (): void => {
    clearTimeout(timer)
    timer = 0
    if (over) return
    saving = saving.then(() => state.base.keep('drafts', task.draft, { fields, photos, at: Date.now() }))
      .then(() => void (stand.textContent = `已存本机 ${clock(Date.now())}`))
      .catch((error: unknown) => { stand.textContent = error instanceof Full ? '手机存储满了，刚填的还没存上' : '刚填的还没存上' })
  }
  const soon = (): void => {
    clearTimeout(timer)
    timer = window.setTimeout(keep, 200)
  }
  const set = (name: string, value: string): void => {
    fields[name] = value
    soon()
  }
  // A tab that goes out of sight may never come back.
  document.addEventListener('visibilitychange', () => document.hidden && timer && keep())

  const pictures = h('p', { class: 'meta' })
  const told = (): void => {
    const bytes = photos.reduce((sum, photo) => sum + photo.content.length * 0.75, 0)
    pictures.textContent = photos.length === 0 ? '还没有照片' : `已拍 ${photos.length} 张，共 ${(bytes / 1e6).toFixed(1)} MB，存在本机`
  }
  told()
  const camera = h('input', {
    id: 'f-photo', type: 'file', accept: 'image/*', capture: 'environment',
    change: () => void (async () => {
      for (const file of camera.files ?? []) {
        if (photos.length >= 6) break
        const photo = await reduced(file).catch(() => null)
        if (photo) photos.push(photo)
        else pictures.textContent = '这张照片读不出来，请重拍'
      }
      camera.value = ''
      told()
      keep()
    })(),
  })

  const send = async (): Promise<void> => {
    const missing = state.form.filter((field) => field.must && !(fields[field.name] ?? '').trim())
    if (missing.length > 0) {
      wrong.replaceChildren(notice('n-urgent', `还没有完成：要填 ${missing.length} 处`, missing.flatMap((field) => [h('br'), h('a', { href: `#f-${field.name}`, click: (event) => { event.preventDefault(); document.getElementById(`f-${field.name}`)?.focus() } }, `填${field.label}`)])))
      window.scrollTo(0, 0)
      return
    }
    clearTimeout(timer)
    timer = 0
    try {
      await saving
      over = true
      if (task.mends) {
        await state.decide(task.mends.id, { ...fields })
        await state.base.drop('drafts', task.draft)
      } else {
        await state.save({ household: task.household.household, record: task.record || uuid7(), base: task.base, fields: { ...fields }, photos }, task.draft)
      }
    } catch (error) {
      over = false
      const full = error instanceof Full
      wrong.replaceChildren(notice('n-urgent', full ? '手机存储满了，这一条还没有存上。' : '这一条还没有存上。',
        full ? '请删去照片，或清出手机空间，再点一次“完成并排队”。填好的都还在这一页上，先不要离开。' : '请再点一次“完成并排队”。'))
      window.scrollTo(0, 0)
      return
    }
    state.said = '已存在本机，排进了队。'
    location.hash = '#/queue'
  }

  const body = state.form.map((field) => input(field, task, fields, set))
  const screen = h('form', { class: 'narrow', novalidate: true, submit: (event) => { event.preventDefault(); void send() } },
    wrong,
    h('div', { class: 'panel' }, h('section', { class: 'section', 'aria-label': '探访内容' }, ...body),
      !task.mends && h('section', { class: 'section', 'aria-label': '照片' }, h('div', { class: 'field' }, h('label', { for: 'f-photo' }, '照片（可不拍，最多 6 张）'), camera, pictures))),
    h('div', { class: 'savebar' }, stand, h('p', { class: 'acts' },
      h('a', { class: 'btn', href: `#/h/${task.household.household}` }, '先放着'),
      h('button', { class: 'btn btn-1', type: 'submit' }, '完成并排队'))))
  return [
    h('p', { class: 'crumbs' }, h('a', { href: '#/' }, '今日'), ' / ', h('a', { href: `#/h/${task.household.household}` }, task.household.title)),
    h('div', { class: 'page-head' }, h('div', {}, h('h1', {}, task.title), h('p', { class: 'meta' }, `${task.household.file_number} · ${task.household.community}`))),
    screen,
  ]
}

/** A field as the page has it: few choices all in sight, so that a thumb does. */
function input(field: Field, task: Task, fields: Fields, set: (name: string, value: string) => void): Node {
  const id = `f-${field.name}`
  const value = fields[field.name] ?? ''
  const label = field.must || field.kind === 'flag' ? field.label : `${field.label}（可不填）`
  const says = task.wrong[field.name]
  const error = says && h('p', { class: 'err', id: `e-${field.name}` }, says)
  const wrong = says ? ' has-err' : ''
  const more = { id, name: field.name, 'aria-invalid': says ? 'true' : undefined, 'aria-describedby': says ? `e-${field.name}` : undefined }
  const choices: [string, string][] = field.kind === 'person' ? task.household.persons.map((person) => [person.id, person.name]) : field.options
  if (field.kind === 'person' || field.kind === 'flag' || field.kind === 'word') {
    const picks = choices.map(([word, text], at) => {
      const radio = h('input', {
        type: 'radio', name: field.name, value: word, id: at === 0 ? id : `${id}-${at}`, checked: word === value,
        change: () => {
          set(field.name, word)
          for (const one of all.querySelectorAll('label')) one.classList.toggle('on', one.contains(radio))
        },
      })
      return h('label', { class: word === value ? 'on' : '' }, radio, text)
    })
    const all = h('div', { class: 'picks even' }, ...picks)
    return h('fieldset', { class: `field${wrong}` }, h('legend', {}, label), field.hint && h('p', { class: 'hint' }, field.hint), error, all)
  }
  const on = (event: Event): void => set(field.name, (event.target as HTMLInputElement).value)
  const control = field.kind === 'long'
    ? h('textarea', { ...more, rows: 3, input: on })
    : h('input', { ...more, input: on, type: field.kind === 'date' ? 'date' : 'text', inputmode: field.kind === 'whole' ? 'numeric' : undefined, autocomplete: 'off' })
  control.value = value
  return h('div', { class: `field${wrong}` }, h('label', { for: id }, label), field.hint && h('p', { class: 'hint' }, field.hint), error, control)
}
