import { afterAll, beforeAll, expect, test } from 'vitest'
import type { CanonicalRow } from '../../scripts/sample/canonical-row.ts'
import { type Random, random as seeded } from '../../scripts/sample/random.ts'
import { firstOfEachKey, readWhole } from '../../scripts/sample/read-sample.ts'
import { canonicalTable } from '../domain/canonical.ts'
import { type CellType, loadRows } from '../engine/testing.ts'
import activeContributors from './catalogue/active-contributors.ts'
import aiModelShare from './catalogue/ai-model-share.ts'
import applicationDepth from './catalogue/application-depth.ts'
import externalContributionShare from './catalogue/external-contribution-share.ts'
import interconnectionDensity from './catalogue/interconnection-density.ts'
import modelReuse from './catalogue/model-reuse.ts'
import smePrivateShare from './catalogue/sme-private-share.ts'
import type { LoadedTables } from './scope.ts'
import { type Outcome, Trials } from './testing.ts'

/**
 * What platforms offer and whom they serve, against plain TypeScript over raw rows: random parts of the bundled sample with
 * cells left out.
 */
const asOf = Date.UTC(2026, 5, 30) * 1000
const folder = 'resources/sample'
const names = [
  ...(['model', 'application', 'usage', 'platform', 'platform_link'] as const),
  ...(['community', 'organisation', 'contract'] as const),
] as const
type Name = (typeof names)[number]
type Drawn = { readonly [N in Name]: readonly CanonicalRow<N>[] }

let trials: Trials
beforeAll(async () => {
  trials = await Trials.open()
})
afterAll(() => trials.engine.close())

/** Six tenths of the rows, in each of which a tenth of the cells that may be absent are. */
function spoilt(table: Name, random: Random): readonly object[] {
  const optional = Object.entries(canonicalTable(table).columns)
    .filter(([, column]) => !('key' in column) && !('required' in column))
    .map(([column]) => column)
  return firstOfEachKey(table, readWhole(folder, table))
    .filter(() => random.chance(0.6))
    .map(one => ({
      ...one,
      ...Object.fromEntries(optional.filter(() => random.chance(0.1)).map(column => [column, null])),
      ...(table === 'usage' && random.chance(0.1) ? { users: 0 } : {}),
    }))
}

let loads = 0
async function load(drawn: Drawn): Promise<LoadedTables> {
  const loaded: Partial<Record<Name, readonly string[]>> = {}
  for (const table of names) {
    const columns = Object.entries(canonicalTable(table).columns).map(
      ([column, { type, category }]): [string, CellType] => [column, category ? 'category' : type],
    )
    const stored = `${table} ${++loads}`
    const rows = drawn[table].map(one => ({ ...one, file_id: stored }))
    await loadRows(trials.engine, stored, { file_id: 'text', ...Object.fromEntries(columns) }, rows)
    loaded[table] = [stored]
  }
  return loaded
}

const draws: (readonly [Drawn, LoadedTables])[] = []
beforeAll(async () => {
  for (let i = 0; i < 4; i++) {
    const random = seeded(Number(process.env.ASSAY_SEED ?? 5), `structure ${i}`)
    const drawn = Object.fromEntries(names.map(table => [table, spoilt(table, random)])) as unknown as Drawn
    draws.push([drawn, await load(drawn)])
  }
}, 60_000)

type Applied = Parameters<Trials['apply']>[0]
async function sameAs(recipe: Applied, expected: (drawn: Drawn) => number): Promise<void> {
  for (const [drawn, loaded] of draws) {
    const { headline }: Outcome = await trials.apply(recipe, loaded, { asOf: '2026-06-30T00:00:00Z' })
    const value = expected(drawn)
    expect(Math.abs((headline.value ?? Number.NaN) - value)).toBeLessThanOrEqual(1e-9 * Math.abs(value))
  }
}

