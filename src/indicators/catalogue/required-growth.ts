import type { Chart } from '../../domain/chart.ts'
import type { Phrase } from '../../domain/phrase.ts'
import { asNumber, type Row, row } from '../../domain/table.ts'
import { isNational, measureName } from '../../domain/target.ts'
import { sql } from '../../sql/sql.ts'
import { categoryField, firstOf, mostRowsUnderLegend, numberField } from '../field.ts'
import { figure, headline } from '../headline.ts'
import { notes } from '../months.ts'
import { headlineFirst, headlineRows, scopeInPhrase, targetInput } from '../plan-targets.ts'
import { indicator } from '../recipe.ts'
import { connectedDevices, influentialPlatforms, requiredGrowth } from '../required-growth.ts'

/** How far the true base may lie above a published floor: DOMAIN E asks for 100, 105 and 110 million devices. */
const basePercents = [100, 105, 110]

const floorNote: Phrase = {
  zh: '公布的基期为下限（“超过”），实际基期可能更高：另按高 5%、高 10% 各算一次',
  en: 'Published bases are floors (“more than”); the true base may be higher, so that 5% and 10% more are shown too',
}

const populationNote: Phrase = {
  zh: '各目标的总体不同（重点平台上的设备、有影响力的平台、企业），不可相除',
  en: 'The targets count different populations (devices on key platforms, influential platforms, enterprises): never divide one by another',
}

export default indicator({
  id: 'PLN-01',
  version: 3,
  name: { zh: '目标所需增速', en: 'Required growth' },
  unit: '%/a',
  source: 'Action Plan 2026–2028',
  needs: ['plan_target'],
  inputs: { target: targetInput },
  result: {
    indicator: 'text',
    scope: 'text',
    base_percent: 'integer',
    base_date: 'date',
    base_value: 'number',
    base_is_floor: 'boolean',
    base: 'number',
    target_date: 'date',
    target_value: 'number',
    years: 'number',
    growth: 'number',
    per_year: 'number',
    source: 'text',
    is_headline: 'boolean',
  },

  query: (tables, { target }) => sql`
    select indicator, scope, base_percent, base_date, base_value, base_is_floor, base, target_date, target_value,
      years, growth, per_year, source,
      base_percent = 100 and indicator = ${target}
        and row_number() over (order by base_percent, ${headlineFirst(target)}, growth, target_date, target_value) = 1 as is_headline
    from ${requiredGrowth(tables, basePercents)} as required
    where indicator is not null and scope is not null
    order by is_headline desc, indicator, scope, base_percent, growth, target_date, target_value, base_date, source`,

  headline: (rows, { target }) => {
    const chosen = headlineRows(rows)
    const title = measureName(target)
    const platforms = rows.filter(
      ({ indicator, scope, base_percent }) =>
        indicator === influentialPlatforms && isNational(scope) && asNumber(base_percent) === 100,
    )
    const assumed = rows.filter(({ indicator, scope }) => indicator === target && scope === chosen[0]?.scope)
    const missing = chosen.length === 0 ? `plan_target: ${target}` : 'plan_target.base_value'
    return headline(
      figure(chosen, 'growth'),
      [missing],
      [
        target === connectedDevices
          ? [{ zh: '每年净增设备', en: 'Devices to add a year' }, figure(chosen, 'per_year'), 'integer']
          : [
              { zh: `每年净增：${title.zh}`, en: `To add a year: ${title.en.toLowerCase()}` },
              figure(chosen, 'per_year'),
              target === 'penetration' ? 'percent' : 'integer',
            ],
        [{ zh: '基期高 5% 时', en: 'If the base is 5% higher' }, atPercent(assumed, 105), 'percent'],
        [{ zh: '基期高 10% 时', en: 'If the base is 10% higher' }, atPercent(assumed, 110), 'percent'],
        [
          { zh: '平台数所需增速', en: 'Required growth of platforms' },
          target === influentialPlatforms ? null : figure(platforms, 'growth'),
          'percent',
        ],
      ],
    )
  },

  chart: (rows): Chart => {
    const known = rows.filter(({ growth }) => growth !== null)
    const drawn = known.slice(0, mostRowsUnderLegend)
    const labels = Object.fromEntries(drawn.map(target => [keyOf(target), labelOf(target)]))
    return {
      layers: [
        {
          mark: 'bar',
          x: numberField('growth', { zh: '所需年均增速', en: 'Required growth a year' }, 'percent'),
          y: categoryField('target', { zh: '目标与基期', en: 'Target and base' }, { labels }),
          colour: categoryField('indicator', { zh: '指标', en: 'Indicator' }, { labels: measuresOf(drawn) }),
        },
      ],
      rows: drawn.map(target =>
        row(
          ['target', 'indicator', 'growth'],
          [keyOf(target), target.indicator ?? null, target.growth ?? null],
        ),
      ),
      ...noteOf(drawn, known.length),
    }
  },

  explanation: {
    meaning: {
      zh: '从基期到目标期，每年需要增长多少才能达标：年均复合增速，以及每年净增量。标题数字为所选目标（默认工业设备连接数），先取全国，否则取范围排序在前者。单位“%/a”为每年百分比。',
      en: 'How much growth a year leads from the base to the target: the compound annual rate, and the absolute increase a year. The headline is that of the chosen measure (connected devices by default), nationally where there is such a target, else of the first scope.',
    },
    formula: String.raw`\begin{aligned} g &= \left( \frac{Y^{*}}{Y_0} \right)^{1/n} - 1 \\ \Delta Y &= \frac{Y^{*} - Y_0}{n} \end{aligned}`,
    symbols: {
      zh: String.raw`$Y_0$：基期值；$Y^{*}$：目标值；$n$：基期到目标期的公历年数；$g$：年均复合增速；$\Delta Y$：每年净增量`,
      en: String.raw`$Y_0$: base value; $Y^{*}$: target value; $n$: calendar years from base to target; $g$: compound growth a year; $\Delta Y$: increase a year`,
    },
    source: {
      zh: '《推动工业互联网平台高质量发展行动方案（2026—2028年）》的目标值，以数据中 plan_target 各行（及自设目标）及其来源为准。',
      en: 'Targets of the Action Plan for the High-Quality Development of Industrial Internet Platforms (2026–2028), as given by the plan_target rows of the data, or set by a person, with their sources.',
    },
    cautions: {
      zh: '公布的基期多为下限（“超过 1 亿”），真实基期越高，所需增速越低，故对下限基期另列高 5% 与高 10% 的结果。没有基期值的目标（如普及率）不计算增速。设备数的口径是重点平台，450 个是有一定影响力的平台，二者总体不同，不宜相除。n 按公历整年计，余数按当年天数折算。这是由两个给定数推出的算术结果，不是估计，因此没有置信区间；基期的不确定性以高 5%、高 10% 的各行表示。平台、省份、梯度与时期筛选对目标无效。',
      en: 'Published bases are mostly floors (“more than 100 million”); the higher the true base, the less growth is needed, hence the rows with 5% and 10% more for bases flagged as floors. Targets without a base (such as penetration) have no growth. Devices are those on key platforms, the 450 are influential platforms: two populations, whose ratio misleads. n counts whole calendar years, the rest as a share of its year. This is arithmetic on two given numbers and no estimate, so there is no confidence interval; what is unknown of the base shows in the rows with 5% and 10% more. Filters do not act on targets.',
    },
  },
})

