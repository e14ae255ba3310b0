import type { Chart } from '../../domain/chart.ts'
import type { Phrase } from '../../domain/phrase.ts'
import { asNumber, type Row, row } from '../../domain/table.ts'
import { type Sql, sql } from '../../sql/sql.ts'
import { platformNames } from '../device-group.ts'
import { categoryField, numberField, timeField } from '../field.ts'
import { basis, figure, headline, quotient } from '../headline.ts'
import { instant } from '../instant.ts'
import { type Context, indicator, type Tables } from '../recipe.ts'

const flows = {
  activated: { zh: '激活', en: 'Activated' },
  retired: { zh: '退役', en: 'Retired' },
} as const

export default indicator({
  id: 'CON-14',
  version: 1,
  name: { zh: '净新增接入', en: 'Net onboarding' },
  unit: 'devices/month',
  source: 'Assay',
  needs: ['device'],
  uses: ['platform'],
  atAsOf: true,
  inputs: {
    months: {
      kind: 'number',
      name: { zh: '显示的月数', en: 'Months shown' },
      min: 1,
      max: 240,
      default: 36,
    },
  },
  result: {
    month: 'date',
    is_complete: 'boolean',
    activated: 'integer',
    retired: 'integer',
    net: 'integer',
    registered: 'integer',
    with_activation: 'integer',
    with_retirement: 'integer',
    dated_later: 'integer',
  },

  query: (tables, { months }, { asOf }) => sql`
    with ${lastMonth(asOf)}, shown as (
      select (last_month - to_months(back::integer))::date as month
      from horizon, range(-1, ${Math.round(months)}) as steps(back)
      where last_month - to_months(back::integer) <= ${instant(asOf)}
    ), change as (
      select date_trunc('month', activated_at)::date as month, 1 as activated, 0 as retired
      from ${tables.device} where activated_at <= ${instant(asOf)}
      union all
      select date_trunc('month', retired_at)::date, 0, 1 from ${tables.device} where retired_at <= ${instant(asOf)}
    ), monthly as (
      select month, sum(activated) as activated, sum(retired) as retired from change group by month
    ), whole as (
      select count(*) as registered, count(activated_at) as with_activation, count(retired_at) as with_retirement,
        count(*) filter (activated_at > ${instant(asOf)} or retired_at > ${instant(asOf)}) as dated_later
      from ${tables.device}
    )
    select month, month <= last_month as is_complete, coalesce(activated, 0) as activated,
      coalesce(retired, 0) as retired, coalesce(activated, 0) - coalesce(retired, 0) as net,
      registered, with_activation, with_retirement, dated_later
    from shown left join monthly using (month), horizon, whole
    where registered > 0 and month >= least(last_month, (select min(month) from monthly))
    order by month`,

  headline: rows => {
    const last = rows.findLast(({ is_complete }) => is_complete === true)
    const [registered, dated] = [figure(rows, 'registered') ?? 0, figure(rows, 'with_activation') ?? 0]
    const missing = registered === 0 ? ['device'] : ['device.activated_at']
    return headline(
      dated === 0 || !last ? null : asNumber(last.net),
      missing,
      [
        [inMonth(flows.activated, last), asNumber(last?.activated), 'integer'],
        [inMonth(flows.retired, last), asNumber(last?.retired), 'integer'],
        [
          { zh: '近 12 个完整月份的月均', en: 'Mean of the last 12 complete months' },
          yearMean(rows),
          'decimal',
        ],
        [
          { zh: '有退役时间的设备', en: 'Devices with a retirement time' },
          figure(rows, 'with_retirement'),
          'integer',
        ],
        [
          { zh: '时间晚于数据时点的设备', en: 'Devices dated after the time of the data' },
          figure(rows, 'dated_later'),
          'integer',
        ],
        [
          { zh: '有激活时间的设备占比', en: 'Devices with an activation time' },
          quotient(dated, registered),
          'percent',
        ],
      ],
      { basis: basis(dated, { zh: '有激活时间的设备', en: 'devices with an activation time' }, registered) },
    )
  },

  chart: (rows): Chart => {
    const complete = rows.filter(({ is_complete }) => is_complete === true)
    return {
      layers: [
        {
          mark: 'bar',
          x: timeField('month'),
          y: numberField('devices', { zh: '设备', en: 'Devices' }, 'compact'),
          colour: categoryField(
            'flow',
            { zh: '变动', en: 'Change' },
            { labels: flows, order: Object.keys(flows) },
          ),
        },
      ],
      rows: complete.flatMap(split),
      note: {
        zh: '最近的完整月份（UTC），从首次变动起；退役在零线以下',
        en: 'The last complete months (UTC) from the first change on; retired below the line',
      },
    }
  },

  details: {
    'by-platform': {
      name: { zh: '最近完整月份，按平台', en: 'The last complete month, by platform' },
      meaning: {
        zh: '一行为一个平台在最近完整月份的激活、退役与净新增；净新增多的在前。',
        en: 'One row a platform: devices activated and retired in the last complete month; the largest net first.',
      },
      result: {
        month: 'date',
        platform_id: 'text',
        platform_name: 'text',
        activated: 'integer',
        retired: 'integer',
        net: 'integer',
      },
      query: byPlatform,
    },
  },

  explanation: {
    meaning: {
      zh: '一个月内激活的设备数减去退役的设备数。首要数字是数据时点之前最近一个完整的自然月；尚未过完的月份在表中标明，不作首要数字。',
      en: 'Devices activated in a month less devices retired in it. The headline is the last calendar month that was complete at the time of the data; a month that is not over is marked in the table and never the headline.',
    },
    formula: String.raw`N_m = \#\{\, d : t_d \in m \,\} - \#\{\, d : u_d \in m \,\}`,
    symbols: {
      zh: '$m$：自然月（UTC）；$t_d$：设备 $d$ 的激活时间；$u_d$：其退役时间；$N_m$：该月净新增接入',
      en: '$m$: a calendar month (UTC); $t_d$: time at which device $d$ was activated; $u_d$: time at which it was retired; $N_m$: net onboarding of the month',
    },
    source: { zh: '本软件约定。', en: 'A convention of Assay.' },
    cautions: {
      zh: '幸存者偏差：设备清单通常不含已删除的设备，既少计当月退役，也少计早先月份的激活，因此越早的月份激活数越偏低，净新增整体偏高；没有任何退役时间的导出只反映激活，有退役时间的设备数列在旁边。月份按 UTC 划分，北京时间每月 1 日 8 时以前的激活落在上一个月。批量导入平台的设备会以导入日为激活时间而形成尖峰。晚于数据时点的激活与退役不计入任何月份，台数列在旁边。时期筛选不裁剪设备清单，但其终点会移动数据时点，从而改变哪个月是最近完整月份。这是清单上的确数而非抽样估计，不给区间。',
      en: 'Survivor bias: a device list rarely holds deleted devices, which hides retirements and, for earlier months, the activations of what has since been deleted; the older a month, the lower its activations, and the net is too high on the whole. An export without any retirement time shows activations alone; the number of devices that have one stands beside. Months are those of UTC: what is activated before 08:00 Beijing time on the first falls into the month before. Devices moved onto a platform in bulk carry the day of the move, which makes spikes. Activations and retirements dated after the time of the data are in no month; the number of such devices stands beside. A period does not cut the device list, but its end moves the time of the data and with it the last complete month. This is a count of the list and no estimate from a sample: there is no interval.',
    },
  },
})

