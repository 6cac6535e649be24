// Today's list and a household: whom to see, and what one must know at the door.
import { h, notice, panel } from './dom'
import type { Household, State, Visit } from './state'

const LEVELS: Record<string, [string, string]> = { one: ['l1', '一级'], two: ['l2', '二级'], three: ['l3', '三级'] }

const level = (one: Household): Node | null => {
  const known = LEVELS[one.level ?? '']
  return known ? h('span', { class: `level ${known[0]}` }, known[1]) : null
}

const categories = (one: Household): string => [...new Set(one.persons.flatMap((person) => person.categories))].join(' · ')

const contacts = (one: Household): string =>
  [`上次入户 ${one.last_home?.slice(5) ?? '没有'}`, `电访 ${one.last_phone?.slice(5) ?? '没有'}`].join(' · ')

/** When the next contact is due, and why. */
function when(one: Household): Node | null {
  if (!one.due) return null
  const { by, on, overdue, why } = one.due
  const words = overdue > 0 ? `逾期 ${overdue} 天` : overdue === 0 ? '今天' : `${-overdue} 天后`
  return h('p', { class: 'when', title: why }, h('strong', { class: overdue > 0 ? 'urgent' : '' }, words), h('span', {}, `应${by === 'home' ? '入户' : '电访'} ${on.slice(5)}`))
}

export function today(state: State): Node[] {
  const all = state.households
  const late = all.filter((one) => (one.due?.overdue ?? -1) > 0).length
  const row = (one: Household): Node => h('li', {},
    level(one),
    h('div', { class: 'who' },
      h('h3', {}, h('a', { href: `#/h/${one.household}` }, one.title), ' ', h('span', { class: 'id' }, one.file_number)),
      h('p', { class: 'meta' }, categories(one)),
      h('p', { class: 'meta' }, `${one.community} · ${one.address}`),
      h('p', { class: 'meta' }, contacts(one))),
    when(one),
    h('p', { class: 'act' }, h('a', { class: 'btn btn-s', href: `#/visit/${one.household}`, 'aria-label': `记录 ${one.title}` }, '记录')))
  const list = h('ol', { class: 'due' }, ...all.map(row))
  const find = h('input', {
    id: 'find', type: 'search', placeholder: '姓名、档案号、社区', autocomplete: 'off',
    input: () => [...list.children].forEach((item, at) => {
      const one = all[at]
      const text = one ? [one.title, one.file_number, one.community, one.address, ...one.persons.map((person) => person.name)].join(' ') : ''
      ;(item as HTMLElement).hidden = !text.includes(find.value.trim())
    }),
  })
  return [
    h('div', { class: 'page-head' }, h('div', {}, h('h1', {}, '今日'), h('p', { class: 'meta' }, `${state.day} · ${all.length} 户，逾期 ${late} 户`))),
    h('div', { class: 'field' }, h('label', { for: 'find' }, '找一户'), find),
    all.length === 0
      ? notice('', '名单里还没有家户。', '联网后刷新；归您跟进的家户会出现在这里。')
      : panel('该联系的家户', `${all.length} 户`, list),
  ]
}

export function household(state: State, id: string): Node[] {
  const one = state.household(id)
  if (!one) return [notice('n-warn', '这一户不在本机的名单里。', h('a', { href: '#/' }, '回到今日'))]
  const visits = [...state.visits.values()].filter((visit) => visit.household === id && !visit.withdrawn)
    .sort((a, b) => (b.fields['visited_on'] ?? '').localeCompare(a.fields['visited_on'] ?? '')).slice(0, 8)
  const line = (visit: Visit): Node => h('li', { class: 'line' },
    h('div', {}, h('b', {}, `${visit.fields['visited_on'] ?? ''} ${visit.fields['kind'] === 'phone' ? '电访' : '入户'}`),
      h('br'), h('span', { class: 'meta' }, visit.fields['physical'] ?? ''),
      visit.fields['follow_up'] ? h('p', { class: 'meta' }, `约定：${visit.fields['follow_up']}`) : null),
    h('a', { class: 'btn btn-s push', href: `#/correct/${visit.id}`, 'aria-label': `更正 ${visit.fields['visited_on'] ?? ''} 的探访` }, '更正'))
  return [
    h('p', { class: 'crumbs' }, h('a', { href: '#/' }, '今日'), ` / ${one.title}`),
    h('div', { class: 'page-head' }, h('div', {}, h('h1', {}, one.title), h('p', { class: 'meta' }, `${one.file_number} · ${one.community} · ${one.address}`)),
      h('p', { class: 'acts' }, h('a', { class: 'btn btn-1', href: `#/visit/${id}` }, '记录探访'))),
    panel('成员', `${one.persons.length} 人`, h('ul', { class: 'rows' }, ...one.persons.map((person) =>
      h('li', {}, h('b', {}, person.name), h('p', { class: 'meta' }, [person.categories.join('、'), person.phone ?? '没有电话'].filter(Boolean).join(' · ')))))),
    ...(one.promised?.length ? [panel('约定的事', `${one.promised.length} 件`, h('ul', { class: 'rows' }, ...one.promised.map((promise) =>
      h('li', { class: 'line' }, h('span', {}, promise.what), h('span', { class: 'push meta' }, `${promise.due_on} 前`)))))] : []),
    panel('最近的探访', `${visits.length} 次`, visits.length === 0
      ? h('div', { class: 'empty' }, h('b', {}, '四个月内没有记录'))
      : h('ul', { class: 'rows' }, ...visits.map(line))),
    h('p', { class: 'hint' }, '证件号和电话在本机只有打码的，门牌不存。完整的请联网到网站上看。'),
  ]
}
