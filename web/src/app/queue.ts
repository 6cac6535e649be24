// What waits, what was sent, and what needs whoever wrote it: with both values of every field where somebody else was first.
import { word, type Differ, type Fields, type Item } from '../sync'
import { h, notice, panel } from './dom'
import { mend } from './form'
import type { State } from './state'

const TAGS: Record<string, string> = { 仅存本机: 't-warn', 等待发送: 't-info', 已发送: 't-ok', 需要您处理: 't-urgent' }

const reachable = (state: State): boolean => state.reachable && state.untrusted === ''

const made = (item: Item): string => {
  const at = new Date(parseInt(item.id.replace('-', '').slice(0, 12), 16))
  return at.toLocaleString('zh-CN', { month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', hour12: false })
}

function line(state: State, item: Item): Node {
  const says = word(item, reachable(state))
  const title = state.household(item.household)?.title ?? '一条探访记录'
  const more = item.state === 'accepting' ? '送到了，等人接受'
    : item.state === 'dropped' ? '您决定不要了'
    : item.state === 'needs_you' ? item.outcome?.state === 'conflict' ? '别人先改过，看过两边再定' : item.outcome?.code === 'second_visit' ? '同一天已经记过一次，看过再定' : item.outcome?.said?.map((said) => said.what).join('；') ?? ''
    : !item.entry && item.state === 'queued' ? '内容已加密，在本机读不了；联网后送去等人接受' : ''
  const open = item.state === 'needs_you' && item.entry
  return h('li', { class: 'line' },
    h('div', {}, h('b', {}, title), ' ', h('span', { class: `tag ${item.state === 'dropped' ? '' : TAGS[says] ?? ''}` }, item.state === 'dropped' ? '没有送' : says),
      h('br'), h('span', { class: 'meta' }, `${made(item)} 写下${item.entry?.base ? '（更正）' : ''}`), more !== '' && h('p', { class: 'meta' }, more)),
    item.state === 'needs_you' && !item.entry && h('button', { class: 'btn btn-s push', type: 'button', click: () => void state.decide(item.id, null) }, '不要了'),
    open && h('a', { class: 'btn btn-s push', href: `#/entry/${item.id}`, 'aria-label': `处理 ${title}` }, '处理'))
}

export function queue(state: State): Node[] {
  const all = [...state.items].sort((a, b) => b.order - a.order)
  const needs = all.filter((item) => item.state === 'needs_you')
  const open = all.filter((item) => item.state === 'queued')
  const gone = all.filter((item) => !needs.includes(item) && !open.includes(item))
  const list = (title: string, items: Item[]): Node | null =>
    items.length === 0 ? null : panel(title, `${items.length} 条`, h('ul', { class: 'rows' }, ...items.map((item) => line(state, item))))
  const said = state.said
  state.said = ''
  return [
    h('div', { class: 'page-head' }, h('div', {}, h('h1', {}, '待传与已传'), h('p', { class: 'meta' }, '没传的记录存在本机，加密给服务器；联网后自动上传')),
      h('p', { class: 'acts' }, h('button', { class: 'btn', type: 'button', click: () => void state.refresh() }, '现在就传'))),
    ...(said ? [notice('n-ok', said)] : []),
    ...[list('需要您处理', needs), list('还没传', open), list('已传', gone)].filter((node): node is Node => node !== null),
    ...(all.length === 0 ? [h('div', { class: 'empty' }, h('b', {}, '没有要传的'), '记录一次探访，就会出现在这里。')] : []),
  ]
}

export async function entry(state: State, id: string): Promise<Node[]> {
  const item = state.items.find((one) => one.id === id)
  if (!item?.entry || item.state !== 'needs_you') return [notice('', '这一条不用处理了。', h('a', { href: '#/queue' }, '回到待传与已传'))]
  if (item.outcome?.code === 'second_visit') return second(state, item, item.entry.fields)
  if (item.outcome?.state !== 'conflict') return mend(state, item)
  return conflict(state, item, item.entry.fields, item.outcome.theirs ?? {})
}

/** A second visit on one day: the one that is there and this one side by side, and a person says whether it is another. */
function second(state: State, item: Item, yours: Fields): Node[] {
  const household = state.household(item.household)
  const leave = (said: string): void => {
    state.said = said
    location.hash = '#/queue'
  }
  const again = (): void => void state.decide(item.id, { ...yours, again: 'yes' }).then(() => leave('作为另一次排进了队。'))
  const drop = (): void => void state.decide(item.id, null).then(() => leave('留着已经有的，您的这一条不送了。'))
  const row = (one: Differ): Node => h('div', { class: 'field', role: 'group', 'aria-label': one.label }, h('p', {}, h('b', {}, one.label)),
    h('div', { class: 'both' }, ...([['已经有的', one.theirs], ['您填的', one.yours]] as const).map(([title, words]) =>
      h('div', { class: 'side-value' }, h('span', { class: 'meta' }, title), h('span', { class: 'value' }, words)))))
  return [
    h('p', { class: 'crumbs' }, h('a', { href: '#/queue' }, '待传与已传'), ` / ${household?.title ?? ''}`),
    h('div', { class: 'page-head' }, h('div', {}, h('h1', {}, '同一天已经记过一次'), h('p', { class: 'meta' }, item.outcome?.said?.map((said) => said.what).join('；') ?? ''))),
    h('div', { class: 'narrow' },
      h('div', { class: 'panel' }, h('section', { class: 'section', 'aria-label': '两次并排' }, ...(item.outcome?.differ ?? []).map(row))),
      h('p', { class: 'acts pad' }, h('a', { class: 'btn', href: `#/mend/${item.id}` }, '改一改再送')),
      h('div', { class: 'savebar' }, h('p', { class: 'acts' },
        h('button', { class: 'btn', type: 'button', click: drop }, '不要我的'),
        h('button', { class: 'btn btn-1', type: 'button', click: again }, '是另一次')))),
  ]
}

/** The form of an entry that the server would not have as it is. */
export async function mended(state: State, id: string): Promise<Node[]> {
  const item = state.items.find((one) => one.id === id)
  if (!item?.entry || item.state !== 'needs_you') return entry(state, id)
  return mend(state, item)
}

/** Both values side by side for each field; nothing is chosen until the person has chosen. */
function conflict(state: State, item: Item, yours: Fields, theirs: Fields): Node[] {
  const household = state.household(item.household)
  const name = (value: string): string => household?.persons.find((person) => person.id === value)?.name ?? value
  const differ = item.outcome?.differ ?? []
  const chosen = new Map<string, string>()
  const wrong = h('div', {})
  const save = async (): Promise<void> => {
    const open = differ.filter((one) => !chosen.has(one.field))
    if (open.length > 0) {
      wrong.replaceChildren(notice('n-urgent', `还有 ${open.length} 处没有选：${open.map((one) => one.label).join('、')}`))
      window.scrollTo(0, 0)
      return
    }
    // Who was told of a high risk is no field of the record, and stays as it was said.
    const told = Object.fromEntries(['told', 'told_at', 'reported_to'].flatMap((name) => (yours[name] ? [[name, yours[name]]] : [])))
    await state.decide(item.id, { ...theirs, ...told, ...Object.fromEntries(chosen) })
    state.said = '按您选的排进了队。'
    location.hash = '#/queue'
  }
  const drop = async (): Promise<void> => {
    await state.decide(item.id, null)
    state.said = '留着别人改的，您的这一条不送了。'
    location.hash = '#/queue'
  }
  const row = (one: (typeof differ)[number]): Node => {
    const side = (title: string, words: string, value: string, which: string): Node => {
      const radio = h('input', { type: 'radio', name: `c-${one.field}`, value: which, change: () => chosen.set(one.field, value) })
      return h('label', { class: 'side-value' }, radio, h('span', { class: 'meta' }, title), h('span', { class: 'value' }, name(words)))
    }
    return h('fieldset', { class: 'field' }, h('legend', {}, one.label), h('div', { class: 'both' },
      side('现在的', one.theirs, theirs[one.field] ?? '', 'theirs'), side('您填的', one.yours, yours[one.field] ?? '', 'yours')))
  }
  return [
    h('p', { class: 'crumbs' }, h('a', { href: '#/queue' }, '待传与已传'), ` / ${household?.title ?? ''}`),
    h('div', { class: 'page-head' }, h('div', {}, h('h1', {}, '别人先改过这一条'), h('p', { class: 'meta' }, `${household?.title ?? ''} · ${yours['visited_on'] ?? ''} · ${differ.length} 处不同，每处选一个`))),
    h('form', { class: 'narrow', submit: (event) => { event.preventDefault(); void save() } }, wrong,
      h('div', { class: 'panel' }, h('section', { class: 'section', 'aria-label': '不同的地方' }, ...differ.map(row))),
      h('div', { class: 'savebar' }, h('p', { class: 'acts' },
        h('button', { class: 'btn', type: 'button', click: () => void drop() }, '不要我的'),
        h('button', { class: 'btn btn-1', type: 'submit' }, '按选的保存')))),
  ]
}
