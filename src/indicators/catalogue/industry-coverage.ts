import type { Chart } from '../../domain/chart.ts'
import { type Industry, industrialDivisions } from '../../domain/industry.ts'
import { join, type Sql, sql } from '../../sql/sql.ts'
import { connectedInputs, deviceEvidence, missingForConnected } from '../connected.ts'
import { categoryField, mostBars, numberField } from '../field.ts'
import { basis, figure, headline, quotient, total } from '../headline.ts'
import { industries } from '../industry.ts'
import { indicator } from '../recipe.ts'
import { unplacedDevices, unplacedResult } from '../unplaced-devices.ts'

export default indicator({
  id: 'CON-20',
  version: 1,
  name: { zh: '行业覆盖率', en: 'Industry coverage' },
  unit: 'percent',
  source: '41 industrial divisions: GB/T 4754-2017; CCID',
  needs: ['device'],
  uses: ['conn_event', 'device_snapshot', 'platform'],
  inputs: connectedInputs,
  result: {
    industry_code: 'text',
    sector: 'text',
    in_scope: 'boolean',
    registered: 'integer',
    unknown: 'integer',
    counted: 'integer',
    observed: 'integer',
    hidden: 'integer',
    connected: 'integer',
    covered_divisions: 'integer',
    divisions: 'integer',
    coverage: 'number',
  },

  query: (tables, inputs, context) => sql`
    with judged as (select * from ${deviceEvidence(tables, inputs, context)}),
      counts as (
        select industry_code::varchar as industry_code, count(*) as registered,
          count(*) filter (is_industrial is null) as unknown, count(*) filter (counted) as counted,
          count(*) filter (counted and observed) as observed,
          count(*) filter (counted and hidden) as hidden, count(*) filter (counted and seen) as connected
        from judged group by 1
      ),
      division as (select * from (values ${listed(industrialDivisions)}) as listed(code, sector)),
      row as (
        select coalesce(code, industry_code) as industry_code, sector, code is not null as in_scope,
          coalesce(registered, 0) as registered, coalesce(unknown, 0) as unknown,
          coalesce(counted, 0) as counted, coalesce(observed, 0) as observed, coalesce(hidden, 0) as hidden,
          coalesce(connected, 0) as connected
        from division full join counts on code = industry_code
      )
    select *, count(*) filter (in_scope and connected > 0) over () as covered_divisions,
      count(*) filter (in_scope) over () as divisions,
      count(*) filter (in_scope and connected > 0) over () / count(*) filter (in_scope) over () as coverage
    from row order by in_scope desc, connected desc, industry_code nulls last`,

  headline: rows => {
    const connected = total(rows, 'connected')
    const placed = total(
      rows.filter(({ industry_code }) => industry_code !== null),
      'connected',
    )
    const outside = total(
      rows.filter(({ in_scope, industry_code }) => in_scope === false && industry_code !== null),
      'connected',
    )
    const missing = missingForConnected({
      registered: total(rows, 'registered'),
      unknown: total(rows, 'unknown'),
      counted: total(rows, 'counted'),
      observed: total(rows, 'observed'),
      hidden: total(rows, 'hidden'),
    })
    const blind = missing.length === 0 && connected > 0 && placed === 0 ? ['device.industry_code'] : missing
    return headline(
      blind.length > 0 ? null : figure(rows, 'coverage'),
      blind,
      [
        [{ zh: '已覆盖行业大类', en: 'Divisions covered' }, figure(rows, 'covered_divisions'), 'integer'],
        [
          { zh: '工业行业大类总数（分母）', en: 'Divisions (denominator)' },
          figure(rows, 'divisions'),
          'integer',
        ],
        [{ zh: '连接设备', en: 'Connected devices' }, connected, 'integer'],
        [
          { zh: '行业未知的连接设备占比', en: 'Connected devices of unknown industry' },
          quotient(connected - placed, connected),
          'percent',
        ],
        [
          { zh: '工业以外行业的连接设备占比', en: 'Connected devices of other industries' },
          quotient(outside, connected),
          'percent',
        ],
      ],
      {
        basis: basis(
          placed,
          { zh: '行业已知的连接设备', en: 'connected devices of known industry' },
          connected,
        ),
      },
    )
  },

  chart: (rows): Chart => {
    const covered = rows.filter(({ in_scope, connected }) => in_scope === true && connected !== 0)
    const divisions = rows.filter(({ in_scope }) => in_scope === true).length
    const shown = covered.slice(0, mostBars)
    return {
      layers: [
        {
          mark: 'bar',
          x: numberField('connected', { zh: '连接设备', en: 'Connected devices' }, 'compact'),
          y: categoryField('industry_code', { zh: '行业大类', en: 'Division' }, { labels: industries }),
        },
      ],
      rows: shown,
      note: note(shown.length, covered.length, divisions),
    }
  },

  details: {
    'missing-divisions': {
      name: { zh: '未覆盖的行业大类', en: 'Divisions not covered' },
      meaning: {
        zh: '一行为一个没有连接设备的工业行业大类，按代码排列；登记在该行业而未连接的设备数列在旁边。',
        en: 'One row an industrial division without a connected device, in the order of codes, with the devices registered in it that are not connected.',
      },
      result: {
        industry_code: 'text',
        industry_zh: 'text',
        industry_en: 'text',
        sector: 'text',
        registered: 'integer',
        counted: 'integer',
      },
      query: (tables, inputs, context) => sql`
        with counts as (
          select industry_code::varchar as code, count(*) as registered, count(*) filter (counted) as counted,
            count(*) filter (counted and seen) as connected
          from ${deviceEvidence(tables, inputs, context)} group by 1
        )
        select code as industry_code, zh as industry_zh, en as industry_en, sector,
          coalesce(registered, 0) as registered, coalesce(counted, 0) as counted
        from (values ${named(industrialDivisions)}) as listed(code, zh, en, sector) left join counts using (code)
        where coalesce(connected, 0) = 0 order by code`,
    },
    'unplaced-devices': {
      name: { zh: '不能计入任何大类的连接设备', en: 'Connected devices that cover no division' },
      meaning: {
        zh: '每行一个平台：其连接设备中行业未知的，以及属于工业以外行业的；两者合计最多的在前。',
        en: 'One row a platform: its connected devices of unknown industry, and those of other industries; the most of both first.',
      },
      result: unplacedResult,
      query: (tables, inputs, context) =>
        unplacedDevices(tables, inputs, context, {
          column: sql`industry_code`,
          codes: sql`(${join(industrialDivisions.map(({ code }) => sql`${code}`))})`,
        }),
    },
  },

  explanation: {
    meaning: {
      zh: '至少有一台连接设备（定义同 CON-01）的工业行业大类占全部 41 个工业行业大类的比例。41 个大类为采矿业（06–12）、制造业（13–43）与电力、热力、燃气及水生产和供应业（44–46）。',
      en: 'The share of the 41 industrial divisions with at least one connected device (as defined in CON-01): mining (06–12), manufacturing (13–43), and electricity, heat, gas and water (44–46).',
    },
    formula: String.raw`C = \frac{\#\{\, k : c_k \ge 1 \,\}}{K}`,
    symbols: {
      zh: '$k$：工业行业大类；$c_k$：其中的连接设备数（CON-01）；$K$：工业行业大类总数，41',
      en: '$k$: industrial divisions; $c_k$: connected devices in division $k$ (CON-01); $K$: number of industrial divisions, 41',
    },
    source: {
      zh: '行业大类按 GB/T 4754-2017《国民经济行业分类》门类 B、C、D；“41 个工业大类”的口径见赛迪（CCID）对行动方案的解读；公式为本软件约定。',
      en: 'Divisions of GB/T 4754-2017, categories B, C and D; that industry has 41 of them is said in the CCID note on the Action Plan; the formula is a convention of Assay.',
    },
    cautions: {
      zh: '按设备自身的行业，不以平台或所属企业的行业代替；行业未知的设备（含导入时代码或名称无法识别的）不能证明任何大类被覆盖，其占比列在旁边。工业以外行业（农业、建筑、服务等）的连接设备不在分子分母中，占比列在旁边。各年版 GB/T 4754 的大类代码略有不同，这里按 2017 年版。时期筛选的作用同 CON-01；筛选不会缩小分母。一台设备即算覆盖，因此覆盖率不说明规模；它是对清单的全数统计，不给区间。',
      en: 'By the industry of the device itself, never that of its platform or enterprise; devices of unknown industry (also those whose code or name was not recognised on import) cannot cover a division, and their share stands beside. Connected devices of other industries (agriculture, construction, services …) are on neither side; their share stands beside. Codes differ a little between editions of GB/T 4754; these are those of 2017. A period acts as in CON-01; filters do not shrink the denominator. One device is enough to cover a division, so that coverage says nothing of size; it is a full count of the list and has no interval.',
    },
  },
})

function listed(divisions: readonly Industry[]): Sql {
  return join(divisions.map(({ code, category }) => sql`(${code}, ${category})`))
}

function named(divisions: readonly Industry[]): Sql {
  return join(
    divisions.map(({ code, name, category }) => sql`(${code}, ${name.zh}, ${name.en}, ${category})`),
  )
}

function note(shown: number, covered: number, divisions: number) {
  const [zh, en] = shown < covered ? [`图中为前 ${shown} 个；`, `The first ${shown} are shown; `] : ['', '']
  const missing = divisions - covered
  return {
    zh: `${zh}${divisions} 个工业行业大类中 ${covered} 个有连接设备，${missing} 个没有（见明细）`,
    en: `${en}${covered} of ${divisions} industrial divisions have connected devices, ${missing} have none (see the details)`,
  }
}
