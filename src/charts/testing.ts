import type { Chart, Field, Layer } from '../domain/chart.ts'
import { type Row, row, type Value } from '../domain/table.ts'

const firstMonth = Date.UTC(2026, 0, 1) * 1000
const monthLength = 2_629_800_000_000

/** A chart of each mark on a few rows: what the tests draw, and what a new mark adds itself to. */
export const examples: Readonly<Record<Layer['mark'], Chart>> = {
  bar: { layers: [{ mark: 'bar', x: platform(), y: devices(), colour: tier() }], rows: platformRows() },
  line: {
    layers: [{ mark: 'line', x: month(), y: devices(), colour: tier(), area: true }],
    rows: monthRows(),
  },
  point: { layers: [{ mark: 'point', x: share(), y: devices(), colour: tier() }], rows: platformRows() },
  rule: {
    layers: [
      { mark: 'bar', x: devices(), y: platform() },
      { mark: 'rule', axis: 'x', at: 40_000, name: { zh: '目标', en: 'Target' } },
    ],
    rows: platformRows(),
  },
  diagonal: {
    layers: [
      { mark: 'line', x: share(), y: { ...share(), field: 'cumulative' } },
      { mark: 'diagonal', name: { zh: '均等线', en: 'Line of equality' } },
    ],
    rows: [0, 0.25, 0.5, 0.75, 1].map(at => row(['share', 'cumulative'], [at, at ** 3])),
  },
  cell: { layers: [{ mark: 'cell', x: month(), y: platform(), colour: state() }], rows: stateRows() },
  band: {
    layers: [
      { mark: 'band', x: month(), low: devices('low'), high: devices('high'), colour: level() },
      { mark: 'line', x: month(), y: devices() },
    ],
    rows: fanRows(),
  },
  whisker: {
    layers: [
      { mark: 'bar', x: platform(), y: share() },
      { mark: 'whisker', at: platform(), low: interval('low'), high: interval('high'), along: 'y' },
    ],
    rows: intervalRows(),
  },
  count: {
    layers: [
      { mark: 'band', x: age(), low: interval('low'), high: interval('high'), colour: tier(), step: true },
      { mark: 'line', x: age(), y: share(), colour: tier(), step: true },
      { mark: 'count', x: age(), n: { ...devices(), name: { zh: '在险数', en: 'At risk' } }, colour: tier() },
    ],
    rows: survivalRows(),
  },
  span: {
    layers: [{ mark: 'span', from: start(), to: end(), y: platform(), colour: state() }],
    rows: spanRows(),
  },
  box: {
    layers: [
      {
        mark: 'box',
        y: platform(),
        low: days('p05'),
        lower: days('p25'),
        middle: days('p50'),
        upper: days('p75'),
        high: days('p95'),
      },
    ],
    rows: boxRows(),
  },
  flow: {
    layers: [{ mark: 'flow', from: tier(), to: platform(), size: devices() }],
    rows: flowRows(),
  },
  network: {
    layers: [{ mark: 'network', from: platform(), to: source(), kinds: [kind('kind'), kind('source kind')] }],
    rows: networkRows(),
  },
  tree: {
    layers: [
      { mark: 'cell', x: platform(), y: { ...platform(), field: 'other' }, colour: share() },
      { mark: 'tree', left: platform(), right: { ...platform(), field: 'other' }, height: joined() },
    ],
    rows: pairRows(),
  },
  tile: { layers: [{ mark: 'tile', region: province(), colour: devices() }], rows: provinceRows() },
}

/** The same chart on other rows. */
export function withRows(chart: Chart, rows: readonly Row[]): Chart {
  return { ...chart, rows }
}

/** Rows of the same columns in which every value is absent. */
export function emptied(rows: readonly Row[]): readonly Row[] {
  return rows.map(each => row(Object.keys(each), []))
}

/** Rows of the same columns in which every text is replaced. */
export function renamed(rows: readonly Row[], text: string): readonly Row[] {
  return rows.map(each => {
    const values = Object.values(each).map((value): Value => (typeof value === 'string' ? text : value))
    return row(Object.keys(each), values)
  })
}

function platform(): Field {
  return { field: 'platform', name: { zh: '平台', en: 'Platform' }, scale: 'category' }
}

