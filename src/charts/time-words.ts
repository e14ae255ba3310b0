import { type Language, locale } from '../domain/phrase.ts'

const day = 86_400_000

/** A time (milliseconds UTC) in full: the day, and the time of day unless it is midnight. */
export function exactTime(ms: number, language: Language): string {
  const wholeDay = ms % day === 0
  return formatter(language, {
    year: 'numeric',
    month: language === 'zh' ? 'long' : 'short',
    day: 'numeric',
    ...(wholeDay ? {} : { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' }),
  }).format(ms)
}

/** A tick of a time axis that spans `span` milliseconds; the first ticks and each January carry the year. */
export function tickTime(ms: number, index: number, span: number, language: Language): string {
  return formatter(language, tickOptions(ms, index, span)).format(ms)
}

/** The month of a time (milliseconds UTC), with its year where that is asked for. */
export function monthWords(ms: number, withYear: boolean, language: Language): string {
  return formatter(language, { month: 'short', ...(withYear ? { year: 'numeric' } : {}) }).format(ms)
}

const formatters = new Map<string, Intl.DateTimeFormat>()

/** One formatter a language and form: to make one costs half a millisecond, and charts show thousands of times. */
function formatter(language: Language, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = language + JSON.stringify(options)
  const known = formatters.get(key)
  if (known) return known
  const made = new Intl.DateTimeFormat(locale(language), { timeZone: 'UTC', ...options })
  formatters.set(key, made)
  return made
}

function tickOptions(ms: number, index: number, span: number): Intl.DateTimeFormatOptions {
  const date = new Date(ms)
  if (span > 1000 * day && date.getUTCMonth() === 0) return { year: 'numeric' }
  // ECharts gives index 0 to the edge of the axis, whose label hides where the first round time is near.
  const carriesYear = index <= 1 || (date.getUTCMonth() === 0 && date.getUTCDate() === 1)
  const year = carriesYear ? ({ year: 'numeric' } as const) : {}
  if (span > 100 * day) return { month: 'short', ...year }
  if (span > 3 * day) return { month: 'short', day: 'numeric', ...year }
  return ms % day === 0
    ? { month: 'short', day: 'numeric' }
    : { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }
}
