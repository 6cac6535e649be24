// The app: a bar that always says where things stand, and one view at a time, named by the part after #.
import { count } from '../sync'
import { clock, h, notice } from './dom'
import { correct, visit } from './form'
import { entry, mended, queue } from './queue'
import { State } from './state'
import { household, today } from './today'

const UNTRUSTED: Record<string, string> = {
  device_ended: '这台设备的离线使用已经停止。',
  device_expired: '这台设备的离线使用已经到期。',
  no_device: '这台设备还没有启用离线记录。',
}

let fresh: ServiceWorker | null = null

function chip(state: State): Node {
  const { open, needs } = count(state.items)
  const off = !state.reachable
  const [kind, text] = needs > 0 ? ['is-err', `${needs} 条需要您处理`]
    : off ? ['is-off', open > 0 ? `离线 · ${open} 条待传` : '离线']
    : state.busy ? ['is-wait', '同步中']
    : open > 0 ? ['is-wait', `${open} 条等待发送`]
    : ['', state.heard ? `已同步 ${clock(state.heard)}` : '还没同步']
  return h('a', { class: `chip ${kind}`, href: '#/queue', id: 'chip' }, text)
}

function notices(state: State): Node[] {
  const { open, needs } = count(state.items)
  const all: Node[] = []
  if (fresh) all.push(notice('', '有新版本。', '没填完的已存在本机。', h('button', { class: 'btn btn-s', type: 'button', click: () => fresh?.postMessage('take over') }, '换成新版本')))
  if (state.untrusted || !state.base.readable) {
    const what = UNTRUSTED[state.untrusted] ?? (state.device ? '本机能看的内容已经清除或到期。' : '这台设备还没有启用离线记录。')
    const left = open + needs > 0 ? `${open + needs} 条没传的还在，联网后送去等人接受。` : ''
    all.push(notice('n-warn', what, left, h('a', { href: '/app/devices' }, '登录并启用')))
  } else if (!state.reachable) {
    all.push(notice('n-warn', open > 0 ? `离线中，${open} 条记录存在本机。` : '离线中。', `联网后自动上传。名单截至 ${state.heard ? clock(state.heard) : '上次同步'}。`))
  }
  if (!state.persistent && state.base.readable) all.push(notice('n-warn', '浏览器没有答应长期保存。', '手机空间不够时，没传的记录可能被清掉。请把红棉添加到主屏幕，并尽快联网上传。'))
  return all
}

async function view(state: State): Promise<Node[]> {
  const [, name = '', id = ''] = location.hash.split('/')
  if (name === 'queue') return queue(state)
  if (name === 'device') return device(state)
  if (!state.base.readable) return [h('h1', {}, '离线记录'), h('p', {}, '启用一次以后，没有信号也能看今日名单、记录探访。')]
  if (name === 'h') return household(state, id)
  if (name === 'visit') return visit(state, id)
  if (name === 'correct') return correct(state, id)
  if (name === 'entry') return entry(state, id)
  if (name === 'mend') return mended(state, id)
  return today(state)
}

async function device(state: State): Promise<Node[]> {
  const drafts = await state.base.drafts()
  const { open, needs } = count(state.items)
  const leave = (): void => void state.signOut().then(() => (location.hash = '#/queue'))
  return [
    h('div', { class: 'page-head' }, h('div', {}, h('h1', {}, '这台设备'), h('p', { class: 'meta' }, state.device ? `${state.device.name} · ${new Date(state.device.until).toLocaleDateString('zh-CN')} 到期` : '没有启用'))),
    ...(drafts.length > 0 ? [notice('n-warn', `有 ${drafts.length} 份没填完的。`, '退出会丢掉它们；想留下的先填完，点“完成并排队”。')] : []),
    h('p', {}, `退出后，本机能看的内容马上清除。${open + needs > 0 ? `${open + needs} 条没传的不会丢：加密留着，联网后送去等人接受。` : ''}`),
    h('p', { class: 'acts' }, h('button', { class: 'btn', type: 'button', click: leave }, '退出并清除'), h('a', { class: 'btn', href: '/app/devices' }, '管理设备')),
  ]
}

