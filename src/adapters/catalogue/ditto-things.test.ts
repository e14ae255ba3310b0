import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Engine } from '../../engine/engine.ts'
import { openTestEngine } from '../../engine/testing.ts'
import { recognise } from '../adapter.ts'
import { importBytes, rawTable } from '../testing.ts'

let engine: Engine
beforeAll(async () => {
  engine = await openTestEngine()
})
afterAll(() => engine.close())

const forever = '9999-12-31T23:59:59Z'

/** A thing with the feature as the ConnectionStatus mapper writes it. */
function thing(thingId: string, readySince?: string, readyUntil?: string) {
  const status = { readySince, readyUntil }
  const connection = { definition: ['org.eclipse.ditto:ConnectionStatus:1.0.0'], properties: { status } }
  return {
    thingId,
    policyId: thingId,
    definition: 'com.acme:pump:1.0.0',
    attributes: { manufacturer: 'ACME', location: { latitude: 48.1 }, apiKey: 'CANARY7f3a' },
    features: {
      ...(readyUntil === undefined ? {} : { ConnectionStatus: connection }),
      temperature: { properties: { value: 23.42 } },
    },
  }
}

// Built from the vendor's documentation: eclipse-ditto/ditto documentation/…/connectivity-mapping.md and
// _posts/2021-12-22-live-channel-condition.md.
const things = [
  thing('my.ns:indefinite', '2026-06-30T08:00:00Z', forever),
  thing('my.ns:ended', '2026-06-30T06:00:00Z', '2026-06-30T07:30:00Z'),
  thing('my.ns:polling', '2026-06-30T11:59:30Z', '2026-06-30T12:04:30Z'),
  thing('my.ns:latest', '2026-06-30T14:00:00+02:00', forever),
  thing('my.ns:no-status'),
  thing('my.ns:empty', '', ''),
  thing('my.ns:zero', '0001-01-01T00:00:00Z', '0001-01-01T00:00:00Z'),
  thing('my.ns:bad', '2026-06-30T08:00:00Z', 'soon'),
  thing('my.ns:indefinite', '2026-06-30T08:00:00Z', forever),
  thing(':default-namespace', '2026-06-30T08:00:00Z', forever),
]

describe('Ditto things', () => {
  test('of a search page give devices, every row accounted for', async () => {
    const imported = await importBytes(engine, 'twins.json', JSON.stringify({ items: things, cursor: 'x' }))
    expect(imported.id).toBe('ditto-things')
    expect(imported.counts).toEqual({ read: 10, accepted: 9, rejected: 1 })
    expect(imported.rejects.map(({ row, reason }) => [row, reason])).toEqual([[9, 'duplicate-key']])
    expect((await imported.rows('device'))[0]).toEqual({
      platform_id: 'twins',
      device_id: 'my.ns:indefinite',
      product: 'com.acme:pump:1.0.0',
    })
    expect(imported.raw.columns.join()).not.toContain('apiKey')
  })

  test('are connected until readyUntil, as of the latest connect', async () => {
    const imported = await importBytes(engine, 'x.json', things.map(one => JSON.stringify(one)).join('\n'))
    const rows = await imported.rows('device_snapshot')
    // The latest connect is 14:00 in +02:00.
    expect(new Set(rows.map(row => `${row.as_of} ${row.state_kind}`))).toEqual(
      new Set(['2026-06-30T12:00:00.000Z session']),
    )
    expect(rows.map(row => [row.device_id, row.state, row.last_seen])).toEqual([
      ['my.ns:indefinite', 'online', '2026-06-30T08:00:00.000Z'],
      ['my.ns:ended', 'offline', '2026-06-30T07:30:00.000Z'],
      ['my.ns:polling', 'online', '2026-06-30T11:59:30.000Z'],
      ['my.ns:latest', 'online', '2026-06-30T12:00:00.000Z'],
      ['my.ns:no-status', 'unknown', null],
      ['my.ns:empty', 'unknown', null],
      ['my.ns:zero', 'unknown', null],
      ['my.ns:bad', 'unknown', '2026-06-30T08:00:00.000Z'],
      [':default-namespace', 'online', '2026-06-30T08:00:00.000Z'],
    ])
  })

  test('are judged at the time that the person gives', async () => {
    const text = JSON.stringify(things.slice(0, 5))
    const chosen = { as_of: '2026-06-30 20:10', zone: '+08:00' }
    const rows = await (await importBytes(engine, 'x.json', text, chosen)).rows('device_snapshot')
    expect(rows.map(row => [row.as_of, row.state])).toEqual(
      ['online', 'offline', 'offline', 'online', 'unknown'].map(state => ['2026-06-30T12:10:00.000Z', state]),
    )
  })

  test('with the feature of the WoT model, and without any', async () => {
    const wot = {
      ...thing('a:b'),
      features: {
        ConnectionStatus: { properties: { readySince: '2026-06-30T08:00:00Z', readyUntil: forever } },
      },
    }
    const rows = await (await importBytes(engine, 'x.json', JSON.stringify([wot]))).rows('device_snapshot')
    expect(rows.map(row => row.state)).toEqual(['online'])
    const bare = await importBytes(engine, 'x.json', JSON.stringify([thing('a:b')]))
    expect(bare.mapping.targets.map(({ table }) => table)).toEqual(['device'])
  })
})

test('other things are not known', () => {
  expect(recognise(rawTable('x.json', [{ thingId: 'no-namespace', definition: 'x' }]))).toBeNull()
  expect(recognise(rawTable('x.json', [{ thingId: 'a:b', colour: 'red' }]))).toBeNull()
})
