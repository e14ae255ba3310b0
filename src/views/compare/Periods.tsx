import { useMemo, useState } from 'react'
import type { Chart } from '../../domain/chart.ts'
import { formatCount } from '../../domain/format.ts'
import type { Phrase } from '../../domain/phrase.ts'
import { type Row, row } from '../../domain/table.ts'
import type { Period, PeriodComparison } from '../../workbench/workbench.ts'
import { Action } from '../controls/Action.tsx'
import { Day } from '../controls/Day.tsx'
import { monthsBefore } from '../filters/Period.tsx'
import { findIndicator } from '../recipes.ts'
import { useLanguage, useSay, useWorkbench, useWorkbenchState } from '../surroundings.ts'
import { Outcome, PictureAndRows, titled } from './Outcome.tsx'
import { useRun } from './use-run.ts'

/** One period beside another, on all platforms and on those seen in both. */
export function Periods() {
  const workbench = useWorkbench()
  const last = useWorkbenchState(state => state.filterChoices.to)
  const [periods, setPeriods] = useState(() => proposal(last))
  const { run, start, stop } = useRun<PeriodComparison>()
  const set = (which: 'earlier' | 'later', part: Partial<Period>) =>
    setPeriods(before => ({ ...before, [which]: { ...before[which], ...part } }))
  const lacking = Object.values(periods).some(({ from, to }) => from === '' || to === '' || to < from)
  return (
    <>
      <div className="compare-fields">
        {(['earlier', 'later'] as const).map(which => (
          <PeriodFields
            key={which}
            name={names[which]}
            period={periods[which]}
            onChange={part => set(which, part)}
          />
        ))}
        <Action
          label={{ zh: '比较', en: 'Compare' }}
          kind="primary"
          disabled={lacking}
          onPress={() =>
            start((tell, signal) => {
              const ids = workbench.comparing.periodIndicators().map(({ id }) => id)
              return workbench.comparing.periods(ids, periods, tell, signal)
            })
          }
        />
      </div>
      <Outcome run={run} onStop={stop} hint={hint}>
        {result => <PeriodOutcome result={result} />}
      </Outcome>
    </>
  )
}

const names = {
  earlier: { zh: '前一时段', en: 'Earlier period' },
  later: { zh: '后一时段', en: 'Later period' },
} as const

const hint: Phrase = {
  zh: '对受时段影响的全部指标分别在两个时段计算。样本变化不等于事物变化，因此另在两个时段都出现的平台（匹配样本）上各算一次。',
  en: 'Every indicator on which a period acts is computed in both. A change of the sample is not a change of the thing: so it is computed once more on the platforms seen in both periods (the matched sample).',
}

/** The last three months, and the three before. */
function proposal(last: string | null): { readonly earlier: Period; readonly later: Period } {
  if (last === null) return { earlier: { from: '', to: '' }, later: { from: '', to: '' } }
  const from = monthsBefore(last, 3)
  const before = dayBefore(from)
  return { earlier: { from: monthsBefore(before, 3), to: before }, later: { from, to: last } }
}

function dayBefore(day: string): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10)
}

interface PeriodFieldsProps {
  readonly name: Phrase
  readonly period: Period
  readonly onChange: (part: Partial<Period>) => void
}

function PeriodFields({ name, period, onChange }: PeriodFieldsProps) {
  return (
    <>
      <Day
        label={{ zh: `${name.zh}：自`, en: `${name.en}: from` }}
        value={period.from === '' ? null : period.from}
        onChange={day => onChange({ from: day ?? '' })}
      />
      <Day
        label={{ zh: '至', en: 'to' }}
        value={period.to === '' ? null : period.to}
        onChange={day => onChange({ to: day ?? '' })}
      />
    </>
  )
}

const columns = [
  { name: 'id', type: 'text' },
  { name: 'indicator', type: 'text' },
  { name: 'unit', type: 'text' },
  { name: 'earlier', type: 'number' },
  { name: 'later', type: 'number' },
  { name: 'change', type: 'number' },
  { name: 'earlier_matched', type: 'number' },
  { name: 'later_matched', type: 'number' },
  { name: 'change_matched', type: 'number' },
] as const

const columnNames: Readonly<Record<string, Phrase>> = {
  id: { zh: '编号', en: 'Id' },
  indicator: { zh: '指标', en: 'Indicator' },
  unit: { zh: '单位', en: 'Unit' },
  earlier: names.earlier,
  later: names.later,
  change: { zh: '相对变化（比率）', en: 'Relative change (ratio)' },
  earlier_matched: { zh: '前一时段，匹配样本', en: 'Earlier, matched' },
  later_matched: { zh: '后一时段，匹配样本', en: 'Later, matched' },
  change_matched: { zh: '相对变化，匹配样本', en: 'Relative change, matched' },
}

function PeriodOutcome({ result }: { result: PeriodComparison }) {
  const say = useSay()
  const language = useLanguage()
  const rows = useMemo(
    () =>
      result.values.map(({ indicator, earlier, later, earlierMatched, laterMatched }) => {
        const recipe = findIndicator(indicator)
        return row(
          columns.map(({ name }) => name),
          [
            indicator,
            recipe?.name[language] ?? indicator,
            recipe?.unit ?? '',
            ...[earlier, later, relative(earlier, later)],
            ...[earlierMatched, laterMatched, relative(earlierMatched, laterMatched)],
          ],
        )
      }),
    [result, language],
  )
  const [a, b, both] = [result.earlierPlatforms, result.laterPlatforms, result.matched.length].map(count =>
    formatCount(count, language),
  )
  return (
    <>
      <p className="compare-verdict">
        {say({
          zh: `前一时段有 ${a} 个平台，后一时段有 ${b} 个，两者都有的 ${both} 个（匹配样本）。`,
          en: `${a} platforms in the earlier period, ${b} in the later, ${both} in both (the matched sample).`,
        })}
      </p>
      <PictureAndRows
        name={{ zh: '两个时段', en: 'Two periods' }}
        stem="periods"
        chart={changeChart(rows)}
        table={{ columns, rows }}
        columns={titled(columns, columnNames)}
      />
    </>
  )
}

/** Later less earlier, as a share of the earlier value's size; null where there is none. */
function relative(earlier: number | null, later: number | null): number | null {
  return earlier === null || later === null || earlier === 0 ? null : (later - earlier) / Math.abs(earlier)
}

/** The largest changes on the matched sample. */
function changeChart(rows: readonly Row[]): Chart {
  const size = (one: Row) => Math.abs(Number(one.change_matched))
  const shown = rows
    .filter(({ change_matched }) => change_matched !== null)
    .toSorted((a, b) => size(b) - size(a))
    .slice(0, 20)
  return {
    layers: [
      {
        mark: 'bar',
        x: {
          field: 'change_matched',
          name: { zh: '相对变化（匹配样本）', en: 'Relative change (matched sample)' },
          scale: 'number',
          format: 'percent',
        },
        y: { field: 'indicator', name: { zh: '指标', en: 'Indicator' }, scale: 'category' },
      },
    ],
    rows: shown,
  }
}