const TABS: [string, string, string][] = [
  ['#/', '今日', 'M3 9.5 10 3l7 6.5V17h-4.5v-4.5h-5V17H3z'],
  ['#/queue', '待传', 'M10 13V3M6 7l4-4 4 4M3 13v4h14v-4'],
  ['#/device', '设备', 'M6 2.5h8v15H6zM9 15h2'],
]

function icon(path: string): Node {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg')
  svg.setAttribute('class', 'ico')
  svg.setAttribute('viewBox', '0 0 20 20')
  svg.setAttribute('aria-hidden', 'true')
  const line = document.createElementNS('http://www.w3.org/2000/svg', 'path')
  line.setAttribute('d', path)
  svg.append(line)
  return svg
}

async function start(): Promise<void> {
  const root = document.getElementById('app')
  if (!root) return
  const state = await State.open()
  const bar = h('header', { class: 'top' }, h('a', { class: 'brand', href: '#/' }, h('span', {}, '红棉离线记录')))
  const above = h('div', { id: 'notices' })
  const place = h('div', {})
  const main = h('main', { class: 'page', id: 'main', tabindex: -1 }, above, place)
  const sample = document.body.dataset['notice']
  const tabs = h('nav', { class: 'tabs app-tabs', 'aria-label': '底部导航' })
  root.replaceChildren(bar, ...(sample ? [h('aside', { class: 'sample', 'aria-label': '示例说明' }, sample)] : []), main, tabs)

  const frame = (): void => {
    bar.querySelector('#chip')?.remove()
    bar.append(chip(state))
    above.replaceChildren(...notices(state))
    const here = location.hash.split('/')[1] ?? ''
    tabs.replaceChildren(...TABS.map(([href, text, path]) => {
      const on = href === `#/${['queue', 'device'].includes(here) ? here : ''}`
      return h('a', { href, 'aria-current': on ? 'page' : undefined }, icon(path), text)
    }))
  }
  let shown = ''
  const draw = async (): Promise<void> => {
    const asked = location.hash
    const nodes = await view(state)
    if (asked !== location.hash) return
    document.body.classList.toggle('task', nodes.some((node) => node instanceof HTMLElement && node.querySelector('.savebar') !== null))
    place.replaceChildren(...nodes)
    document.title = `${main.querySelector('h1')?.textContent ?? '今日'} · 红棉离线记录`
    if (shown !== asked) main.focus()
    shown = asked
    frame()
  }
  let readable = state.base.readable
  state.changed(() => {
    frame()
    // What somebody is filling in is not drawn again under their thumbs; what may no longer be read is.
    const typing = /^#\/(visit|correct|entry|mend)\//.test(location.hash)
    if (!typing || readable !== state.base.readable) void draw()
    readable = state.base.readable
  })
  addEventListener('hashchange', () => void draw())
  addEventListener('online', () => void state.refresh())
  addEventListener('offline', () => {
    state.reachable = false
    state.tell()
  })
  document.addEventListener('visibilitychange', () => !document.hidden && void state.refresh())
  await draw()
  await stay(state)
  await state.refresh()
}

/** Installs the worker, notices a new build, and asks the browser to keep what is here. */
async function stay(state: State): Promise<void> {
  if (navigator.storage?.persist) state.persistent = (await navigator.storage.persisted()) || (await navigator.storage.persist())
  if (!navigator.serviceWorker) return
  const had = navigator.serviceWorker.controller !== null
  navigator.serviceWorker.addEventListener('controllerchange', () => had && location.reload())
  const registration = await navigator.serviceWorker.register('/app/worker.js', { scope: '/app/', updateViaCache: 'none' }).catch(() => null)
  if (!registration) return
  const look = (): void => {
    fresh = registration.waiting && navigator.serviceWorker.controller ? registration.waiting : null
    state.tell()
  }
  registration.addEventListener('updatefound', () => registration.installing?.addEventListener('statechange', look))
  look()
}

void start()
