import { vectorFromArray } from 'apache-arrow'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Engine } from '../engine/engine.ts'
import { arrowStream, chunksOf, openTestEngine } from '../engine/testing.ts'
import { canonicalMapping, loadText, rowsOf, stageRaw } from './testing.ts'

let engine: Engine
beforeAll(async () => {
  engine = await openTestEngine()
})
afterAll(() => engine.close())

async function devices(ids: readonly string[]) {
  const rows = ids.map(device_id => ({ platform_id: 'P', device_id }))
  const raw = await loadText(engine, rows)
  return stageRaw(engine, raw, canonicalMapping(['platform_id', 'device_id'], 'device'))
}

describe('identifiers that a spreadsheet ruined are refused as keys', () => {
  const cases: readonly [string, readonly string[], readonly string[]][] = [
    [
      'scientific notation',
      ['8.68533E+14', '1E+15', '8.68533e+14', 'd1'],
      ['8.68533E+14', '1E+15', '8.68533e+14'],
    ],
    [
      'zeros from the 16th digit on in every long one',
      ['1234567890123450', '9876543210987650', 'short', '12345'],
      ['1234567890123450', '9876543210987650'],
    ],
    [
      'different ones that became the same',
      ['123456789012345000', '123456789012345000'],
      ['123456789012345000', '123456789012345000'],
    ],
  ]
  test.each(cases)('%s', async (_, ids, refused) => {
    const { counts, rejects } = await devices(ids)
    expect(counts).toEqual({
      read: ids.length,
      accepted: ids.length - refused.length,
      rejected: refused.length,
    })
    expect(rejects.map(({ reason, column, value }) => [reason, column, value])).toEqual(
      refused.map(id => ['ruined-identifier', 'device_id', id]),
    )
  })

  const sound: readonly [string, readonly string[]][] = [
    ['one long one with other last digits', ['1234567890123450', '9876543210987654']],
    ['a single round one', ['1234567890123450']],
    ['fifteen digits with zeros at the end', ['868533000000000', '868534000000000']],
    [
      'zeros in front, which a spreadsheet drops',
      ['0000000000000010', '0000000000000020', '0000000000000100'],
    ],
    [
      'letters',
      ['12345678901234E5', '1E5', '12E4', 'E+12', '1.5E-3', '123456789012345A0', '123456789012345B0'],
    ],
  ]
  test.each(sound)('but not %s', async (_, ids) => {
    expect((await devices(ids)).counts).toEqual({ read: ids.length, accepted: ids.length, rejected: 0 })
  })
})

test('identifiers that came as doubles are integers again while every digit is sure', async () => {
  const stream = arrowStream({
    platform_id: { type: 'text', values: ['P', 'P', 'P', 'P'] },
    device_id: vectorFromArray([868533000000001, 1.5, Number.NaN, 123456789012345680]),
  })
  await engine.ingest(chunksOf(stream), 'doubles', new AbortController().signal)
  const mapping = canonicalMapping(['platform_id', 'device_id'], 'device')
  const { counts, rejects } = await stageRaw(engine, 'doubles', mapping)
  expect(counts).toEqual({ read: 4, accepted: 2, rejected: 2 })
  expect((await rowsOf(engine, 'doubles_device')).map(row => row.device_id)).toEqual([
    '868533000000001',
    '1.5',
  ])
  expect(rejects.map(({ row, reason }) => [row, reason])).toEqual([
    [3, 'missing-required'],
    [4, 'ruined-identifier'],
  ])
})
