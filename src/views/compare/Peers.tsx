import { useMemo, useState } from 'react'
import { canonicalTables } from '../../domain/canonical.ts'
import type { Chart } from '../../domain/chart.ts'
import { formatCount, formatMeasure, formatPercent } from '../../domain/format.ts'
import { type Phrase, same } from '../../domain/phrase.ts'
import { row } from '../../domain/table.ts'
import type { Indicator } from '../../indicators/indicator.ts'
import type { PeerComparison } from '../../workbench/workbench.ts'
import { Action } from '../controls/Action.tsx'
import { Choice } from '../controls/Choice.tsx'
import { findIndicator } from '../recipes.ts'
import { useLanguage, useWorkbench, useWorkbenchState } from '../surroundings.ts'
import { Outcome, PictureAndRows, titled } from './Outcome.tsx'
import { useRun } from './use-run.ts'

/** A platform beside those of its tier and type. */
export function Peers() {
  const workbench = useWorkbench()
  const platforms = useWorkbenchState(state => state.filterChoices.platforms)
  const present = useWorkbenchState(state => state.history.present)
  // biome-ignore lint/correctness/useExhaustiveDependencies: which indicators can be compared depends on the workspace
  const indicators = useMemo(() => workbench.comparing.peerIndicators(), [workbench, present])
  const [chosenIndicator, setIndicator] = useState<string | null>(null)
  const [chosenPlatform, setPlatform] = useState<string | null>(null)
  const indicator = chosenIndicator ?? indicators[0]?.id ?? ''
  const platform = chosenPlatform ?? platforms[0]?.id ?? ''
  const [compared, setCompared] = useState({ indicator, platform })
  const { run, start, stop } = useRun<PeerComparison>()
  const recipe = findIndicator(compared.indicator)
  return (
    <>
      <div className="compare-fields">
        <Choice
          label={{ zh: '指标', en: 'Indicator' }}
          value={indicator}
          choices={indicators.map(({ id, name }) => ({
            id: id as string,
            name: { zh: `${id} ${name.zh}`, en: `${id} ${name.en}` },
          }))}
          onChange={setIndicator}
        />
        <Choice
          label={{ zh: '平台', en: 'Platform' }}
          value={platform}
          choices={platforms.map(({ id, name }) => ({ id, name: same(name) }))}
          onChange={setPlatform}
        />
        <Action
          label={{ zh: '比较', en: 'Compare' }}
          kind="primary"
          disabled={indicator === '' || platform === ''}
          onPress={() => {
            setCompared({ indicator, platform })
            start((tell, signal) => workbench.comparing.peers(indicator, platform, tell, signal))
          }}
        />
      </div>
      <Outcome run={run} onStop={stop} hint={hint}>
        {result =>
          recipe === undefined ? null : (
            <PeerOutcome indicator={recipe} platform={compared.platform} result={result} />
          )
        }
      </Outcome>
    </>
  )
}

const hint: Phrase = {
  zh: '对同一梯度、同一类型的每个平台单独计算所选指标，给出所选平台在其中的百分位（低于它的占比，相等者计一半）。其他筛选照常起作用。',
  en: 'The indicator is computed for each platform of the same tier and type alone; the percentile of the chosen one is the share of peers below it, those level with it counting half. Other filters act as usual.',
}

const columns = [
  { name: 'rank', type: 'integer' },
  { name: 'platform', type: 'text' },
  { name: 'name', type: 'text' },
  { name: 'value', type: 'number' },
] as const

function PeerOutcome({
  indicator,
  platform,
  result,
}: {
  indicator: Indicator
  platform: string
  result: PeerComparison
}) {
  const language = useLanguage()
  const rows = result.values.map(({ platform: id, name, value }, i) =>
    row(['rank', 'platform', 'name', 'value'], [i + 1, id, name, value]),
  )
  const names = {
    rank: { zh: '名次（由小到大）', en: 'Rank (ascending)' },
    platform: { zh: '平台编号', en: 'Platform id' },
    name: { zh: '平台', en: 'Platform' },
    value: indicator.name,
  }
  return (
    <>
      <p className="compare-verdict">{verdict(indicator, result)[language]}</p>
      <PictureAndRows
        name={{ zh: '同类平台', en: 'Peers' }}
        stem={`${indicator.id}-peers-${platform}`}
        chart={peerChart(indicator, platform, result)}
        table={{ columns, rows }}
        columns={titled(columns, names)}
      />
    </>
  )
}

/** What the comparison says, in a sentence or two. */
function verdict(indicator: Indicator, result: PeerComparison): Phrase {
  const { own, median, percentile, values, without } = result
  const { tier, type } = canonicalTables.platform.columns
  const named = (of: Readonly<Record<string, Phrase>>, key: string | null) =>
    key === null ? { zh: '未注明', en: 'not given' } : (of[key] ?? same(key))
  const [t, k] = [named(tier.values, result.tier), named(type.values, result.type)]
  const peers = Math.max(0, values.length - (own === null ? 0 : 1))
  const say = (language: 'zh' | 'en') => ({
    own: own === null ? '–' : formatMeasure(own, indicator.unit, language),
    median: median === null ? '–' : formatMeasure(median, indicator.unit, language),
    percentile: percentile === null ? '–' : formatPercent(percentile, language),
    peers: formatCount(peers, language),
    without: formatCount(without, language),
  })
  const [zh, en] = [say('zh'), say('en')]
  return {
    zh: `本平台 ${zh.own}；同类平台（梯度：${t.zh}，类型：${k.zh}）${zh.peers} 个，中位数 ${zh.median}；百分位 ${zh.percentile}。${without > 0 ? `另有 ${zh.without} 个平台无法计算。` : ''}`,
    en: `This platform: ${en.own}. ${en.peers} peers (tier: ${t.en}; type: ${k.en}), median ${en.median}; percentile ${en.percentile}.${without > 0 ? ` Not computable for ${en.without}.` : ''}`,
  }
}

const who = {
  own: { zh: '本平台', en: 'This platform' },
  peer: { zh: '同类平台', en: 'Peers' },
} as const

function peerChart(indicator: Indicator, platform: string, { values, median }: PeerComparison): Chart {
  const format = indicator.unit === 'percent' || indicator.unit === '%/a' ? 'percent' : 'compact'
  return {
    layers: [
      {
        mark: 'point',
        x: { field: 'value', name: indicator.name, scale: 'number', format },
        y: {
          field: 'rank',
          name: { zh: '名次（由小到大）', en: 'Rank (ascending)' },
          scale: 'number',
          format: 'integer',
        },
        colour: {
          field: 'who',
          name: { zh: '平台', en: 'Platform' },
          scale: 'category',
          labels: who,
          order: ['peer', 'own'],
        },
      },
      ...(median === null
        ? []
        : [
            {
              mark: 'rule',
              axis: 'x',
              at: median,
              name: { zh: '同类中位数', en: 'Median of peers' },
            } as const,
          ]),
    ],
    rows: values.map((peer, i) =>
      row(
        ['value', 'rank', 'who', 'name'],
        [peer.value, i + 1, peer.platform === platform ? 'own' : 'peer', peer.name],
      ),
    ),
  }
}
