import { sql } from '../../sql/sql.ts'
import { connectedInputs, deviceEvidence, missingForConnected } from '../connected.ts'
import { platformNames } from '../device-group.ts'
import { numberField } from '../field.ts'
import { basis, headline, quotient, total } from '../headline.ts'
import { indicator } from '../recipe.ts'
import { platformBars } from '../share-bars.ts'

/** Devices to which the models are related. */
const tenThousand = 10_000

export default indicator({
  id: 'STR-06',
  version: 1,
  name: { zh: '万台设备模型数', en: 'Models per 10k devices' },
  unit: 'per 10,000 devices',
  source: 'IIP (models); ratio: Assay',
  needs: ['model', 'device'],
  uses: ['conn_event', 'device_snapshot', 'platform'],
  inputs: connectedInputs,
  result: {
    platform_id: 'text',
    platform_name: 'text',
    models: 'integer',
    connected: 'integer',
    models_per_devices: 'number',
    registered: 'integer',
    unknown: 'integer',
    counted: 'integer',
    observed: 'integer',
    hidden: 'integer',
  },

  query: (tables, inputs, context) => sql`
    with model as (
      select platform_id::varchar as platform_id, count(*) as models from ${tables.model} group by 1
    ), device as (
      select platform_id::varchar as of_platform, count(*) as registered,
        count(*) filter (is_industrial is null) as unknown, count(*) filter (counted) as counted,
        count(*) filter (counted and observed) as observed, count(*) filter (counted and hidden) as hidden,
        count(*) filter (counted and seen) as connected
      from ${deviceEvidence(tables, inputs, context)} group by 1
    ), joined as (
      select coalesce(platform_id, of_platform) as platform_id, coalesce(models, 0) as models,
        coalesce(connected, 0) as connected, coalesce(registered, 0) as registered, coalesce(unknown, 0) as unknown,
        coalesce(counted, 0) as counted, coalesce(observed, 0) as observed, coalesce(hidden, 0) as hidden
      from model full join device on platform_id is not distinct from of_platform
    )
    select platform_id, platform_name, models, connected,
      ${tenThousand} * models / nullif(connected, 0) as models_per_devices,
      registered, unknown, counted, observed, hidden
    from joined left join ${platformNames(tables)} using (platform_id)
    order by models desc, connected desc, platform_id nulls last`,

  headline: rows => {
    const [models, connected] = [total(rows, 'models'), total(rows, 'connected')]
    const [registered, unknown] = [total(rows, 'registered'), total(rows, 'unknown')]
    const [counted, observed, hidden] = [
      total(rows, 'counted'),
      total(rows, 'observed'),
      total(rows, 'hidden'),
    ]
    const both = rows.filter(row => row.models !== 0 && row.models_per_devices !== null)
    const missing = [
      ...(models === 0 ? ['model'] : []),
      ...missingForConnected({ registered, unknown, counted, observed, hidden }),
    ]
    const ratio = quotient(tenThousand * models, connected)
    return headline(
      missing.length > 0 ? null : ratio,
      missing.length > 0 ? missing : ['conn_event', 'device_snapshot.last_seen'],
      [
        [{ zh: '模型', en: 'Models' }, models, 'integer'],
        [{ zh: '连接设备（CON-01）', en: 'Connected devices (CON-01)' }, connected, 'integer'],
        [
          { zh: '两者兼有的平台上的比值', en: 'On platforms that have both' },
          quotient(tenThousand * total(both, 'models'), total(both, 'connected')),
          'decimal',
        ],
        [
          { zh: '模型所在平台没有连接设备的占比', en: 'Models on platforms without a connected device' },
          quotient(models - total(both, 'models'), models),
          'percent',
        ],
        [
          { zh: '有活动记录可据以判断的设备占比', en: 'Devices with activity records to judge by' },
          quotient(observed, counted),
          'percent',
        ],
      ],
      { basis: basis(observed, { zh: '台可判断的工业设备', en: 'industrial devices judged' }, counted) },
    )
  },

  chart: rows =>
    platformBars(rows, {
      value: numberField(
        'models_per_devices',
        { zh: '每万台连接设备的模型数', en: 'Models per 10,000 connected devices' },
        'decimal',
      ),
      overall: quotient(tenThousand * total(rows, 'models'), total(rows, 'connected')),
      platforms: {
        zh: '有连接设备的平台（按模型数从多到少）',
        en: 'platforms with connected devices, by models',
      },
    }),

  explanation: {
    meaning: {
      zh: '每一万台连接设备对应多少个工业模型：接入规模之上沉淀了多少知识。设备按连接设备数（CON-01）计，窗口与参数相同。',
      en: 'Industrial models per ten thousand connected devices: how much knowledge has been built on what is connected. Devices are counted as connected devices (CON-01), with the same window and inputs.',
    },
    formula: String.raw`M = 10^4 \cdot \frac{\#\{ m \}}{N}`,
    symbols: {
      zh: '$m$：清单中的模型；$N$：连接设备数（CON-01）；$M$：万台设备模型数',
      en: '$m$: listed models; $N$: connected devices (CON-01); $M$: models per 10,000 devices',
    },
    source: {
      zh: '模型数为工业互联网平台评价的常用量；与连接设备数之比为本软件约定。',
      en: 'The number of models is a common quantity in assessments of Industrial Internet platforms; its ratio to connected devices is a convention of Assay.',
    },
    cautions: {
      zh: '分子与分母是两个总体：模型清单里的平台未必导出设备，反之亦然；因此旁边列出只取两者兼有的平台时的比值，以及模型所在平台没有连接设备的占比。连接设备数的局限（窗口、证据、未注明是否工业设备、时期筛选）都带入分母：证据不全时连接设备偏少，比值偏高。省份、行业筛选对设备按设备自身，对模型按平台所在省份、模型自身行业，两边范围未必相同。少量连接设备的平台比值很大而不稳定，图按模型数排列。模型不论种类与使用情况各计一个。不给区间：两者都是计数而非样本。',
      en: 'Above and below stand two populations: a platform in the list of models need not export devices, and the other way round; so the ratio over platforms that have both stands beside, with the share of models on platforms without a connected device. What limits the count of connected devices (window, evidence, devices not known to be industrial, a period) limits the ratio: where evidence is incomplete there are too few devices and the ratio is too high. Filters by province and industry act on devices by their own, on models by the province of the platform and the model’s own industry, so both sides may differ in scope. Platforms with few connected devices have large and unsteady ratios; the figure goes by models. A model counts once, of whatever kind and however used. There is no interval: both are counts, not samples.',
    },
  },
})
