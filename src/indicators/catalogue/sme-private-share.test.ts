import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { noFilters } from '../../domain/filter.ts'
import { wilson } from '../../statistics/statistics.ts'
import { besides, type Cells, type Fixture, Trials } from '../testing.ts'
import share from './sme-private-share.ts'

let trials: Trials
beforeAll(async () => {
  trials = await Trials.open()
})
afterAll(() => trials.engine.close())

const asOf = '2026-06-30T00:00:00Z'
const contract = (org_id: string, more: Cells = {}) => ({
  contract_id: `${org_id}-${String(more.platform_id ?? 'p')}`,
  platform_id: 'p',
  org_id,
  start: '2025-01-01',
  ...more,
})
const usage = (org_id: string, more: Cells = {}) => ({
  subject_kind: 'application',
  subject_id: 'a1',
  platform_id: 'q',
  month: '2026-05-01',
  org_id,
  users: 3,
  ...more,
})

/**
 * Served: big (two platforms), mid, small (by usage), micro, odd (unknown size), stray (not listed). Not served: over (ended on
 * the day), soon (begins later), old (usage of 13 months ago), idle (0 users), and nobody by the row for all.
 * Size known: big, mid, small, micro, so 3 of 4. Ownership known: big, mid, small, odd; private: mid, odd, so 2 of 4.
 */
const fixture: Fixture = {
  organisation: [
    { org_id: 'big', size: '大', ownership: '国有' },
    { org_id: 'mid', size: '中', ownership: '民营' },
    { org_id: 'small', size: '小', ownership: '外资' },
    { org_id: 'micro', size: '微' },
    { org_id: 'odd', ownership: '民营' },
    ...['over', 'soon', 'old', 'idle'].map(org_id => ({ org_id, size: '小', ownership: '民营' })),
  ],
  contract: [
    contract('big'),
    contract('big', { platform_id: 'q' }),
    contract('mid', { ended_at: '2026-07-01' }),
    contract('micro', { start: '2026-06-30' }),
    contract('odd'),
    contract('stray'),
    contract('over', { ended_at: '2026-06-30' }),
    contract('soon', { start: '2026-07-01' }),
  ],
  usage: [
    usage('small', { platform_id: null }),
    usage('old', { month: '2025-06-01' }),
    usage('idle', { users: 0 }),
    usage('*', { organisations: 50 }),
  ],
  application: [{ application_id: 'a1', platform_id: 'q' }],
}

test('is 3 of 4 by size and 2 of 4 by ownership', async () => {
  const { headline, rows } = await trials.run(share, fixture, { asOf })
  expect(headline.value).toBe(0.75)
  expect(headline.interval).toMatchObject({ kind: 'confidence', ...wilson(3, 4) })
  expect(headline.basis).toMatchObject({ n: 4, share: 4 / 6 })
  expect(besides(headline)).toEqual({
    'Small and medium enterprises': 0.75,
    'Private enterprises': 0.5,
    'Organisations served': 6,
    'Of unknown size': 2,
    'Of unknown ownership': 2,
    'Of them not in the list of organisations': 1,
  })
  // p: big, mid, micro, odd, stray; q: big, and small through its application's platform.
  expect(rows).toMatchObject([
    { platform_id: 'p', served: 5, known_class: 3, of_class: 2, class_share: 2 / 3 },
    { platform_id: 'q', served: 2, known_class: 2, of_class: 1, class_share: 0.5 },
  ])
  const own = await trials.run(share, fixture, { asOf, inputs: { which: 'private' } })
  expect(own.headline).toMatchObject({ value: 0.5, interval: wilson(2, 4) })
  expect(own.rows[0]).toMatchObject({ platform_id: 'p', known_class: 3, of_class: 2 })
})

test('takes the evidence that is asked for', async () => {
  const served = async (inputs: Readonly<Record<string, string | number>>) =>
    besides((await trials.run(share, fixture, { asOf, inputs })).headline)['Organisations served']
  expect(await served({ evidence: 'contract' })).toBe(5)
  expect(await served({ evidence: 'usage' })).toBe(1)
  // One month more lets in the usage of June 2025.
  expect(await served({ evidence: 'usage', months: 13 })).toBe(2)
})

test('a period shifts the time of the data and cuts no contract', async () => {
  const filters = { ...noFilters, from: '2026-01-01', to: '2026-06-30' }
  expect((await trials.run(share, fixture, { asOf, filters })).headline.value).toBe(0.75)
})

test('its details list classes and organisations', async () => {
  const loaded = await trials.load(fixture)
  const classes = await trials.detail(share, 'classes', loaded, { asOf })
  expect(classes.map(({ size, ownership, organisations }) => [size, ownership, organisations])).toEqual([
    ['大', '国有', 1],
    ['中', '民营', 1],
    ['小', '外资', 1],
    ['微', 'unknown', 1],
    ['unknown', 'unknown', 1],
    ['unknown', '民营', 1],
  ])
  const rows = await trials.detail(share, 'organisations', loaded, { asOf })
  expect(rows.map(({ org_id, row_no }) => [org_id, row_no])).toEqual([
    ['stray', null],
    ['odd', 5],
    ['micro', 4],
    ['big', 1],
    ['mid', 2],
    ['small', 3],
  ])
  expect(rows[3]).toMatchObject({ by_contract: true, by_usage: false, platforms: 2 })
})

test('names what is missing', async () => {
  const missing = async (tables: Fixture, which = 'sme') =>
    (await trials.run(share, tables, { asOf, inputs: { which } })).headline.missing
  const { organisation = [], contract: contracts = [] } = fixture
  expect(await missing({ organisation })).toEqual(['contract', 'usage'])
  const bare = { organisation: [{ org_id: 'big' }], contract: contracts }
  expect(await missing(bare)).toEqual(['organisation.size'])
  expect(await missing(bare, 'private')).toEqual(['organisation.ownership'])
})

test('is the share counted organisation by organisation', async () => {
  const day = fc.constantFrom('2025-03-01', '2026-06-29', '2026-06-30', '2026-07-01')
  const drawn = fc.array(
    fc.record({
      org: fc.nat(9),
      platform_id: fc.constantFrom('p', 'q', 'r'),
      start: day,
      ended_at: fc.option(day, { nil: null }),
    }),
    { minLength: 1, maxLength: 30 },
  )
  const sizes = fc.array(fc.constantFrom('大', '中', '小', '微', null), { minLength: 10, maxLength: 10 })
  await fc.assert(
    fc.asyncProperty(drawn, sizes, async (contracts, sizeOf) => {
      const now = '2026-06-30'
      const served = new Set(
        contracts
          .filter(({ start, ended_at }) => start <= now && (ended_at === null || ended_at > now))
          .map(({ org }) => org),
      )
      const known = [...served].filter(org => sizeOf[org] !== null)
      const small = known.filter(org => sizeOf[org] !== '大')
      const { headline } = await trials.run(
        share,
        {
          organisation: sizeOf.map((size, i) => ({ org_id: `o${i}`, size })),
          contract: contracts.map(({ org, ...rest }, i) => ({
            ...rest,
            contract_id: `c${i}`,
            org_id: `o${org}`,
          })),
        },
        { asOf },
      )
      expect(headline.value).toBe(known.length > 0 ? small.length / known.length : null)
    }),
    { numRuns: 8 },
  )
})