function devices(field = 'devices'): Field {
  const unit = { zh: '台', en: 'units' }
  return { field, name: { zh: '设备数', en: 'Devices' }, scale: 'number', format: 'integer', unit }
}

function share(): Field {
  return { field: 'share', name: { zh: '占比', en: 'Share' }, scale: 'number', format: 'percent' }
}

function joined(): Field {
  return { ...share(), field: 'joined', name: { zh: '合并高度', en: 'Merge height' } }
}

function interval(field: string): Field {
  return { ...share(), field, name: { zh: '95% 区间', en: '95% interval' } }
}

function level(): Field {
  return { field: 'level', name: { zh: '区间', en: 'Interval' }, scale: 'category', order: ['80 %', '95 %'] }
}

function age(): Field {
  const unit = { zh: '天', en: 'days' }
  return { field: 'age', name: { zh: '在网时长', en: 'Age' }, scale: 'number', format: 'integer', unit }
}

function month(): Field {
  return { field: 'month', name: { zh: '月份', en: 'Month' }, scale: 'time' }
}

function tier(): Field {
  const labels = { 引领: { zh: '引领级', en: 'Leading' }, 基础: { zh: '基础级', en: 'Basic' } }
  return {
    field: 'tier',
    name: { zh: '梯度', en: 'Tier' },
    scale: 'category',
    order: ['基础', '引领'],
    labels,
  }
}

function state(): Field {
  const labels = { full: { zh: '完整', en: 'Complete' }, gap: { zh: '缺口', en: 'Gap' } }
  return {
    field: 'state',
    name: { zh: '状态', en: 'State' },
    scale: 'category',
    order: ['full', 'gap'],
    labels,
  }
}

function start(): Field {
  return { field: 'start', name: { zh: '开始', en: 'Start' }, scale: 'time' }
}

function end(): Field {
  return { field: 'end', name: { zh: '结束', en: 'End' }, scale: 'time' }
}

function days(field: string): Field {
  const unit = { zh: '天', en: 'days' }
  return { field, name: { zh: `寿命 ${field}`, en: `Lifetime ${field}` }, scale: 'number', unit }
}

function source(): Field {
  return { field: 'source', name: { zh: '来源', en: 'Source' }, scale: 'category' }
}

function kind(field: string): Field {
  const labels = { platform: { zh: '平台', en: 'Platform' }, plant: { zh: '工厂', en: 'Plant' } }
  return {
    field,
    name: { zh: '种类', en: 'Kind' },
    scale: 'category',
    order: ['platform', 'plant'],
    labels,
  }
}

function province(): Field {
  return { field: 'province', name: { zh: '省份', en: 'Province' }, scale: 'category' }
}

function platformRows(): readonly Row[] {
  const columns = ['platform', 'devices', 'share', 'tier']
  return [
    row(columns, ['卡奥斯 COSMOPlat', 52_340, 0.52, '引领']),
    row(columns, ['航天云网', 31_008, 0.31, '引领']),
    row(columns, ['supET', 12_900n, 0.13, '基础']),
    row(columns, ['无名平台', null, null, null]),
  ]
}

function monthRows(): readonly Row[] {
  return Array.from({ length: 24 }, (_, i) => {
    const value = i === 9 ? null : 900 + ((i * 397) % 700)
    return row(
      ['month', 'devices', 'tier'],
      [firstMonth + (i >> 1) * monthLength, value, i % 2 ? '引领' : '基础'],
    )
  })
}

function stateRows(): readonly Row[] {
  const states = ['full', 'full', 'gap', null]
  return Array.from({ length: 12 }, (_, i) =>
    row(
      ['month', 'platform', 'state'],
      [firstMonth + (i % 4) * monthLength, `P-${i >> 2}`, states[(i * 7) % 4] ?? null],
    ),
  )
}

function provinceRows(): readonly Row[] {
  return ['11', '31', '44', '65', '00'].map((code, i) =>
    row(['province', 'devices'], [code, 10_000 * i + 17]),
  )
}

