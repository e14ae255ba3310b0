import { type Phrase, same } from './phrase.ts'
import { provinceName, provinces } from './province.ts'
import type { Value } from './table.ts'

/** A target that a person has set, as a row of `plan_target`. */
export interface PlanTarget {
  /** One of `measures`. */
  readonly indicator: Measure
  /** `national`, a GB/T 2260 province code, or the id of a platform or organisation. */
  readonly scope: string
  /** Days, `YYYY-MM-DD`. */
  readonly baseDate: string
  readonly baseValue: number | null
  /** The base was published as "more than". */
  readonly baseIsFloor: boolean
  readonly targetDate: string
  readonly targetValue: number
  readonly source: string
}

/** What the plan sets targets for; each counts another population, so none may be divided by another. */
export const measures = {
  connected_devices: {
    name: { zh: '工业设备连接数', en: 'Connected industrial devices' },
    population: { zh: '重点平台上的设备', en: 'devices on key platforms' },
    unit: { zh: '台（套）', en: 'devices' },
  },
  influential_platforms: {
    name: { zh: '具有一定影响力的平台数', en: 'Influential platforms' },
    population: { zh: '具有一定影响力的平台', en: 'influential platforms' },
    unit: { zh: '个', en: 'platforms' },
  },
  penetration: {
    name: { zh: '平台普及率', en: 'Platform penetration' },
    population: { zh: '范围内的企业', en: 'enterprises in scope' },
    unit: { zh: '（0–1）', en: '(0–1)' },
  },
} as const satisfies Readonly<Record<string, Readonly<Record<'name' | 'population' | 'unit', Phrase>>>>

export type Measure = keyof typeof measures

export const nationalScope = 'national'

/** How exports write the national scope. */
export const nationalScopes = [nationalScope, '全国']

export function isNational(scope: Value | undefined): boolean {
  return typeof scope === 'string' && nationalScopes.includes(scope)
}

export function isMeasure(indicator: Value | undefined): indicator is Measure {
  return typeof indicator === 'string' && Object.hasOwn(measures, indicator)
}

/** What a target counts; its own name where Assay does not know it. */
export function measureName(indicator: Value | undefined): Phrase {
  return isMeasure(indicator) ? measures[indicator].name : same(String(indicator ?? ''))
}

/** The country, a province by name, or the id of a platform or organisation. */
export function scopeName(scope: Value | undefined): Phrase {
  const id = String(scope ?? '')
  if (isNational(id)) return { zh: '全国', en: 'National' }
  return provinces.some(({ code }) => code === id) ? provinceName(id) : same(id)
}

const plan = {
  scope: nationalScope,
  baseDate: '2025-12-31',
  targetDate: '2028-12-31',
  source: '工业和信息化部《推动工业互联网平台高质量发展行动方案（2026—2028年）》，2026-01-13 发布',
} as const

/** The three published targets of the Action Plan 2026–2028. Its bases read "more than": floors. */
export const publishedTargets: readonly PlanTarget[] = [
  {
    ...plan,
    indicator: 'connected_devices',
    baseValue: 100_000_000,
    baseIsFloor: true,
    targetValue: 120_000_000,
  },
  { ...plan, indicator: 'influential_platforms', baseValue: 340, baseIsFloor: true, targetValue: 450 },
  { ...plan, indicator: 'penetration', baseValue: null, baseIsFloor: false, targetValue: 0.55 },
]
