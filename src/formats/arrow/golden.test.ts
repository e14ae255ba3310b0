import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Engine } from '../../engine/engine.ts'
import { chunksOf, openTestEngine } from '../../engine/testing.ts'
import { name, type Sql, sql } from '../../sql/sql.ts'
import { failureOfReading, noSamples, readAll, sample, sampleJson, value } from '../testing.ts'
import { type OracleField, type OracleFile, oracleLeaves, type Plain } from './oracle.ts'

const folders = {
  'arrow/1.0.0-littleendian': ['primitive', 'datetime', 'dictionary', 'nested'],
  'arrow/1.0.0-bigendian': ['primitive'],
  'arrow/2.0.0-compression': ['lz4', 'zstd', 'uncompressible_zstd'],
  'arrow/cpp-21.0.0': ['primitive', 'datetime', 'decimal', 'dictionary', 'nested'],
}
const files = Object.entries(folders).flatMap(([folder, names]) =>
  names.flatMap(stem => [`${folder}/generated_${stem}.stream`, `${folder}/generated_${stem}.arrow_file`]),
)

/** The golden files' values, as DuckDB holds them after our reader, against the JSON that came with them. */
describe.skipIf(noSamples)('golden files of arrow-testing (skipped without ../shared/samples)', () => {
  let engine: Engine
  const { signal } = new AbortController()
  beforeAll(async () => {
    engine = await openTestEngine()
  })
  afterAll(() => engine.close())

  test.each(files)('%s holds the values of its oracle', async path => {
    const oracle = sampleJson(path.replace(/\.(stream|arrow_file)$/, '.json.gz')) as OracleFile
    const read = await readAll(sample(path))
    const rows = oracle.batches.reduce((sum, batch) => sum + batch.count, 0)
    expect(value(read.summary)).toMatchObject({ rowsRead: rows, rowsSent: rows, rejects: [] })
    expect(value(await engine.ingest(chunksOf(...read.chunks), path, signal)).rows).toBe(rows)
    for (const { field, values } of oracle.schema.fields.flatMap((_, i) => oracleLeaves(oracle, i))) {
      const expected = values.map(plain => asText(field, plain))
      expect(await column(path, field), `${field.name} ${JSON.stringify(field.type)}`).toEqual(expected)
    }
  })

  // f33 to f35 hold integers of 39 digits, over the 10^38 that DuckDB's widest decimal ends at.
  test('decimals of more digits than DuckDB holds are refused, not cut', async () => {
    const failure = await failureOfReading(sample('arrow/1.0.0-littleendian/generated_decimal.stream'))
    expect(failure).toMatchObject({
      kind: 'unreadable-file',
      detail: 'a value of more than 38 digits',
      where: 'column f33, value 2 of its batch',
    })
  })

  async function column(table: string, field: OracleField): Promise<readonly unknown[]> {
    const statement = sql`select ${shown(field, name(field.name))} as v from ${name(table)} order by row_no`
    const { rows } = value(await engine.query(statement, { v: 'text' }, signal))
    return rows.map(({ v }) => (v == null ? null : normal(field, String(v))))
  }
})

/** The expression that shows a column in the oracle's own words. */
function shown(field: OracleField, source: Sql): Sql {
  const { type } = field
  switch (type.name) {
    case 'binary':
    case 'fixedsizebinary':
      return sql`hex(${source})`
    case 'date':
      return type.unit === 'DAY'
        ? sql`datediff('day', date '1970-01-01', ${source})`
        : sql`epoch_ms(${source})`
    case 'timestamp':
      return sql`epoch_us(${source}::timestamp)`
    case 'list':
    case 'fixedsizelist':
      return sql`case when ${source} is not null then coalesce(array_to_string(list_transform(${source}::varchar[], lambda x: coalesce(x, '∅')), ' '), '') end`
    default:
      return sql`${source}::varchar`
  }
}

function normal(field: OracleField, text: string): string | number {
  if (field.type.name === 'floatingpoint') return precise(field, Number(text))
  return field.type.name === 'time' ? seconds(text) : text
}

/** The same words from the oracle. */
function asText(field: OracleField, plain: Plain): string | number | null {
  if (plain === null) return null
  const { type } = field
  if (Array.isArray(plain)) return plain.map(item => item ?? '∅').join(' ')
  if (typeof plain === 'object') throw new Error('a struct that was not opened')
  if (type.name === 'floatingpoint') return precise(field, Number(plain))
  if (type.name === 'decimal') return scaled(String(plain), Number(type.scale))
  if (type.name === 'time')
    return Number((BigInt(String(plain)) * 1_000_000_000n) / perSecond(type.unit)) / 1e9
  if (type.name === 'timestamp') return epoch(String(plain), type.unit)
  return String(plain)
}

function precise(field: OracleField, number: number): number {
  return field.type.precision === 'SINGLE' ? Math.fround(number) : number
}

function scaled(digits: string, scale: number): string {
  const [, sign = '', whole = ''] = /^(-?)(\d+)$/.exec(digits) ?? []
  const padded = whole.padStart(scale + 1, '0')
  return `${sign}${padded.slice(0, -scale)}.${padded.slice(-scale)}`
}

/** Microseconds, cut downwards. */
function epoch(raw: string, unit: unknown): string {
  const count = BigInt(raw)
  if (unit !== 'NANOSECOND') return ((count * 1_000_000n) / perSecond(unit)).toString()
  const micros = count / 1000n
  return (count < 0n && micros * 1000n !== count ? micros - 1n : micros).toString()
}

function perSecond(unit: unknown): bigint {
  return (
    { SECOND: 1n, MILLISECOND: 1000n, MICROSECOND: 1_000_000n, NANOSECOND: 1_000_000_000n }[String(unit)] ??
    0n
  )
}

/** `05:06:07.089` as seconds. */
function seconds(clock: string): number {
  const [hours = 0, minutes = 0, rest = 0] = clock.split(':').map(Number)
  return Math.round((hours * 3600 + minutes * 60 + rest) * 1e9) / 1e9
}