/** Two years of values, then twelve months with two intervals each, of which one is broken. */
function fanRows(): readonly Row[] {
  const columns = ['month', 'devices', 'low', 'high', 'level']
  const past = Array.from({ length: 12 }, (_, i) =>
    row(columns, [firstMonth + i * monthLength, 9000 + i * 310 + ((i * 397) % 500)]),
  )
  const future = Array.from({ length: 8 }, (_, i) => {
    const [at, middle] = [firstMonth + (i + 12) * monthLength, 12_900 + i * 330]
    const bands = [400, 760].map((wide, k) => {
      const reach = wide * Math.sqrt(i + 1)
      const ends = i === 5 && k === 0 ? [null, null] : [middle - reach, middle + reach]
      return row(columns, [at, null, ...ends, k === 0 ? '80 %' : '95 %'])
    })
    return [row(columns, [at, middle]), ...bands]
  })
  return [...past, ...future.flat()]
}

/** Of every two of four: how far apart, and the height at which average linkage joins them. */
function pairRows(): readonly Row[] {
  const names = ['supET', '航天云网', '卡奥斯 COSMOPlat', '无名平台']
  const apart = [
    [0, 0.2, 0.6, 0.8],
    [0.2, 0, 0.5, 0.9],
    [0.6, 0.5, 0, 0.7],
    [0.8, 0.9, 0.7, 0],
  ]
  const joined = (i: number, j: number) => (i === j ? 0 : ([0.2, 0.55, 0.8][Math.max(i, j) - 1] ?? null))
  return names.flatMap((one, i) =>
    names.map((other, j) =>
      row(['platform', 'other', 'share', 'joined'], [one, other, apart[i]?.[j] ?? null, joined(i, j)]),
    ),
  )
}

function intervalRows(): readonly Row[] {
  const columns = ['platform', 'share', 'low', 'high']
  return [
    row(columns, ['卡奥斯 COSMOPlat', 0.52, 0.47, 0.58]),
    row(columns, ['航天云网', 0.31, 0.02, 0.6]),
    row(columns, ['supET', 0.02, -0.08, 0.12]),
    row(columns, ['无名平台', 0.2, 0.1, null]),
  ]
}

function survivalRows(): readonly Row[] {
  const columns = ['age', 'share', 'low', 'high', 'devices', 'tier']
  return ['引领', '基础'].flatMap((tier, k) =>
    [0, 21, 47, 90, 133, 180, 260, 330].map((day, i) => {
      const alive = Math.exp((-day * (k + 1)) / 700)
      const reach = 0.012 * i
      return row(columns, [day, alive, alive - reach, alive + reach, 1240 - i * (120 + 20 * k), tier])
    }),
  )
}

function spanRows(): readonly Row[] {
  const states = ['full', 'gap', null]
  return Array.from({ length: 18 }, (_, i) => {
    const from = firstMonth + (i % 6) * monthLength
    const length = i === 7 ? 0 : monthLength * (i % 4 === 0 ? 0.4 : 1)
    return row(
      ['start', 'end', 'platform', 'state'],
      [from, from + length, `P-${i % 3}`, states[i % 3] ?? null],
    )
  })
}

function boxRows(): readonly Row[] {
  const columns = ['platform', 'p05', 'p25', 'p50', 'p75', 'p95']
  return [
    row(columns, ['卡奥斯 COSMOPlat', 12, 40, 75, 130, 290]),
    row(columns, ['航天云网', 3, 22, 31, 44, 90]),
    row(columns, ['supET', null, 60, 64, 71, null]),
    row(columns, ['无名平台', null, null, null, null, null]),
  ]
}

function flowRows(): readonly Row[] {
  const columns = ['tier', 'platform', 'devices']
  return [
    row(columns, ['引领', 'supET', 12_900n]),
    row(columns, ['基础', '卡奥斯 COSMOPlat', 31_008]),
    row(columns, ['引领', '卡奥斯 COSMOPlat', 52_340]),
    row(columns, ['基础', '基础', 900]),
    row(columns, [null, 'supET', 4_000]),
    row(columns, ['基础', 'supET', null]),
  ]
}

function networkRows(): readonly Row[] {
  const columns = ['platform', 'source', 'kind', 'source kind']
  const links = Array.from({ length: 14 }, (_, i) =>
    row(columns, [`P-${(i * i) % 4}`, `S-${i % 9}`, 'platform', 'plant']),
  )
  return [...links, ...['P-8', 'P-9'].map(name => row(columns, [name, null, 'platform', null]))]
}
