import type { Chart } from '../../domain/chart.ts'
import { mainlandProvinces, provinces } from '../../domain/province.ts'
import { join, type Sql, sql } from '../../sql/sql.ts'
import { connectedInputs, deviceEvidence, missingForConnected } from '../connected.ts'
import { numberField, provinceField } from '../field.ts'
import { type Beside, basis, figure, headline, quotient, total } from '../headline.ts'
import { indicator } from '../recipe.ts'
import { unplacedDevices, unplacedResult } from '../unplaced-devices.ts'

export default indicator({
  id: 'CON-19',
  version: 2,
  name: { zh: '区域覆盖率', en: 'Region coverage' },
  unit: 'percent',
  source: 'Industrial Internet platform evaluation method 2018 (dimension); formula: Assay',
  needs: ['device'],
  uses: ['conn_event', 'device_snapshot', 'platform'],
  inputs: {
    ...connectedInputs,
    units: {
      kind: 'choice',
      name: { zh: '省级单位', en: 'Province-level units' },
      choices: {
        31: { zh: '31（不含港澳台）', en: '31 (without Hong Kong, Macao and Taiwan)' },
        34: { zh: '34（含港澳台）', en: '34 (with Hong Kong, Macao and Taiwan)' },
      },
      default: '31',
    },
  },
  result: {
    province_code: 'text',
    in_scope: 'boolean',
    registered: 'integer',
    unknown: 'integer',
    counted: 'integer',
    observed: 'integer',
    hidden: 'integer',
    connected: 'integer',
    covered_units: 'integer',
    units: 'integer',
    coverage: 'number',
  },

  query: (tables, inputs, context) => sql`
    with device as (select * from ${deviceEvidence(tables, inputs, context)}),
      counts as (
        select province_code::varchar as province_code, count(*) as registered,
          count(*) filter (is_industrial is null) as unknown, count(*) filter (counted) as counted,
          count(*) filter (counted and observed) as observed,
          count(*) filter (counted and hidden) as hidden, count(*) filter (counted and seen) as connected
        from device group by 1
      ),
      unit as (select code from (values ${unitList(inputs.units)}) as listed(code)),
      row as (
        select coalesce(code, province_code) as province_code, code is not null as in_scope,
          coalesce(registered, 0) as registered, coalesce(unknown, 0) as unknown,
          coalesce(counted, 0) as counted, coalesce(observed, 0) as observed, coalesce(hidden, 0) as hidden,
          coalesce(connected, 0) as connected
        from unit full join counts on code = province_code
      )
    select *, count(*) filter (in_scope and connected > 0) over () as covered_units,
      count(*) filter (in_scope) over () as units,
      count(*) filter (in_scope and connected > 0) over () / count(*) filter (in_scope) over () as coverage
    from row order by in_scope desc, connected desc, province_code nulls last`,

  headline: rows => {
    const connected = total(rows, 'connected')
    const unplaced = total(
      rows.filter(row => row.province_code === null),
      'connected',
    )
    const missing = missingForConnected({
      registered: total(rows, 'registered'),
      unknown: total(rows, 'unknown'),
      counted: total(rows, 'counted'),
      observed: total(rows, 'observed'),
      hidden: total(rows, 'hidden'),
    })
    const blind =
      missing.length === 0 && connected > 0 && unplaced === connected ? ['device.province_code'] : missing
    const beside: readonly Beside[] = [
      [{ zh: '已覆盖省级单位', en: 'Units covered' }, figure(rows, 'covered_units'), 'integer'],
      [{ zh: '省级单位总数（分母）', en: 'Units (denominator)' }, figure(rows, 'units'), 'integer'],
      [{ zh: '连接设备', en: 'Connected devices' }, connected, 'integer'],
      [
        { zh: '省份未知的连接设备占比', en: 'Connected devices of unknown province' },
        quotient(unplaced, connected),
        'percent',
      ],
    ]
    const of = { zh: '台省份已知的连接设备', en: 'connected devices of known province' }
    return headline(blind.length > 0 ? null : figure(rows, 'coverage'), blind, beside, {
      basis: basis(connected - unplaced, of, connected),
    })
  },

  chart: (rows): Chart => ({
    layers: [
      {
        mark: 'tile',
        region: provinceField('province_code'),
        colour: numberField('connected', { zh: '连接设备', en: 'Connected devices' }, 'compact'),
      },
    ],
    rows: rows.filter(row => row.in_scope === true),
    note: {
      zh: '每个省级单位一格，位置为示意，不代表面积与边界',
      en: 'One square for each province-level unit; places are schematic, neither areas nor borders',
    },
  }),

  details: {
    'missing-provinces': {
      name: { zh: '未覆盖的省级单位', en: 'Units not covered' },
      meaning: {
        zh: '每行一个没有连接设备的省级单位，按代码排列；登记在该省而未连接的设备数列在旁边。',
        en: 'One row a province-level unit without a connected device, in the order of codes, with the devices registered in it that are not connected.',
      },
      result: {
        province_code: 'text',
        province_zh: 'text',
        province_en: 'text',
        registered: 'integer',
        counted: 'integer',
      },
      query: (tables, inputs, context) => sql`
        with counts as (
          select province_code::varchar as code, count(*) as registered, count(*) filter (counted) as counted,
            count(*) filter (counted and seen) as connected
          from ${deviceEvidence(tables, inputs, context)} group by 1
        )
        select code as province_code, zh as province_zh, en as province_en, coalesce(registered, 0) as registered,
          coalesce(counted, 0) as counted
        from (values ${named(inputs.units)}) as listed(code, zh, en) left join counts using (code)
        where coalesce(connected, 0) = 0 order by code`,
    },
    'unplaced-devices': {
      name: { zh: '不能计入任何单位的连接设备', en: 'Connected devices that cover no unit' },
      meaning: {
        zh: '每行一个平台：其连接设备中省份未知的，以及省份不在分母范围内的（分母取 31 时为港澳台）；两者合计最多的在前。',
        en: 'One row a platform: its connected devices of unknown province, and those in none of the units of the denominator (Hong Kong, Macao and Taiwan, out of 31); the most of both first.',
      },
      result: unplacedResult,
      query: (tables, inputs, context) =>
        unplacedDevices(tables, inputs, context, {
          column: sql`province_code`,
          codes: sql`(${join(listed(inputs.units).map(({ code }) => sql`${code}`))})`,
        }),
    },
  },

  explanation: {
    meaning: {
      zh: '至少有一台连接设备（定义同 CON-01）的省级单位占全部省级单位的比例。分母可选 31 或 34，并始终列出。',
      en: 'The share of province-level units with at least one connected device (as defined in CON-01). The denominator is 31 or 34 by choice and is always shown.',
    },
    formula: String.raw`C = \frac{\#\{\, p : c_p \ge 1 \,\}}{P}`,
    symbols: {
      zh: '$p$：省级单位；$c_p$：其中的连接设备数（CON-01）；$P$：省级单位总数，31 或 34',
      en: '$p$: province-level units; $c_p$: connected devices in unit $p$ (CON-01); $P$: number of all units, 31 or 34',
    },
    source: {
      zh: '区域维度见《工业互联网平台评价方法》（2018）；公式为本软件约定。省份按 GB/T 2260 代码。',
      en: 'The dimension is that of the evaluation method for Industrial Internet platforms (2018); the formula is a convention of Assay. Provinces by GB/T 2260 code.',
    },
    cautions: {
      zh: '按设备自身所在省份，不以平台所在地代替；省份未知的设备（含导入时代码或名称无法识别的）不能证明任何单位被覆盖，其占比列在旁边；分母取 31 时，港澳台的连接设备不在分子分母中，但计入省份已知的连接设备。筛选省份不会缩小分母；时期筛选的作用同 CON-01。一台设备即算覆盖，因此覆盖率不说明规模；它是对设备清单的全数统计，不给区间。',
      en: 'By the province of the device itself, never that of its platform; devices of unknown province (also those whose code or name was not recognised on import) cannot cover a unit, and their share stands beside. Out of 31, connected devices in Hong Kong, Macao and Taiwan are on neither side, though their province is known. A province filter does not shrink the denominator; a period acts as in CON-01. One device is enough to cover a unit, so that coverage says nothing of size; it is a full count of the list and has no interval.',
    },
  },
})

function listed(units: string) {
  return units === '34' ? provinces : mainlandProvinces
}

function unitList(units: string): Sql {
  return join(listed(units).map(({ code }) => sql`(${code})`))
}

function named(units: string): Sql {
  return join(listed(units).map(({ code, name }) => sql`(${code}, ${name.zh}, ${name.en})`))
}
