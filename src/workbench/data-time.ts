import { type Result, success } from '../domain/failure.ts'
import { noFilters } from '../domain/filter.ts'
import { formatCount, formatTime } from '../domain/format.ts'
import type { Phrase } from '../domain/phrase.ts'
import type { Row } from '../domain/table.ts'
import { canonicalSources, type Dataset, type Workspace } from '../domain/workspace.ts'
import type { Engine } from '../engine/engine.ts'
import { asOfQuery, asOfResult, scope } from '../indicators/indicator.ts'

/** Rows that tell of times after the time of the data, which was not taken from them. */
export interface LaterRows {
  readonly rows: number
  /** The last of their times, µs UTC. */
  readonly latest: number
}

/** The time that the data speaks of, µs UTC; null where nothing tells it. */
export interface DataTime {
  readonly asOf: number | null
  readonly laterRows: LaterRows | null
}

/** What one dataset tells. */
interface Told extends DataTime {
  readonly rank: number
  /** What it says of itself, or a person says of it. */
  readonly declared: number | null
}

/**
 * The latest time of any dataset, each asked by itself: two exports may lie years apart. Where datasets tell their
 * times by different kinds of rows, the surest kind counts.
 */
export async function dataTime(
  engine: Engine,
  workspace: Workspace,
  signal: AbortSignal,
): Promise<Result<DataTime>> {
  const told: Told[] = []
  for (const dataset of workspace.datasets) {
    const declared = declaredTime(dataset)
    const { tables } = scope(canonicalSources({ ...workspace, datasets: [dataset] }), noFilters)
    const answer = await engine.query(asOfQuery(tables, declared), asOfResult, signal)
    if (!answer.ok) return answer
    told.push(toldBy(answer.value.rows[0], declared))
  }
  return success(together(told))
}

function declaredTime({ asOf }: Dataset): number | null {
  const milliseconds = asOf === null ? Number.NaN : Date.parse(asOf)
  return Number.isNaN(milliseconds) ? null : milliseconds * 1000
}

function toldBy(row: Row | undefined, declared: number | null): Told {
  const rows = numberOf(row, 'later_rows') ?? 0
  const latest = numberOf(row, 'latest')
  return {
    rank: numberOf(row, 'rank') ?? Number.POSITIVE_INFINITY,
    asOf: numberOf(row, 'as_of'),
    declared,
    laterRows: rows > 0 && latest !== null ? { rows, latest } : null,
  }
}

function together(told: readonly Told[]): DataTime {
  const surest = Math.min(...told.flatMap(({ rank, asOf }) => (asOf === null ? [] : [rank])))
  const isSurest = ({ rank }: Told) => rank === surest
  const times = [...told.map(({ declared }) => declared), ...told.filter(isSurest).map(({ asOf }) => asOf)]
  const asOf = times.reduce((latest, time) => (time === null ? latest : Math.max(time, latest ?? time)), null)
  const later = told.flatMap(({ laterRows, declared, rank }) =>
    (rank === surest || declared !== null) && laterRows !== null && asOf !== null && laterRows.latest > asOf
      ? [laterRows]
      : [],
  )
  if (later.length === 0) return { asOf, laterRows: null }
  const rows = later.reduce((sum, one) => sum + one.rows, 0)
  return { asOf, laterRows: { rows, latest: Math.max(...later.map(({ latest }) => latest)) } }
}

function numberOf(row: Row | undefined, column: string): number | null {
  const value = row?.[column]
  return typeof value === 'number' ? value : null
}

/** What a person should know of them before trusting an age. */
export function laterRowsWords({ rows, latest }: LaterRows, asOf: number): Phrase {
  const [last, taken] = [formatTime(latest), formatTime(asOf)]
  return {
    zh: `数据时点取 ${taken}；有 ${formatCount(rows, 'zh')} 行的时间更晚（最晚 ${last}），视为时钟异常或年份有误，不据以确定数据时点。`,
    en: `The data is taken as of ${taken}. ${formatCount(rows, 'en')} ${rows === 1 ? 'row tells of a later time' : 'rows tell of later times'} (up to ${last}), taken for a clock at fault or a wrong year.`,
  }
}
