/** What a number format makes of a number; null for plain numbers. */
export interface TimeFormat {
  readonly date: boolean
  readonly time: boolean
  /** `[h]:mm`: hours that go on beyond 24. */
  readonly elapsed: boolean
}

const day: TimeFormat = { date: true, time: false, elapsed: false }
const clock: TimeFormat = { date: false, time: true, elapsed: false }
const both: TimeFormat = { date: true, time: true, elapsed: false }
const elapsed: TimeFormat = { date: false, time: true, elapsed: true }

/** The formats that files need not spell out (ECMA-376 part 1, 18.8.30), those of Chinese and Japanese Excel too. */
export function builtInFormat(id: number): TimeFormat | null {
  if ((id >= 14 && id <= 17) || (id >= 27 && id <= 31) || id === 36 || (id >= 50 && id <= 58)) return day
  if ((id >= 18 && id <= 21) || (id >= 32 && id <= 35) || id === 45 || id === 47) return clock
  if (id === 22) return both
  return id === 46 ? elapsed : null
}

/** Reads the first section of a format code; text in quotes, behind `\`, `_`, `*` and in brackets says nothing. */
export function timeFormat(code: string): TimeFormat | null {
  const [section = ''] = code
    .replaceAll(/"[^"]*"|[\\_*]./gs, '')
    .replaceAll(/\[(?!(?:h+|m+|s+)\])[^\]]*\]/gi, '')
    .split(';')
  const isElapsed = /\[(?:h+|m+|s+)\]/i.test(section)
  const letters = section.replaceAll(/general|standard/gi, '').replaceAll(/e[+-]/gi, '')
  const time = /[hs]|a\/p|am\/pm|上午\/下午/i.test(letters)
  const rest = letters.replaceAll(/am\/pm|a\/p|上午\/下午/gi, '')
  const date = /[yde]|aaa/i.test(rest) || (/m/i.test(rest) && !time)
  if (isElapsed) return elapsed
  if (!date && !time) return null
  return { date: date || monthBesideTime(rest), time, elapsed: false }
}

/** `m` means minutes beside hours or seconds; with both, a further run of it means a month. */
function monthBesideTime(letters: string): boolean {
  return /m/i.test(letters.replaceAll(/h+[^a-z]*m+|m+[^a-z]*s+/gi, ''))
}
