// The form of a visit: what the page asks, asked without a signal. Every change is kept as a draft at once, so that a dead
// tab or a new build of the app costs nothing.
import type { Fields, Item, Photo } from '../sync'
import { Full } from './base'
import { uuid7 } from './crypto'
import { clock, h, notice } from './dom'
import { reduced } from './photo'
import { pad } from './sign'
import type { Draft, Field, Household, Section, State, When } from './state'

interface Task {
  draft: string; title: string; household: Household; sections: Section[]; fields: Fields; record: string; base: number | null
  wrong: Record<string, string>
  /** The entry that is mended, where one is. */
  mends: Item | null
}

const today = (): string => new Date(Date.now() - new Date().getTimezoneOffset() * 60_000).toISOString().slice(0, 10)

/** What became of an earlier promise; only what somebody has said is sent. */
const BECAME: [string, string][] = [['done', '已做'], ['doing', '还在做'], ['dropped', '不做了']]

const promise = (id: string): string => `promise_${id}`

/** What was promised earlier stands first, as on the page. */
function promises(household: Household): Section[] {
  const open = household.promised ?? []
  if (open.length === 0) return []
  const fields = open.map(({ id, what, due_on }): Field => ({
    name: promise(id), label: what, hint: `${due_on} 前；没有变的不用选`, kind: 'word', options: BECAME, must: false, shown: [[['unmet', '']]], free: [], initial: '', most: null,
  }))
  return [{ name: 'promised', title: '上次约定的事', hint: '', folded: false, fields }]
}

const asked = (state: State, household: Household): Section[] => [...promises(household), ...state.form.sections]

const corrected = (state: State): Section[] => [{ name: 'visit', title: '探访内容', hint: '', folded: false, fields: state.form.correct }]

export async function visit(state: State, id: string): Promise<Node[]> {
  const household = state.household(id)
  if (!household) return missing()
  const sections = asked(state, household)
  const fields: Fields = {}
  // A sample lives on a day of its own; a telephone that is without a signal for a day does not.
  const day = state.day && Math.abs(Date.parse(state.day) - Date.now()) > 7 * 86_400_000 ? state.day : today()
  for (const field of sections.flatMap((section) => section.fields)) fields[field.name] = field.initial === 'today' ? day : field.initial
  const [only, ...others] = household.persons
  if (only && others.length === 0) fields['met'] = only.id
  if (household.due?.by === 'phone') Object.assign(fields, { kind: 'phone', minutes: '10' })
  return form(state, { draft: `new ${id}`, title: `记录探访 · ${household.title}`, household, sections, fields, record: '', base: null, wrong: {}, mends: null })
}

export async function correct(state: State, id: string): Promise<Node[]> {
  const visit = state.visits.get(id)
  const household = visit && state.household(visit.household)
  if (!visit || !household) return missing()
  return form(state, {
    draft: `correct ${id} ${visit.version}`, title: `更正探访 · ${household.title}`, household, sections: corrected(state), fields: visit.fields, record: id, base: visit.version, wrong: {}, mends: null,
  })
}

export async function mend(state: State, item: Item): Promise<Node[]> {
  const { entry, outcome } = item
  const household = entry && state.household(entry.household)
  if (!entry || !household) return missing()
  const wrong: Record<string, string> = {}
  for (const { field, what } of outcome?.said ?? []) wrong[field] = what
  const sections = entry.base === null ? asked(state, household) : corrected(state)
  return form(state, { draft: `mend ${item.id}`, title: `改好再送 · ${household.title}`, household, sections, fields: mapped(entry.fields, entry.base), record: entry.record, base: entry.base, wrong, mends: item })
}

/** What an older build of the app asked under other names. */
function mapped(fields: Fields, base: number | null): Fields {
  const { person_id, follow_up, ...rest } = fields
  if (base !== null || person_id === undefined) return fields
  return { ...rest, met: person_id, follow_1: rest['follow_1'] ?? follow_up ?? '' }
}

const missing = (): Node[] => [notice('n-warn', '这一条不在本机。', h('a', { href: '#/' }, '回到今日'))]