/** That there are more targets than bars, that they count different things, that bases are floors. */
function noteOf(drawn: readonly Row[], all: number): { readonly note?: Phrase } {
  const floors = drawn.some(({ base_is_floor }) => base_is_floor === true)
  const mixed = new Set(drawn.map(({ indicator }) => indicator)).size > 1
  return notes(
    firstOf(drawn.length, all, { zh: '目标与基期', en: 'targets and bases' }),
    mixed ? { note: populationNote } : {},
    floors ? { note: floorNote } : {},
  )
}

function measuresOf(targets: readonly Row[]): Readonly<Record<string, Phrase>> {
  return Object.fromEntries(targets.map(({ indicator }) => [String(indicator), measureName(indicator)]))
}

function keyOf(target: Row): string {
  return [target.indicator, target.scope, target.base_percent].join(' | ')
}

function labelOf(target: Row): Phrase {
  const [name, where] = [measureName(target.indicator), scopeInPhrase(target.scope)]
  const base = asNumber(target.base) ?? 0
  const digits = { notation: 'compact', maximumFractionDigits: 2 } as const
  const [zh, en] = ['zh-CN', 'en-GB'].map(language => new Intl.NumberFormat(language, digits).format(base))
  const place = isNational(target.scope)
    ? { zh: '', en: '' }
    : { zh: `（${where.zh}）`, en: ` (${where.en})` }
  return { zh: `${name.zh}${place.zh}，基期 ${zh}`, en: `${name.en}${place.en}, base ${en}` }
}

function atPercent(rows: readonly Row[], percent: number): number | null {
  return figure(
    rows.filter(({ base_percent }) => asNumber(base_percent) === percent),
    'growth',
  )
}
