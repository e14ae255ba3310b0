import type { Cells, Fixture } from './testing.ts'

/** Items of a platform: so many of each class, "industry/function". */
export type Contents = Readonly<Record<string, number>>

/** Models, by platform and class; every second one as an application where asked for. */
export function portfolioFixture(platforms: Readonly<Record<string, Contents>>, mixed = false): Fixture {
  const items = Object.entries(platforms).flatMap(([platform_id, contents]) =>
    Object.entries(contents).flatMap(([key, count]) =>
      Array.from({ length: count }, () => itemOf(platform_id, key)),
    ),
  )
  const isModel = (i: number) => !mixed || i % 2 === 0
  return {
    platform: Object.keys(platforms).map(platform_id => ({ platform_id, name: `平台${platform_id}` })),
    model: items.flatMap((item, i) => (isModel(i) ? [{ ...item, model_id: `m${i}` }] : [])),
    application: items.flatMap((item, i) => (isModel(i) ? [] : [{ ...item, application_id: `a${i}` }])),
  }
}

/** Either side of the slash may be empty: not known. */
function itemOf(platform_id: string, key: string): Cells {
  const [industry = '', purpose = ''] = key.split('/')
  return { platform_id, industry_code: industry || null, function: purpose || null }
}

/** Shares over all classes that any platform has, the naive way. */
export function naiveShares(platforms: Readonly<Record<string, Contents>>): readonly (readonly number[])[] {
  const classes = [...new Set(Object.values(platforms).flatMap(contents => Object.keys(contents)))]
  return Object.values(platforms).map(contents => {
    const sum = Object.values(contents).reduce((whole, count) => whole + count, 0)
    return classes.map(key => (contents[key] ?? 0) / sum)
  })
}

/** −Σ p log2 p. */
export function naiveEntropy(shares: readonly number[]): number {
  return -shares.reduce((sum, p) => sum + (p > 0 ? p * Math.log2(p) : 0), 0)
}