async function form(state: State, task: Task): Promise<Node[]> {
  const kept = await state.base.read<Draft>('drafts', task.draft)
  const fields: Fields = { ...task.fields, ...(kept && mapped(kept.fields, task.base)) }
  const photos: Photo[] = kept?.photos ?? []
  let signature: Photo | null = kept?.signature ?? null
  const stand = h('p', { class: 'state', role: 'status' }, kept ? `接着上次填的（${clock(kept.at)} 存在本机）` : '边填边存在本机')
  const wrong = h('div', {})
  let timer = 0
  let over = false
  let saving: Promise<void> = Promise.resolve()
  const keep = (): void => {
    clearTimeout(timer)
    timer = 0
    if (over) return
    saving = saving.then(() => state.base.keep('drafts', task.draft, { fields, photos, signature, at: Date.now() }))
      .then(() => void (stand.textContent = `已存本机 ${clock(Date.now())}`))
      .catch((error: unknown) => { stand.textContent = error instanceof Full ? '手机存储满了，刚填的还没存上' : '刚填的还没存上' })
  }
  const soon = (): void => {
    clearTimeout(timer)
    timer = window.setTimeout(keep, 200)
  }
  const all = task.sections.flatMap((section) => section.fields)
  const nodes = new Map<string, HTMLElement>()
  const minor = (): boolean => task.household.persons.some((one) => one.minor && several(fields['met'] ?? fields['person_id']).includes(one.id))
  const holds = (when: When): boolean => when.some((every) => every.every(([name, value]) => {
    if (name === 'minor') return minor() === (value === 'yes')
    const field = all.find((one) => one.name === name)
    const stands = field && name !== 'unmet' && !shown(field) ? '' : fields[name] ?? ''
    return value === '*' ? stands.trim() !== '' : value === '' ? stands === '' : several(stands).includes(value)
  }))
  const shown = (field: Field): boolean => (field.shown ?? []).length === 0 || holds(field.shown) || task.wrong[field.name] !== undefined
  const show = (): void => {
    for (const field of all) nodes.get(field.name)?.toggleAttribute('hidden', !shown(field))
    for (const section of task.sections) nodes.get(`s ${section.name}`)?.toggleAttribute('hidden', !section.fields.some(shown))
  }
  const set = (name: string, value: string): void => {
    fields[name] = value
    show()
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
    const missing = all.filter((field) => field.must && shown(field) && !holds(field.free ?? []) && !(fields[field.name] ?? '').trim())
    if (missing.length > 0) {
      wrong.replaceChildren(notice('n-urgent', `还没有完成：要填 ${missing.length} 处`, missing.flatMap((field) => [h('br'), h('a', { href: `#f-${field.name}`, click: (event) => { event.preventDefault(); find(field.name) } }, `填${field.label}`)])))
      window.scrollTo(0, 0)
      return
    }
    // What is not asked any more says nothing; what is not empty and unknown to the form stays for the server to refuse.
    const sent: Fields = { ...fields }
    for (const field of all) {
      if (!shown(field)) sent[field.name] = ''
      if (task.base === null && (sent[field.name] ?? '') === '') delete sent[field.name]
    }
    for (const name of Object.keys(sent)) if (name.startsWith('promise_') && !all.some((field) => field.name === name)) delete sent[name]
    clearTimeout(timer)
    timer = 0
    try {
      await saving
      over = true
      if (task.mends) {
        await state.decide(task.mends.id, sent)
        await state.base.drop('drafts', task.draft)
      } else {
        await state.save({ household: task.household.household, record: task.record || uuid7(), base: task.base, fields: sent, photos, ...(signature ? { signature } : {}) }, task.draft)
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

  const find = (name: string): void => {
    nodes.get(name)?.closest('details')?.setAttribute('open', '')
    document.getElementById(`f-${name}`)?.focus()
  }
  const drawn = (field: Field): HTMLElement => {
    const node = input(field, task, fields, set)
    nodes.set(field.name, node)
    return node
  }
  const said = (field: Field): boolean => (fields[field.name] ?? '') !== '' || task.wrong[field.name] !== undefined
  const body = task.sections.map((section, at) => {
    const inside = [section.hint && h('p', { class: 'hint' }, section.hint), ...section.fields.map(drawn)]
    const node = section.folded
      ? h('details', { class: 'section', open: section.fields.some(said) }, h('summary', {}, section.title), ...inside)
      : h('section', { class: 'section', 'aria-labelledby': `s-${at}` }, h('h2', { id: `s-${at}` }, section.title), ...inside)
    nodes.set(`s ${section.name}`, node)
    return node
  })
  show()
  const more = !task.mends && [
    h('section', { class: 'section', 'aria-label': '照片' }, h('div', { class: 'field' }, h('label', { for: 'f-photo' }, '照片（可不拍，最多 6 张）'), camera, pictures)),
    task.base === null && h('details', { class: 'section', open: signature !== null }, h('summary', {}, '签名（可不签）'),
      pad(signature, (drawn) => { signature = drawn; keep() }, '已签名，存在本机')),
  ]
  const others = Object.entries(task.wrong).filter(([name]) => !all.some((field) => field.name === name)).map(([, what]) => what)
  if (others.length > 0) wrong.replaceChildren(notice('n-urgent', '服务器没有收：', others.join('；')))
  const screen = h('form', { class: 'narrow', novalidate: true, submit: (event) => { event.preventDefault(); void send() } },
    wrong,
    h('div', { class: 'panel' }, ...body, ...(more || [])),
    h('div', { class: 'savebar' }, stand, h('p', { class: 'acts' },
      h('a', { class: 'btn', href: `#/h/${task.household.household}` }, '先放着'),
      h('button', { class: 'btn btn-1', type: 'submit' }, '完成并排队'))))
  return [
    h('p', { class: 'crumbs' }, h('a', { href: '#/' }, '今日'), ' / ', h('a', { href: `#/h/${task.household.household}` }, task.household.title)),
    h('div', { class: 'page-head' }, h('div', {}, h('h1', {}, task.title), h('p', { class: 'meta' }, `${task.household.file_number} · ${task.household.community}`))),
    screen,
  ]
}

/** The values of a field that may have several. */
const several = (value: string | undefined): string[] => (value ?? '').split(',').filter((one) => one !== '')

/** What there is to choose from. */
function choices(field: Field, household: Household): [string, string][] {
  if (field.kind === 'person' || field.kind === 'people') return household.persons.map((person) => [person.id, person.name])
  if (field.kind === 'flag') return [['yes', '是'], ['no', '否']]
  return field.options
}

/** A field as the page has it: few choices all in sight, so that a thumb does. */
function input(field: Field, task: Task, fields: Fields, set: (name: string, value: string) => void): HTMLElement {
  const id = `f-${field.name}`
  const value = fields[field.name] ?? ''
  const label = field.must || field.kind === 'flag' ? field.label : `${field.label}（可不填）`
  const says = task.wrong[field.name]
  const error = says && h('p', { class: 'err', id: `e-${field.name}` }, says)
  const wrong = says ? ' has-err' : ''
  const more = { id, name: field.name, 'aria-invalid': says ? 'true' : undefined, 'aria-describedby': says ? `e-${field.name}` : undefined }
  if (['person', 'people', 'flag', 'word', 'many'].includes(field.kind)) {
    const many = field.kind === 'people' || field.kind === 'many'
    const options = choices(field, task.household)
    const picks = options.map(([word, text], at) => {
      const on = many ? several(value).includes(word) : word === value
      const pick = h('input', {
        type: many ? 'checkbox' : 'radio', name: field.name, value: word, id: at === 0 ? id : `${id}-${at}`, checked: on,
        change: () => {
          const chosen = [...all.querySelectorAll('input')].filter((one) => one.checked).map((one) => one.value)
          set(field.name, chosen.join(','))
          for (const one of all.querySelectorAll('label')) one.classList.toggle('on', one.querySelector('input')?.checked ?? false)
        },
      })
      return h('label', { class: on ? 'on' : '' }, pick, text)
    })
    const all = h('div', { class: options.length > 4 || many ? 'picks' : 'picks even' }, ...picks)
    return h('fieldset', { class: `field${wrong}` }, h('legend', {}, label), field.hint && h('p', { class: 'hint' }, field.hint), error, all)
  }
  const on = (event: Event): void => set(field.name, (event.target as HTMLInputElement).value)
  const control = field.kind === 'long'
    ? h('textarea', { ...more, rows: 3, input: on })
    : h('input', { ...more, input: on, type: field.kind === 'date' || field.kind === 'time' ? field.kind : 'text', inputmode: field.kind === 'whole' ? 'numeric' : undefined, autocomplete: 'off' })
  control.value = value
  return h('div', { class: `field${wrong}` }, h('label', { for: id }, label), field.hint && h('p', { class: 'hint' }, field.hint), error, control)
}
