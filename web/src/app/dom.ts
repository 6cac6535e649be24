// Making elements; text is always text.
type Child = Node | string | null | false | undefined
type Attributes = Record<string, string | boolean | number | undefined | ((event: Event) => void)>

export function h<K extends keyof HTMLElementTagNameMap>(
  tag: K, attributes: Attributes = {}, ...children: (Child | Child[])[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag)
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === 'function') made.addEventListener(name, value)
    else if (value === true) made.setAttribute(name, '')
    else if (value !== false && value !== undefined) made.setAttribute(name, String(value))
  }
  made.append(...children.flat().filter((child): child is Node | string => child !== null && child !== false && child !== undefined))
  return made
}

/** A notice: the fact first, then what to do. */
export function notice(kind: '' | 'n-warn' | 'n-urgent' | 'n-ok', fact: string, ...more: (Child | Child[])[]): HTMLElement {
  return h('div', { class: `notice ${kind}`, role: kind === 'n-urgent' ? 'alert' : 'status' }, h('div', {}, h('b', {}, fact), ...more))
}

export function panel(title: string, count: string, ...children: Child[]): HTMLElement {
  const id = `p-${Math.random().toString(36).slice(2)}`
  return h('section', { class: 'panel', 'aria-labelledby': id },
    h('div', { class: 'panel-head' }, h('h2', { id }, title), count !== '' && h('span', { class: 'count' }, count)), ...children)
}

export const clock = (at: number): string =>
  new Date(at).toLocaleTimeString('zh-CN', { hour: '2-digit', minute: '2-digit', hour12: false })
