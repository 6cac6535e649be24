// How long to wait after something was lost: twice as long each time, never the same for all devices.

const FIRST = 2_000
export const LONGEST = 5 * 60_000

/** Milliseconds after this many failures; `asked` is what the server asked for at least. */
export function pause(attempts: number, chance: number, asked = 0): number {
  const longest = Math.min(LONGEST, FIRST * 2 ** Math.min(attempts - 1, 10))
  return Math.max(asked, Math.round(longest / 2 + (longest / 2) * chance))
}

/** Whether one has waited long enough. A clock that was set back makes nobody wait longer than the longest pause. */
export const over = (notBefore: number, now: number): boolean => notBefore <= now || notBefore - now > 2 * LONGEST
