import { sql } from '../../sql/sql.ts'
import { platformNames } from '../device-group.ts'
import { numberField } from '../field.ts'
import { basis, headline, quotient, total } from '../headline.ts'
import { instant } from '../instant.ts'
import { indicator } from '../recipe.ts'
import { shareBars, wilsonInterval, withWilson } from '../share-bars.ts'

const queried = {
  platform_id: 'text',
  platform_name: 'text',
  registered: 'integer',
  judged_devices: 'integer',
  activated: 'integer',
  activated_later: 'integer',
  retired: 'integer',
  activation_rate: 'number',
} as const

export default indicator({
  id: 'CON-02',
  version: 1,
  name: { zh: '激活率', en: 'Activation rate' },
  unit: 'percent',
  source: 'Assay',
  needs: ['device'],
  uses: ['platform'],
  inputs: {
    retired: {
      kind: 'choice',
      name: { zh: '已退役设备', en: 'Retired devices' },
      choices: { include: { zh: '计入', en: 'Include' }, exclude: { zh: '不计入', en: 'Exclude' } },
      default: 'include',
    },
    undated: {
      kind: 'choice',
      name: { zh: '从未给出激活时间的平台', en: 'Platforms that give no activation time at all' },
      choices: {
        exclude: { zh: '无从判断，不计入', en: 'Cannot be judged: leave out' },
        include: { zh: '其设备视为未激活', en: 'Their devices count as not activated' },
      },
      default: 'exclude',
    },
  },
  queried,
  result: { ...queried, low: 'number', high: 'number' },

  query: (tables, { retired, undated }, { asOf }) => sql`
    with listed as (
      select platform_id::varchar as platform_id, activated_at,
        coalesce(retired_at <= ${instant(asOf)}, false) as is_retired
      from ${tables.device}
    ), dating as (
      select distinct platform_id::varchar as telling_id, true as tells from ${tables.whole.device} where activated_at is not null
    ), counted as (
      select platform_id, count(*) as registered,
        count(*) filter (tells or ${undated === 'include'}) as judged_devices,
        count(activated_at) as activated,
        count(*) filter (activated_at > ${instant(asOf)}) as activated_later,
        count(*) filter (is_retired and (tells or ${undated === 'include'})) as retired
      from listed left join dating on telling_id is not distinct from platform_id
      where ${retired === 'include'} or not is_retired
      group by platform_id
    )
    select platform_id, platform_name, registered, judged_devices, activated, activated_later, retired,
      activated / nullif(judged_devices, 0) as activation_rate
    from counted left join ${platformNames(tables)} using (platform_id)
    order by registered desc, platform_id nulls last`,

  derive: rows => withWilson(rows, 'activated', 'judged_devices'),

  headline: rows => {
    const [registered, judged] = [total(rows, 'registered'), total(rows, 'judged_devices')]
    const activated = total(rows, 'activated')
    return headline(
      quotient(activated, judged),
      registered === 0 ? ['device'] : ['device.activated_at'],
      [
        [{ zh: '激活设备', en: 'Activated' }, activated, 'integer'],
        [{ zh: '注册设备', en: 'Registered' }, registered, 'integer'],
        [
          { zh: '无从判断的设备占比', en: 'Devices that cannot be judged' },
          quotient(registered - judged, registered),
          'percent',
        ],
        [
          { zh: '激活时间晚于数据时点（仍计入）', en: 'Activated after the time of the data (counted)' },
          total(rows, 'activated_later'),
          'integer',
        ],
        [{ zh: '计入的已退役设备', en: 'Retired among those counted' }, total(rows, 'retired'), 'integer'],
      ],
      {
        interval: wilsonInterval(activated, judged),
        basis: basis(judged, { zh: '设备', en: 'devices' }, registered),
      },
    )
  },

  chart: rows =>
    shareBars(rows, {
      value: numberField('activation_rate', { zh: '激活率', en: 'Activation rate' }, 'percent'),
      overall: quotient(total(rows, 'activated'), total(rows, 'judged_devices')),
      platforms: { zh: '平台（按设备数从多到少）', en: 'platforms, by devices' },
    }),

  explanation: {
    meaning: {
      zh: '注册设备中有激活时间的比例，即登记之后确曾启用过的设备占多少。',
      en: 'The share of registered devices that have an activation time: how many were ever put to use after they were entered.',
    },
    formula: String.raw`R = \frac{\#\{\, d : \exists\, t_d \,\}}{\#\{ d \}}`,
    symbols: {
      zh: '$d$：注册设备；$t_d$：其激活时间；$R$：激活率',
      en: '$d$: registered devices; $t_d$: the time at which device $d$ was activated; $R$: activation rate',
    },
    source: {
      zh: '本软件约定。区间：Wilson（1927），J. Amer. Statist. Assoc. 22:209–212。',
      en: 'A convention of Assay. Interval: Wilson (1927), J. Amer. Statist. Assoc. 22:209–212.',
    },
    cautions: {
      zh: '有些平台的导出没有激活时间（如 Azure 的 devices.txt）：一台设备都没有激活时间的平台无从判断，默认不计入分子分母，其设备占比列在旁边；也可按“未激活”计入。只要平台给出过激活时间，没有激活时间的设备即为未激活。激活时间不与注册时间或数据时点比较，晚于数据时点的照计，台数列在旁边。已退役设备默认计入（按公式）；已删除的设备不在清单中，多为从未激活者时激活率偏高。激活不等于在线，也不等于近期连接过。设备清单若为全部设备，激活率即为总体的确数；区间针对的是把这些设备看作同类设备的独立样本的情形，成批激活的设备并不独立，区间会偏窄。时期筛选不起作用。',
      en: 'Some exports have no activation time (Azure’s devices.txt): a platform on which no device has one cannot be judged and is left out of both sides by default, with the share of its devices beside; it can be counted as not activated instead. On a platform that gives any, a device without one is not activated. The time is compared neither with the registration nor with the time of the data; later ones count, and their number stands beside. Retired devices count by default, as the formula says; deleted ones are no longer listed, which raises the rate where they were mostly never activated. Activated means neither online nor lately connected. Where the list is complete the rate is exact for it; the interval is for reading these devices as an independent sample of their kind, and is too narrow where devices were activated in batches. A period does not act.',
    },
  },
})
