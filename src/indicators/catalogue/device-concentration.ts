import type { Chart } from '../../domain/chart.ts'
import { sql } from '../../sql/sql.ts'
import {
  groupColumn,
  groupedBy,
  groupedColumn,
  groupField,
  groupPlural,
  platformNames,
} from '../device-group.ts'
import { firstOf, mostBars, numberField, restOf } from '../field.ts'
import { basis, figure, headline, quotient, total } from '../headline.ts'
import { indicator } from '../recipe.ts'

export default indicator({
  id: 'CON-17',
  version: 1,
  name: { zh: '设备集中度', en: 'Device concentration' },
  unit: 'ratio',
  source: 'Herfindahl–Hirschman index',
  needs: ['device'],
  uses: ['platform'],
  inputs: { by: groupedBy('platform') },
  result: {
    group: 'text',
    platform_name: 'text',
    devices: 'integer',
    share: 'number',
    hhi: 'number',
    hhi_normalised: 'number',
    effective_number: 'number',
  },

  query: (tables, { by }) => sql`
    with counted as (
      select ${groupColumn(by)}::varchar as "group", count(*) as devices from ${tables.device} group by 1
    ), known as (select * from counted where "group" is not null),
    whole as (
      select count(*) as n, sum(devices) as devices,
        sum(devices::hugeint * devices) / (sum(devices)::double * sum(devices)) as hhi
      from known
    )
    select "group", platform_name, counted.devices,
      case when "group" is not null then counted.devices / whole.devices end as share, hhi,
      case when n > 1 then (hhi - 1 / n) / (1 - 1 / n) end as hhi_normalised, 1 / hhi as effective_number
    from counted cross join whole left join ${platformNames(tables)} as named
      on named.platform_id = "group" and ${by === 'platform'}
    order by "group" is null, counted.devices desc, "group"`,

  headline: (rows, { by }) => {
    const known = rows.filter(({ group }) => group !== null)
    const devices = total(rows, 'devices')
    return headline(
      figure(rows, 'hhi'),
      [devices === 0 ? 'device' : `device.${groupedColumn(by)}`],
      [
        [{ zh: '归一化 HHI', en: 'Normalised HHI' }, figure(rows, 'hhi_normalised'), 'decimal'],
        [{ zh: '有效数 1/HHI', en: 'Effective number 1/HHI' }, figure(rows, 'effective_number'), 'decimal'],
        [{ zh: '分组数', en: 'Groups' }, known.length, 'integer'],
        [{ zh: '首位占比', en: 'Share of the first' }, figure(known, 'share'), 'percent'],
        [
          { zh: '分组未知的设备占比', en: 'Devices of unknown group' },
          quotient(devices - total(known, 'devices'), devices),
          'percent',
        ],
      ],
      {
        basis: basis(
          total(known, 'devices'),
          { zh: '台分组已知的设备', en: 'devices of known group' },
          devices,
        ),
      },
    )
  },

  chart: (rows, { by }): Chart => {
    const known = rows.filter(({ group }) => group !== null)
    const shown = known.slice(0, mostBars)
    return {
      layers: [
        {
          mark: 'bar',
          x: numberField('share', { zh: '设备占比', en: 'Share of devices' }, 'percent'),
          y: groupField(by, shown),
        },
      ],
      rows: shown,
      ...firstOf(
        shown.length,
        known.length,
        groupPlural(by),
        restOf(shown, known, 'devices', { zh: '设备', en: 'the devices' }),
      ),
    }
  },

  details: {
    'unknown-group': {
      name: { zh: '分组未知的设备', en: 'Devices of unknown group' },
      meaning: {
        zh: '每行一个有分组未知设备的平台；未知设备最多的在前。这些设备不参与计算。',
        en: 'One row a platform with devices of unknown group, which take no part; the most first.',
      },
      result: {
        platform_id: 'text',
        platform_name: 'text',
        registered: 'integer',
        unknown_devices: 'integer',
        unknown_share: 'number',
      },
      query: (tables, { by }) => sql`
        with counted as (
          select platform_id::varchar as platform_id, count(*) as registered,
            count(*) filter (${groupColumn(by)} is null) as unknown_devices
          from ${tables.device} group by 1
        )
        select platform_id, platform_name, registered, unknown_devices, unknown_devices / registered as unknown_share
        from counted left join ${platformNames(tables)} using (platform_id)
        where unknown_devices > 0 order by unknown_devices desc, platform_id nulls last`,
    },
  },

  explanation: {
    meaning: {
      zh: '注册设备在各平台（或省份、行业、协议）间的赫芬达尔—赫希曼指数：各组份额的平方和。1 表示全部设备在一组，1/n 表示 n 组均分。归一化值把 1/n 移到 0，便于比较组数不同的数据；倒数 1/HHI 为“有效组数”。',
      en: 'The Herfindahl–Hirschman index of registered devices over platforms (or provinces, industries, protocols): the sum of squared shares. 1 means that one group has all devices, 1/n that n groups have equal shares. The normalised value moves 1/n to 0, to compare data with different numbers of groups; 1/HHI is the effective number of groups.',
    },
    formula: String.raw`\begin{aligned} \mathrm{HHI} &= \sum_{i=1}^{n} s_i^2 \\ \mathrm{HHI}^{*} &= \frac{\mathrm{HHI} - 1/n}{1 - 1/n} \\ N_{\mathrm{eff}} &= \frac{1}{\mathrm{HHI}} \end{aligned}`,
    symbols: {
      zh: String.raw`$n$：有设备的组数；$s_i$：第 $i$ 组占分组已知设备的份额；$\mathrm{HHI}^{*}$：归一化值；$N_{\mathrm{eff}}$：有效组数`,
      en: String.raw`$n$: number of groups with devices; $s_i$: share of group $i$ in the devices of known group; $\mathrm{HHI}^{*}$: normalised value; $N_{\mathrm{eff}}$: effective number of groups`,
    },
    source: { zh: '赫芬达尔—赫希曼指数（HHI）。', en: 'Herfindahl–Hirschman index (HHI).' },
    cautions: {
      zh: '份额以 0—1 计，不是以百分点平方计（反垄断文献中的 2500 即此处的 0.25）。分组未知的设备不参与计算，占比列在旁边；没有设备的平台不是一组；只有一组时归一化值无定义。全部注册设备都计入，不论是否在线、是否退役。本数是对设备清单的全数清点，不是抽样，故不给区间。',
      en: 'Shares run from 0 to 1, not in points (2,500 in antitrust papers is 0.25 here). Devices of unknown group take no part; their share stands beside. A platform without devices is not a group; for a single group the normalised value is undefined. All registered devices count, connected or not, retired or not. This is a full count of the list and no sample, so it has no interval.',
    },
  },
})