const sum = (numbers: readonly number[]) => numbers.reduce((all, one) => all + one, 0)
const share = <T>(all: readonly T[], counts: (one: T) => boolean) => all.filter(counts).length / all.length
/** First days of the last months, that of the time of the data included. */
const since = (months: number) => Date.UTC(2026, 6 - months, 1) * 1000

/** At least so many organisations use a model or application: those named, or the most of a month told together. */
function users({ usage }: Drawn, kind: 'model' | 'application', from: number): (id: string) => number {
  const used = usage.filter(
    one => one.subject_kind === kind && one.month >= from && one.month <= asOf && one.users !== 0,
  )
  return id => {
    const own = used.filter(one => one.subject_id === id)
    const named = new Set(own.flatMap(one => (one.org_id === '*' ? [] : [one.org_id])))
    return Math.max(named.size, 0, ...own.map(one => (one.org_id === '*' ? (one.organisations ?? 0) : 0)))
  }
}

test('STR-04: levels of applications, weighted by using organisations of a year', async () => {
  await sameAs(applicationDepth, drawn => {
    const using = users(drawn, 'application', since(12))
    const judged = drawn.application.flatMap(({ application_id, depth_level }) =>
      depth_level === null ? [] : [{ level: depth_level, weight: using(application_id) }],
    )
    return (
      sum(judged.map(({ level, weight }) => level * weight)) / (6 * sum(judged.map(({ weight }) => weight)))
    )
  })
})

test('STR-05: models that two organisations use', async () => {
  await sameAs(modelReuse, drawn => {
    const using = users(drawn, 'model', 0)
    return share(drawn.model, ({ model_id }) => using(model_id) >= 2)
  })
})

test('STR-07: AI among models of known kind', async () => {
  await sameAs(aiModelShare, ({ model }) =>
    share(
      model.filter(({ kind }) => kind !== null),
      ({ kind }) => kind === 'ml' || kind === 'large' || kind === 'agent',
    ),
  )
})

test('STR-08: pairs of listed platforms with a link that has begun', async () => {
  await sameAs(interconnectionDensity, ({ platform, platform_link }) => {
    const listed = new Set(platform.map(({ platform_id }) => platform_id))
    const pairs = platform_link
      .filter(
        ({ from, to, since: begun }) =>
          from !== to && listed.has(from) && listed.has(to) && (begun ?? 0) <= asOf,
      )
      .map(({ from, to }) => [from, to].toSorted().join(' '))
    return (2 * new Set(pairs).size) / (listed.size * (listed.size - 1))
  })
})

test('STR-10: the largest of three months of each community', async () => {
  await sameAs(activeContributors, ({ community }) => {
    const most = new Map<string, number>()
    for (const { community_id, month, contributors } of community)
      if (month >= since(3) && month <= asOf)
        most.set(community_id, Math.max(most.get(community_id) ?? 0, contributors ?? 0))
    return sum([...most.values()])
  })
})

test('STR-11: merged changes from outside in a year, of rows that do not contradict themselves', async () => {
  await sameAs(externalContributionShare, ({ community }) => {
    const judged = community.flatMap(({ month, merged, merged_external: outside }) =>
      month < since(12) || month > asOf || merged === null || outside === null || outside > merged
        ? []
        : [{ merged, outside }],
    )
    return sum(judged.map(({ outside }) => outside)) / sum(judged.map(({ merged }) => merged))
  })
})

test('STR-12: small and medium ones among organisations with a contract in force or named in usage', async () => {
  await sameAs(smePrivateShare, ({ organisation, contract, usage }) => {
    const inForce = contract.filter(
      ({ start, ended_at }) => start <= asOf && (ended_at === null || ended_at > asOf),
    )
    const named = usage.filter(
      ({ org_id, month, users: people }) =>
        org_id !== '*' && people !== 0 && month >= since(12) && month <= asOf,
    )
    const served = new Set([...inForce, ...named].map(({ org_id }) => org_id))
    const known = organisation.filter(({ org_id, size }) => served.has(org_id) && size !== null)
    return share(known, ({ size }) => size !== '大')
  })
})
