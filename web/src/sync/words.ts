// What is said of an entry, in words.
import type { Item } from './types'

export type Word = '仅存本机' | '等待发送' | '已发送' | '需要您处理'

/** Where an entry stands; without a signal, or without trust, nothing is on its way. */
export function word(item: Item, reachable: boolean): Word {
  if (item.state === 'needs_you') return '需要您处理'
  if (item.state !== 'queued') return '已发送'
  return reachable ? '等待发送' : '仅存本机'
}

/** How many stand where, for the sign that is always in sight. */
export function count(items: Item[]): { open: number; needs: number } {
  return {
    open: items.filter((item) => item.state === 'queued').length,
    needs: items.filter((item) => item.state === 'needs_you').length,
  }
}