/** CTE `horizon`: the last month that was over at a time (µs; the last instant of a month counts as its end). */
function lastMonth(asOf: number): Sql {
  return sql`horizon as (
      select (date_trunc('month', ${instant(asOf)} + interval 1 microsecond) - interval 1 month)::date as last_month
    )`
}

function byPlatform(tables: Tables, _inputs: unknown, { asOf }: Context): Sql {
  return sql`
    with ${lastMonth(asOf)}, counted as (
      select last_month, platform_id::varchar as platform_id,
        count(*) filter (date_trunc('month', activated_at) = last_month) as activated,
        count(*) filter (date_trunc('month', retired_at) = last_month) as retired
      from ${tables.device}, horizon group by all
    )
    select last_month as month, platform_id, platform_name, activated, retired, activated - retired as net
    from counted left join ${platformNames(tables)} using (platform_id)
    order by net desc, activated desc, platform_id nulls last`
}

function split({ month = null, activated, retired }: Row): readonly Row[] {
  const flow = (name: string, devices: number) => row(['month', 'flow', 'devices'], [month, name, devices])
  return [flow('activated', asNumber(activated) ?? 0), flow('retired', -(asNumber(retired) ?? 0))]
}

function yearMean(rows: readonly Row[]): number | null {
  const last = rows.filter(({ is_complete }) => is_complete === true).slice(-12)
  const nets = last.map(({ net }) => asNumber(net) ?? 0)
  return last.length < 12 ? null : nets.reduce((sum, net) => sum + net, 0) / 12
}

/** "Activated in 2026-05". */
function inMonth({ zh, en }: Phrase, given: Row | undefined): Phrase {
  const month = asNumber(given?.month)
  if (month === null) return { zh, en }
  const written = new Date(month / 1000).toISOString().slice(0, 7)
  return { zh: `${written} ${zh}`, en: `${en} in ${written}` }
}
