import type { Language } from '../domain/phrase.ts'
import type { Look } from './look.ts'
import { measureWidth } from './measure.ts'
import type { CategoryScale } from './scale.ts'
import { monthWords, tickTime } from './time-words.ts'

const day = 86_400_000
const gap = 10

/**
 * Level labels for many times in `slot` pixels each, as an ECharts axis label. From a week apart on, the first column
 * of a month is named, or of every second, third, sixth, twelfth; closer together, every nth time has its day or hour.
 */
export function timeLabels({ keys }: CategoryScale, slot: number, look: Look, font: string): object {
  const times = keys.map(key => (key === '' ? Number.NaN : Number(key) / 1000))
  const known = times.filter(time => Number.isFinite(time))
  const [first = 0, last = 0] = [known[0], known.at(-1)]
  const step = (last - first) / Math.max(1, known.length - 1)
  const words =
    step >= 6 * day ? months(times, slot, look, font) : evenly(times, last - first, slot, look, font)
  return {
    interval: (index: number) => words.has(index),
    formatter: (_: string, index: number) => words.get(index) ?? '',
  }
}

function months(
  times: readonly number[],
  slot: number,
  look: Look,
  font: string,
): ReadonlyMap<number, string> {
  const firsts = times.flatMap((time, i) => {
    const month = monthOf(time)
    return Number.isFinite(time) && month !== monthOf(times[i - 1]) ? [{ i, time, month }] : []
  })
  const thinned = [1, 2, 3, 6, 12].flatMap(every => {
    const kept = firsts.filter(({ month }) => month % every === 0)
    // The first month may have but one column, and then no room for its name.
    return [named(kept), named(kept.slice(1))]
  })
  return thinned.find(words => words.size > 0 && fits(words)) ?? named(firsts.slice(0, 1))

  function named(kept: typeof firsts): ReadonlyMap<number, string> {
    return new Map(
      kept.map(({ i, time, month }, n) => [i, monthWords(time, n === 0 || month % 12 === 0, look.language)]),
    )
  }
  function fits(words: ReadonlyMap<number, string>): boolean {
    const placed = [...words].map(([i, word]) => ({ middle: i * slot, half: measureWidth(word, font) / 2 }))
    return placed.every(({ middle, half }, n) => {
      const next = placed[n + 1]
      return !next || next.middle - next.half - (middle + half) >= gap
    })
  }
}

/** Months since the year 0; not a number before the first time. */
function monthOf(time = Number.NaN): number {
  const date = new Date(time)
  return date.getUTCFullYear() * 12 + date.getUTCMonth()
}

function evenly(
  times: readonly number[],
  span: number,
  slot: number,
  look: Look,
  font: string,
): ReadonlyMap<number, string> {
  const words = times.map(time => (Number.isFinite(time) ? dayWords(time, span, look.language) : ''))
  const widest = Math.max(0, ...words.map(word => measureWidth(word, font)))
  const every = Math.max(1, Math.ceil((widest + gap) / slot))
  return new Map(words.map((word, i) => [i, word] as const).filter(([i]) => i % every === 0))
}

/** Without a year: the picture's other words say the period. */
function dayWords(time: number, span: number, language: Language): string {
  return tickTime(time, 2, Math.min(span, 99 * day), language)
}
