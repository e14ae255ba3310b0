import type { Phrase } from '../domain/phrase.ts'
import { catalogue, type Indicator } from '../indicators/indicator.ts'

/** A field of the board: the indicators whose ids begin alike. */
export interface IndicatorGroup {
  readonly id: string
  readonly name: Phrase
  readonly indicators: readonly Indicator[]
}

const groupNames: readonly (readonly [id: string, name: Phrase])[] = [
  ['AGG', { zh: '数据汇聚', en: 'Data aggregation' }],
  ['CON', { zh: '设备连接', en: 'Connectivity' }],
  ['STR', { zh: '平台结构', en: 'Structure' }],
  ['VAL', { zh: '数据价值', en: 'Data value' }],
  ['PLN', { zh: '规划目标', en: 'Plan' }],
]

/** The catalogue as it stands on the board and at the left; fields without indicators are left out. */
export const groups: readonly IndicatorGroup[] = groupNames
  .map(([id, name]) => ({
    id,
    name,
    indicators: catalogue.filter(indicator => indicator.id.startsWith(`${id}-`)),
  }))
  .filter(group => group.indicators.length > 0)

/** All indicators in the order in which they are shown. */
export const shown: readonly Indicator[] = groups.flatMap(group => group.indicators)

export function findIndicator(id: string): Indicator | undefined {
  return catalogue.find(indicator => indicator.id === id)
}

/** The indicators before and after one, in the order in which they are shown. */
export function neighbours(id: string): { readonly before?: Indicator; readonly after?: Indicator } {
  const at = shown.findIndex(indicator => indicator.id === id)
  const before = at > 0 ? shown[at - 1] : undefined
  const after = at >= 0 ? shown[at + 1] : undefined
  return { ...(before && { before }), ...(after && { after }) }
}
