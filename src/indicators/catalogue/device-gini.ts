import type { Chart } from '../../domain/chart.ts'
import { type Row, row } from '../../domain/table.ts'
import { type Sql, sql } from '../../sql/sql.ts'
import { platformNames } from '../device-group.ts'
import { numberField } from '../field.ts'
import { basis, figure, headline, quotient, total } from '../headline.ts'
import { indicator, type Tables } from '../recipe.ts'

export default indicator({
  id: 'CON-18',
  version: 1,
  name: { zh: '设备分布基尼系数', en: 'Device Gini coefficient' },
  unit: 'ratio',
  source: 'Gini coefficient',
  needs: ['device'],
  uses: ['platform'],
  inputs: {
    listed: {
      kind: 'choice',
      name: { zh: '没有设备的平台', en: 'Platforms without devices' },
      choices: {
        exclude: { zh: '不计入', en: 'Exclude' },
        include: { zh: '名单中的计入（设备数 0）', en: 'Include listed ones (0 devices)' },
      },
      default: 'exclude',
    },
  },
  result: {
    rank: 'integer',
    platform_id: 'text',
    platform_name: 'text',
    devices: 'integer',
    platform_share: 'number',
    device_share: 'number',
    gini: 'number',
    all_platforms: 'integer',
  },

  query: (tables, { listed }) => sql`
    with counted as (${counts(tables, listed)}),
      ranked as (
        select *, row_number() over ascending as rank, sum(devices) over ascending as running from counted
        window ascending as (order by devices, platform_id rows unbounded preceding)
      ),
      whole as (
        select count(*) as n, sum(devices) as devices,
          sum((2 * rank - n_all - 1)::hugeint * devices) / (n_all * sum(devices)) as gini
        from ranked, (select count(*) as n_all from ranked) group by n_all
      )
    select rank, platform_id, platform_name, ranked.devices, rank / n as platform_share,
      running / whole.devices as device_share, gini, all_platforms
    from ranked left join ${platformNames(tables)} using (platform_id), whole,
      (select count(*) as all_platforms from (${counts(tables, 'include')}))
    order by rank`,

  headline: (rows, { listed }) => {
    const devices = total(rows, 'devices')
    const top = rows.slice(rows.length - Math.ceil(rows.length / 10))
    return headline(
      figure(rows, 'gini'),
      ['device'],
      [
        [{ zh: '设备数', en: 'Devices' }, devices, 'integer'],
        [
          { zh: '最大的 10% 平台所占设备', en: 'Devices on the largest 10% of platforms' },
          quotient(total(top, 'devices'), devices),
          'percent',
        ],
      ],
      {
        basis: basis(
          rows.length,
          listed === 'include'
            ? { zh: '个平台（含没有设备的）', en: 'platforms, those without devices too' }
            : { zh: '个有设备的平台', en: 'platforms with devices' },
          figure(rows, 'all_platforms'),
        ),
      },
    )
  },

  chart: (rows): Chart => ({
    layers: [
      {
        mark: 'line',
        x: numberField(
          'platform_share',
          { zh: '平台累计占比', en: 'Cumulative share of platforms' },
          'percent',
        ),
        y: numberField('device_share', { zh: '设备累计占比', en: 'Cumulative share of devices' }, 'percent'),
        area: true,
      },
      { mark: 'diagonal', name: { zh: '绝对平均线', en: 'Line of equality' } },
    ],
    rows: lorenz(rows),
    note: {
      zh: '洛伦兹曲线；平台按设备数从少到多排列',
      en: 'Lorenz curve; platforms from the fewest devices to the most',
    },
  }),

  details: {
    'platforms-aside': {
      name: { zh: '没有设备或不在名单中的平台', en: 'Platforms without devices or not listed' },
      meaning: {
        zh: '每行一个平台：名单中而没有设备的在前（默认不计入），其后是有设备而不在平台名单中的（始终计入），设备多的在前。',
        en: 'One row a platform: those listed without devices first (left out by default), then those with devices that the list of platforms lacks (always counted), the most devices first.',
      },
      result: {
        platform_id: 'text',
        platform_name: 'text',
        devices: 'integer',
        is_listed: 'boolean',
      },
      query: tables => sql`
        with named as ${platformNames(tables)}
        select counted.platform_id, platform_name, devices, named.platform_id is not null as is_listed
        from (${counts(tables, 'include')}) as counted left join named using (platform_id)
        where devices = 0 or named.platform_id is null
        order by devices > 0, devices desc, counted.platform_id nulls last`,
    },
  },

  explanation: {
    meaning: {
      zh: '注册设备在平台之间分布的不均程度：0 表示每个平台设备数相等，越接近 1 越集中于少数平台。图为洛伦兹曲线，基尼系数是曲线与绝对平均线之间面积的两倍。',
      en: 'How unevenly registered devices are spread over platforms: 0 when every platform has as many, near 1 when few have nearly all. The figure is the Lorenz curve; the coefficient is twice the area between it and the line of equality.',
    },
    formula: String.raw`G = \frac{\sum_{i=1}^{n} (2i - n - 1)\, x_{(i)}}{n \sum_{i=1}^{n} x_{(i)}}`,
    symbols: {
      zh: '$n$：平台数；$x_{(i)}$：按设备数从少到多排列，第 $i$ 个平台的设备数',
      en: '$n$: number of platforms; $x_{(i)}$: devices of the platform of rank $i$, from the fewest to the most',
    },
    source: { zh: '基尼系数，洛伦兹曲线。', en: 'Gini coefficient and Lorenz curve.' },
    cautions: {
      zh: '默认只计至少有一台设备的平台；计入名单中没有设备的平台会使系数升高。旁边“最大的 10% 平台”的个数向上取整。未作小样本修正：n 个平台时最大值为 (n−1)/n。按设备清单所列全部注册设备计，不论是否在线、是否退役。本数是对平台的全数清点，不是抽样，故不给区间；对平台重抽样所得的基尼系数本身偏低。',
      en: 'Only platforms with at least one device count by default; including listed platforms without devices raises the coefficient. The largest 10% of platforms beside are rounded up to whole platforms. There is no small-sample correction: with n platforms it is at most (n−1)/n. All registered devices count, connected or not, retired or not. This is a full count of platforms and no sample, so it has no interval; the coefficient of resampled platforms is biased downwards.',
    },
  },
})

/** One row a platform with its devices; with those listed without any, where asked for. */
function counts({ device, platform }: Tables, listed: string): Sql {
  const owners = sql`select platform_id::varchar as platform_id, count(*) as devices from ${device} group by 1`
  if (listed !== 'include') return owners
  return sql`
    select platform_id, coalesce(devices, 0) as devices
    from (${owners}) full join (select distinct platform_id::varchar as platform_id from ${platform})
      using (platform_id)`
}

const points = 200

/** The curve from (0, 0) to (1, 1) through at most 200 platforms at equal steps of rank. */
function lorenz(rows: readonly Row[]): readonly Row[] {
  if (figure(rows, 'gini') === null) return []
  const names = ['platform_share', 'device_share']
  const step = Math.max(1, Math.ceil(rows.length / points))
  const kept = rows.filter((_, i) => (rows.length - 1 - i) % step === 0)
  return [[0, 0], ...kept.map(at => names.map(column => at[column] ?? null))].map(values =>
    row(names, values),
  )
}
