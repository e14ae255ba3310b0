import { join, name, type Sql, sql } from '../sql/sql.ts'
import type { AdapterOption, Expression, RawTable } from './adapter.ts'
import { named } from './named.ts'
import { constant } from './raw-table.ts'
import { textToTimestamp, withoutSentinels } from './times.ts'
import { zones } from './zone.ts'

/** The platform that an export without a platform column is of; proposed from the name of the file. */
export const platformOption: AdapterOption = {
  name: { zh: '平台编号', en: 'Platform id' },
  help: {
    zh: '导出文件不含平台编号，请填写它属于哪个平台。',
    en: 'The export does not say which platform it is of.',
  },
  proposal: raw => fileStem(raw.fileName) || 'platform',
}

/** The offset assumed for times that carry none. */
export function zoneOption(proposal: (raw: RawTable) => string): AdapterOption {
  return {
    name: { zh: '时区', en: 'Time zone' },
    help: {
      zh: '用于没有时区的时间。带时区的时间和纪元时间不受影响。',
      en: 'For times written without an offset; times with one and epoch numbers are not touched.',
    },
    proposal,
    choices: zones,
  }
}

export const utcOption: AdapterOption = zoneOption(() => '+00:00')

/** When the states of an export were true, for exports that do not say it. */
export const asOfOption: AdapterOption = {
  name: { zh: '快照时点', en: 'As of' },
  help: {
    zh: '导出时刻，如 2026-06-30T08:00:00+08:00。留空则取文件中最晚的时间（导出不会早于它）；文件中没有时间则不生成快照。',
    en: 'When the export was made, as 2026-06-30T08:00:00+08:00. Left empty: the latest time in the file, which the export cannot be older than; without any, no snapshots are made.',
  },
  proposal: () => '',
}

/** The snapshot time: what the person gave, else the latest time in the named raw columns; null where there is none. */
export function asOf(options: Readonly<Record<string, string>>, times: readonly string[]): Expression | null {
  const given = options.as_of?.trim()
  if (given) return constant(given)
  if (times.length === 0) return null
  const latest = times.map(time => latestOf(time, options.zone ?? '+00:00'))
  // With its zone, so that nobody shifts it again; the cast needs no ICU in this direction (DuckDB 1.4).
  return { sql: sql`cast(greatest(${join(latest)}) as timestamptz)`, type: 'timestamp', from: times }
}

function latestOf(raw: string, zone: string): Sql {
  const time = textToTimestamp(sql`cast(${name(raw)} as varchar)`, zone)
  return named(sql`latest`, sql`max(${time}) over ()`, latest => withoutSentinels(latest, zone))
}

function fileStem(fileName: string): string {
  const base = fileName.split(/[\\/]/).at(-1) ?? ''
  return base.replace(/(?<=.)\.[^.]*$/, '')
}
