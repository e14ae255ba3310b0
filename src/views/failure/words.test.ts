import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import type { Failure } from '../../domain/failure.ts'
import { missingName, missingNames } from './missing.ts'
import { failureWords } from './words.ts'

const one: { readonly [K in Failure['kind']]: Extract<Failure, { kind: K }> } = {
  'unreadable-file': { kind: 'unreadable-file', file: 'a.csv', format: 'CSV', detail: 'x', where: 'row 7' },
  'unknown-format': { kind: 'unknown-format', file: 'a.docx', looksLike: 'ZIP' },
  'unsupported-feature': {
    kind: 'unsupported-feature',
    file: 'a.arrow',
    format: 'Arrow',
    feature: 'decimal256',
    column: 'price',
  },
  'over-limit': { kind: 'over-limit', file: 'a.csv', limit: 'columns', actual: 9000, allowed: 4096 },
  'already-imported': { kind: 'already-imported', file: 'a.csv', dataset: 'July' },
  'manifest-mismatch': { kind: 'manifest-mismatch', file: 'a.csv', expected: 'ab', actual: 'cd' },
  'ingest-mismatch': { kind: 'ingest-mismatch', table: 'raw_1', expected: '10 rows', actual: '9 rows' },
  'query-failed': { kind: 'query-failed', sql: 'select', detail: 'x' },
  'engine-lost': { kind: 'engine-lost', detail: 'x' },
  'out-of-memory': { kind: 'out-of-memory', detail: 'x' },
  'unexpected-result': { kind: 'unexpected-result', recipe: 'CON-17', expected: 'hhi', actual: 'hh' },
  'not-computable': { kind: 'not-computable', recipe: 'CON-03', missing: ['device'] },
  'not-saved': { kind: 'not-saved', name: 'a.png', detail: 'x' },
  cancelled: { kind: 'cancelled' },
}

test.each(Object.values(one))(
  '$kind says what happened and what to do, in Chinese and in English',
  failure => {
    const { what, todo } = failureWords(failure)
    for (const { zh, en } of [what, todo]) {
      expect(zh).toMatch(/\p{Script=Han}/u)
      expect(en).toMatch(/^[^\p{Script=Han}]+$/u)
    }
  },
)

test('a file failure names the file, and the column or row where it knows it', () => {
  expect(failureWords(one['unreadable-file']).where?.en).toBe('a.csv · row 7')
  expect(failureWords(one['unsupported-feature']).where?.en).toBe('a.arrow · price')
  expect(failureWords(one['already-imported']).where?.en).toContain('July')
})

test('what is missing is named by table and column, with the code an export would use', () => {
  const { zh, en } = missingNames(['conn_event', 'device.is_industrial'])
  expect(en).toContain('Connection events (conn_event)')
  expect(en).toContain('Industrial device of Devices (device.is_industrial)')
  expect(zh).toContain('连接事件（conn_event）')
  expect(zh).toContain('设备的“工业设备”（device.is_industrial）')
})

test('nothing missing means that no rows are in scope', () => {
  expect(missingNames([]).en).toContain('No rows in scope')
})

test('what a recipe asks of a table beyond its being there is said in the reader’s language', () => {
  const folder = new URL('../../indicators/catalogue/', import.meta.url)
  const asked = readdirSync(folder)
    .filter(name => !name.endsWith('.test.ts'))
    .flatMap(name => [...readFileSync(new URL(name, folder), 'utf8').matchAll(/'([a-z_]+: a [^']+)'/g)])
    .map(([, missing = '']) => missing)
  expect(asked.length).toBeGreaterThan(2)
  for (const missing of asked) expect(missingName(missing).zh).toMatch(/^[^：]+：\p{Script=Han}/u)
  expect(missingName('platform: a second export with another date')).toEqual({
    zh: '平台（platform）：另一日期的第二份导出',
    en: 'Platforms (platform): a second export with another date',
  })
})
