import type { Chart } from '../../domain/chart.ts'
import { sql } from '../../sql/sql.ts'
import { platformNames } from '../device-group.ts'
import { categoryField, firstOf, mostBars, numberField, restOf } from '../field.ts'
import { type Beside, basis, figure, headline, quotient, total } from '../headline.ts'
import { indicator } from '../recipe.ts'

export default indicator({
  id: 'CON-16',
  version: 1,
  name: { zh: '协议多样性', en: 'Protocol diversity' },
  unit: 'effective number',
  source: 'Hill number of order 1',
  needs: ['device'],
  uses: ['platform'],
  inputs: {},
  result: { protocol: 'text', devices: 'integer', share: 'number', diversity: 'number' },

  query: ({ device }) => sql`
    with counted as (select protocol::varchar as protocol, count(*) as devices from ${device} group by 1),
      known as (select * from counted where protocol is not null),
      shares as (select protocol, devices / sum(devices) over () as share from known),
      whole as (select exp(-sum(share * ln(share) order by protocol)) as diversity from shares)
    select protocol, devices, share, diversity
    from counted left join shares using (protocol), whole
    order by protocol is null, devices desc, protocol`,

  headline: rows => {
    const known = rows.filter(({ protocol }) => protocol !== null)
    const devices = total(rows, 'devices')
    const missing = devices === 0 ? ['device'] : ['device.protocol']
    const beside: readonly Beside[] = [
      [{ zh: '协议数', en: 'Protocols' }, known.length, 'integer'],
      [{ zh: '首位协议占比', en: 'Share of the first protocol' }, figure(known, 'share'), 'percent'],
      [
        { zh: '协议未知的设备占比', en: 'Devices of unknown protocol' },
        quotient(devices - total(known, 'devices'), devices),
        'percent',
      ],
    ]
    const of = { zh: '台协议已知的设备', en: 'devices of known protocol' }
    return headline(figure(rows, 'diversity'), missing, beside, {
      basis: basis(total(known, 'devices'), of, devices),
    })
  },

  chart: (rows): Chart => {
    const known = rows.filter(({ protocol }) => protocol !== null)
    const shown = known.slice(0, mostBars)
    return {
      layers: [
        {
          mark: 'bar',
          x: numberField('share', { zh: '设备占比', en: 'Share of devices' }, 'percent'),
          y: categoryField('protocol', { zh: '协议', en: 'Protocol' }),
        },
      ],
      rows: shown,
      ...firstOf(
        shown.length,
        known.length,
        { zh: '协议', en: 'protocols' },
        restOf(shown, known, 'devices', { zh: '设备', en: 'the devices' }),
      ),
    }
  },

  details: {
    'by-platform': {
      name: { zh: '各平台的协议多样性', en: 'Protocol diversity by platform' },
      meaning: {
        zh: '每行一个平台：协议已知与未知的设备数、协议数，以及仅按本平台设备计算的多样性；协议已知的设备最多的在前。',
        en: 'One row a platform: its devices of known and of unknown protocol, its protocols, and the diversity of its devices alone; the most devices of known protocol first.',
      },
      result: {
        platform_id: 'text',
        platform_name: 'text',
        known_devices: 'integer',
        unknown_devices: 'integer',
        protocols: 'integer',
        diversity: 'number',
      },
      query: tables => sql`
        with counted as (
          select platform_id::varchar as platform_id, protocol::varchar as protocol, count(*) as devices
          from ${tables.device} group by 1, 2
        ), shared as (
          select *, devices / sum(devices) filter (protocol is not null) over (partition by platform_id) as share from counted
        ), measured as (
          select platform_id, coalesce(sum(devices) filter (protocol is not null), 0)::bigint as known_devices,
            coalesce(sum(devices) filter (protocol is null), 0)::bigint as unknown_devices, count(protocol) as protocols,
            exp(-sum(share * ln(share) order by protocol) filter (protocol is not null)) as diversity
          from shared group by platform_id
        )
        select platform_id, platform_name, known_devices, unknown_devices, protocols, diversity
        from measured left join ${platformNames(tables)} using (platform_id)
        order by known_devices desc, platform_id nulls last`,
    },
    'alike-names': {
      name: { zh: '写法相近的协议名', en: 'Protocol names that are alike' },
      meaning: {
        zh: '仅大小写、空格或标点不同的协议名，可能是同一协议；每行一个名称，相近者排在一起，设备多的在前。末列是把每组相近名称视为同一协议时的多样性。',
        en: 'Protocol names that differ in case, blanks and punctuation alone and may be one protocol; one row a name, those alike together, the most devices first. The last column is the diversity if the names that are alike were one.',
      },
      result: {
        protocol: 'text',
        devices: 'integer',
        share: 'number',
        diversity_if_one: 'number',
      },
      query: ({ device }) => sql`
        with counted as (
          select protocol::varchar as protocol, count(*) as devices,
            regexp_replace(lower(protocol::varchar), '[^\\p{L}\\p{N}]', '', 'g') as letters
          from ${device} where protocol is not null group by 1
        ), keyed as (
          select *, case when letters = '' then protocol else letters end as alike from counted
        ), merged as (
          select alike, count(*) as names, sum(devices) as together, sum(devices) / sum(sum(devices)) over () as share
          from keyed group by alike
        ), whole as (
          select exp(-sum(share * ln(share) order by alike)) as diversity_if_one, sum(together) as devices from merged
        )
        select protocol, keyed.devices, keyed.devices / whole.devices as share, diversity_if_one
        from keyed join merged using (alike), whole where names > 1
        order by together desc, alike, keyed.devices desc, protocol`,
    },
  },

  explanation: {
    meaning: {
      zh: '设备协议分布的有效种数（一阶希尔数）：若各协议设备数相等，要达到同样的香农熵需要多少种协议。只有一种协议时为 1，n 种协议平均分布时为 n。',
      en: 'The effective number of protocols (Hill number of order 1): how many equally common protocols would give the same Shannon entropy. It is 1 for a single protocol and n for n equally common ones.',
    },
    formula: String.raw`{}^{1}\!D = \exp\Bigl( -\sum_k p_k \ln p_k \Bigr), \qquad p_k = \frac{n_k}{\sum_j n_j}`,
    symbols: {
      zh: '$n_k$：使用协议 $k$ 的设备数；$p_k$：其占协议已知设备的份额',
      en: '$n_k$: devices of protocol $k$; $p_k$: their share in the devices of known protocol',
    },
    source: {
      zh: '希尔数（Hill, 1973），即香农熵的指数。',
      en: 'Hill number (Hill, 1973): the exponential of the Shannon entropy.',
    },
    cautions: {
      zh: '协议未知的设备不参与计算，占比列在旁边。协议名按导出原样区分，同一协议的不同写法会虚增多样性，写法相近的名称及合并后的多样性见明细。全部注册设备都计入，不论是否在线、是否退役。本数是对设备清单的全数清点，不是抽样，故不给区间。',
      en: 'Devices of unknown protocol take no part; their share stands beside. Protocol names are told apart as exported, so two spellings of one protocol inflate the figure; the details list names that are alike, and the diversity if they were one. All registered devices count, connected or not, retired or not. This is a full count of the list and no sample, so it has no interval.',
    },
  },
})
