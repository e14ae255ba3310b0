import type { TimeFormat } from './number-format.ts'

const hourMs = 3_600_000
const dayMs = 86_400_000
/** 9999-12-31, the last day that spreadsheets and ISO 8601 both can name. */
const lastDay = Date.UTC(9999, 11, 31) / dayMs

/**
 * A spreadsheet's serial number (days since 1899-12-31 or 1904-01-01) as ISO 8601 without a zone, to the millisecond:
 * a day, a day and time, a time of day, or hours:minutes:seconds of an elapsed time. null where it is no time, such as
 * a negative day. Day 60 of the 1900 system is the 29 February 1900 that never was; it is shown as Excel does.
 */
export function serialText(serial: number, format: TimeFormat, is1904: boolean): string | null {
  const ms = Math.round(serial * dayMs)
  if (format.elapsed) return elapsedText(ms)
  const days = Math.floor(ms / dayMs)
  const rest = ms - days * dayMs
  if (days < 0 && !is1904) return null
  if (days === 0 && (!format.date || (!is1904 && (format.time || rest > 0)))) return clockText(rest)
  const date = dayText(days, is1904)
  if (date === null) return null
  return format.time || rest > 0 ? `${date}T${clockText(rest)}` : date
}

/** Rows of one day follow each other: the last answer is kept. */
let lastText: { readonly days: number; readonly is1904: boolean; readonly text: string | null } | null = null

function dayText(days: number, is1904: boolean): string | null {
  if (lastText?.days !== days || lastText.is1904 !== is1904)
    lastText = { days, is1904, text: newDayText(days, is1904) }
  return lastText.text
}

function newDayText(days: number, is1904: boolean): string | null {
  if (!is1904 && days === 0) return null
  if (!is1904 && days === 60) return '1900-02-29'
  const epoch = is1904 ? Date.UTC(1904, 0, 1) : Date.UTC(1899, 11, days < 60 ? 31 : 30)
  const since1970 = epoch / dayMs + days
  if (since1970 > lastDay || since1970 < Date.UTC(1000, 0, 1) / dayMs) return null
  return new Date(since1970 * dayMs).toISOString().slice(0, 10)
}

function clockText(ms: number): string {
  const seconds = Math.floor(ms / 1000)
  const whole = `${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`
  return ms % 1000 === 0 ? whole : `${whole}.${String(ms % 1000).padStart(3, '0')}`
}

function two(n: number): string {
  return n < 10 ? `0${n}` : String(n)
}

function elapsedText(ms: number): string {
  const size = Math.abs(ms)
  const hours = String(Math.floor(size / hourMs)).padStart(2, '0')
  const rest = clockText(size % hourMs).slice(2)
  return `${ms < 0 && size >= 1 ? '-' : ''}${hours}${rest}`
}

/** The instant of an ISO 8601 cell (`t="d"`), written as a serial number's would be. */
export function isoText(text: string, format: TimeFormat | null): string {
  const match = /^(\d{4}-\d{2}-\d{2})(?:T(\d{2}:\d{2})(?::(\d{2})(?:\.(\d+))?)?Z?)?$/.exec(text.trim())
  if (match === null) return text.trim()
  const [, date, minutes = '00:00', seconds = '00', fraction = ''] = match
  const kept = fraction.replace(/0+$/, '')
  const time = `${minutes}:${seconds}${kept === '' ? '' : `.${kept}`}`
  return time === '00:00:00' && !(format?.time ?? false) ? `${date}` : `${date}T${time}`
}
