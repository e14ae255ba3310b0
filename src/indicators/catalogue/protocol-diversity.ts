import type { Chart } from '../../domain/chart.ts'
import { sql } from '../../sql/sql.ts'
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
      zh: '协议未知的设备不参与计算，占比列在旁边。协议名按导出原样区分，同一协议的不同写法会虚增多样性。全部注册设备都计入，不论是否在线、是否退役。本数是对设备清单的全数清点，不是抽样，故不给区间。',
      en: 'Devices of unknown protocol take no part; their share stands beside. Protocol names are told apart as exported, so two spellings of one protocol inflate the figure. All registered devices count, connected or not, retired or not. This is a full count of the list and no sample, so it has no interval.',
    },
  },
})
