import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Engine } from '../engine/engine.ts'
import { loadRows, openTestEngine } from '../engine/testing.ts'
import { name, sql } from '../sql/sql.ts'
import { ask } from './testing.ts'
import { textToDate, textToTimestamp, withoutSentinelDates, withoutSentinels } from './times.ts'
import { offsetMinutes, zones } from './zone.ts'

let engine: Engine
beforeAll(async () => {
  engine = await openTestEngine()
})
afterAll(() => engine.close())

const iso = (micros: unknown) =>
  typeof micros === 'number'
    ? `${new Date(Math.floor(micros / 1000)).toISOString()}+${micros % 1000}`
    : micros

async function read(texts: readonly string[], zone: string): Promise<Record<string, unknown>> {
  await loadRows(
    engine,
    'times',
    { text: 'text' },
    texts.map(text => ({ text })),
  )
  const time = withoutSentinels(textToTimestamp(name('text'), zone), zone)
  const statement = sql`select text, ${time} as time from times order by row_no`
  const rows = await ask(engine, { statement, result: { text: 'text', time: 'timestamp' } })
  await engine.execute(sql`drop table times`, new AbortController().signal)
  return Object.fromEntries(rows.map(row => [String(row.text), iso(row.time)]))
}

const noon = '2026-06-30T12:00:00.000Z+0'

test('a time with an offset is that instant, whatever the assumed zone', async () => {
  const texts = {
    '2026-06-30T12:00:00Z': noon,
    '2026-06-30 20:00:00+08:00': noon,
    '2026-06-30T20:00:00+0800': noon,
    '2026-06-30T20:00:00 +08': noon,
    '2026-06-30T12:00Z': noon,
    '2026-06-30T20:00+08:00': noon,
    '2026-06-30 12:00:00 UTC': noon,
    '2026-06-30T12:00:00z': noon,
    '2026-06-30T08:30:00-03:30': noon,
    '2026-06-30T12:00:00.5210567Z': '2026-06-30T12:00:00.521Z+56',
    '2026-06-30T12:00:00.000001+00:00': '2026-06-30T12:00:00.000Z+1',
    '20260630T120000Z': noon,
    '20260630T200000.5+0800': '2026-06-30T12:00:00.500Z+0',
    '20261330T120000Z': null,
  }
  expect(await read(Object.keys(texts), '+08:00')).toEqual(texts)
})

test('a time without an offset is read in the assumed zone', async () => {
  const texts = {
    '2026-06-30 20:00:00': noon,
    '2026/06/30 20:00': noon,
    '2026/6/30 20:00:00.25': '2026-06-30T12:00:00.250Z+0',
    '2026-06-30T20:00:00': noon,
    '20260630T200000': noon,
    '2026-07-01': '2026-06-30T16:00:00.000Z+0',
    '2026/7/1': '2026-06-30T16:00:00.000Z+0',
    '20260701': '2026-06-30T16:00:00.000Z+0',
    '20260630200000': noon,
  }
  expect(await read(Object.keys(texts), '+08:00')).toEqual(texts)
})

test('Chinese, dotted and message forms say the same', async () => {
  const texts = {
    '2026年6月30日 20时0分': noon,
    '2026年6月30日20时': noon,
    '2026年06月30日 20:00:00': noon,
    '2026年6月30日20点0分0秒': noon,
    '2026年6月30日 8时5分6秒': '2026-06-30T00:05:06.000Z+0',
    '2026年7月1日': '2026-06-30T16:00:00.000Z+0',
    '2026-06-30 20：00：00': noon,
    '2026.6.30 20:00': noon,
    '2026-06-30 20:00:00,250': '2026-06-30T12:00:00.250Z+0',
    '2026/6/30 8:05': '2026-06-30T00:05:00.000Z+0',
    'Tue, 30 Jun 2026 12:00:00 GMT': noon,
    '30 Jun 2026 20:00 +0800': noon,
  }
  expect(await read(Object.keys(texts), '+08:00')).toEqual(texts)
})

