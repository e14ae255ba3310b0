import type { RawTable } from './adapter.ts'

/**
 * `cumulative` where, over five batches or more of one source in the order of their windows, the counts of no source
 * ever fall and those of every such source grow; else `delta`. The preview is all that is looked at. `found` gives the
 * raw header of each canonical column of `ingest_batch`.
 */
export function counterKindOf(raw: RawTable, found: ReadonlyMap<string, string>): 'delta' | 'cumulative' {
  const sources = seriesBySource(raw, found).filter(({ length }) => length >= 5)
  const counters = ['records', 'bytes'].filter(counter => found.has(counter))
  const grows = (series: Series, counter: string) => {
    const counts = series.map(batch => batch[counter]).filter(count => count !== undefined)
    const steps = counts.slice(1).map((count, i) => count - (counts[i] ?? count))
    return (
      counts.length >= 5 &&
      steps.every(step => step >= 0) &&
      steps.filter(step => step > 0).length * 2 > steps.length
    )
  }
  const isCumulative =
    sources.length > 0 && counters.some(counter => sources.every(series => grows(series, counter)))
  return isCumulative ? 'cumulative' : 'delta'
}

type Series = readonly Readonly<Record<string, number>>[]

/** The counts of each platform's sources in the preview, in the order of their windows. */
function seriesBySource(raw: RawTable, found: ReadonlyMap<string, string>): readonly Series[] {
  const at = (canonical: string) => raw.columns.indexOf(found.get(canonical) ?? '')
  const cell = (row: RawTable['preview'][number], canonical: string) => row[at(canonical)] ?? ''
  const ordered = raw.preview.toSorted((a, b) =>
    compareText(cell(a, 'window_start'), cell(b, 'window_start')),
  )
  const count = (row: RawTable['preview'][number], counter: string) => {
    const text = cell(row, counter)
    return /^\d+(\.0*)?$/.test(text) ? { [counter]: Number(text) } : {}
  }
  const groups = new Map<string, Readonly<Record<string, number>>[]>()
  for (const row of ordered) {
    const source = JSON.stringify([cell(row, 'platform_id'), cell(row, 'source_id')])
    const series = groups.get(source) ?? []
    groups.set(source, series)
    series.push({ ...count(row, 'records'), ...count(row, 'bytes') })
  }
  return [...groups.values()]
}

/** ISO times and epoch numbers of one magnitude stand in the order of their texts. */
function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