test('an epoch number is seconds, milliseconds, microseconds or nanoseconds by its size', async () => {
  const texts = {
    '1782820800': noon,
    '1782820800.25': '2026-06-30T12:00:00.250Z+0',
    '1782820800000': noon,
    '1782820800000001': '2026-06-30T12:00:00.000Z+1',
    '1782820800000.5': '2026-06-30T12:00:00.000Z+500',
    '1782820800000000.0': noon,
    '1782820800000001999': '2026-06-30T12:00:00.000Z+1',
    '100000000': '1973-03-03T09:46:40.000Z+0',
    '9000000000': '2255-03-14T16:00:00.000Z+0',
    '100000000000': '1973-03-03T09:46:40.000Z+0',
  }
  expect(await read(Object.keys(texts), '+08:00')).toEqual(texts)
})

test('values that stand for no time, and texts that say none, are null', async () => {
  const texts = [
    '0001-01-01T00:00:00Z',
    '0001-01-01T00:00:00',
    '9999-12-31T23:59:59Z',
    '9999-12-31',
    '1970-01-01 00:00:00',
    '1970-01-01T00:00:00Z',
    '1970-01-01 08:00:00',
    '0',
    '0.0',
    '',
    'infinity',
    'epoch',
    '2026-06-30 (BC)',
    '2026-13-01',
    '2026-02-30',
    '2026-06-30 25:00:00',
    '2026-06-30 12:00:60',
    '06/30/2026',
    '12:00',
    '2026-06-30 12:00:00 Asia/Shanghai',
    'yesterday',
    '99999999',
    '-1782820800',
    '1.78E+12',
    '99999999999999999999',
    '20261332',
    '6月30日',
    '2026年6月',
    '下午8:00',
    '2026年6月30日下午8点',
    '30/06/2026',
    '03/06/2026 08:05',
    '30.06.2026',
    '253402300799',
    '253402300799999',
    '253402300799999999',
    '253402271999000',
    '-62135596800',
    '-62135596800000',
    '9223372036854775807',
    'Wed, 30 Brumaire 2026 20:00:00 GMT',
  ]
  expect(await read(texts, '+08:00')).toEqual(Object.fromEntries(texts.map(text => [text, null])))
})

test('a date is the one that is written, and a month is its first day', async () => {
  const texts: Record<string, string | null> = {
    '2026-06-30': '2026-06-30',
    '2026/6/3': '2026-06-03',
    '2026-06-30T23:30:00-08:00': '2026-06-30',
    '2026-06': '2026-06-01',
    '2026/6': '2026-06-01',
    '2026年6月': '2026-06-01',
    '2026年6月3日': '2026-06-03',
    '2026.06.03': '2026-06-03',
    '03/06/2026': null,
    '253402300799': null,
    '202606': '2026-06-01',
    '20260630': '2026-06-30',
    '1782835200': '2026-07-01',
    '0001-01-01': null,
    '1970-01-01': null,
    '2026-02-30': null,
    '202613': null,
    June: null,
  }
  await loadRows(
    engine,
    'dates',
    { text: 'text' },
    Object.keys(texts).map(text => ({ text })),
  )
  const date = withoutSentinelDates(textToDate(name('text'), '+08:00'))
  const statement = sql`select text, ${date} as date from dates order by row_no`
  const rows = await ask(engine, { statement, result: { text: 'text', date: 'date' } })
  const read = rows.map(({ text, date: day }) => [
    text,
    typeof day === 'number' ? new Date(day / 1000).toISOString().slice(0, 10) : day,
  ])
  expect(Object.fromEntries(read)).toEqual(texts)
})

test('zones are fixed offsets and nothing else', () => {
  expect(offsetMinutes('+05:45')).toBe(345)
  expect(offsetMinutes('-09:30')).toBe(-570)
  expect(() => offsetMinutes('Asia/Shanghai')).toThrow(RangeError)
  expect(zones.map(zone => zone.value)).toContain('+08:00')
  expect(new Set(zones.map(zone => zone.value)).size).toBe(zones.length)
})
