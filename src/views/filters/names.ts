import type { FilterName } from '../../domain/filter.ts'
import type { Phrase } from '../../domain/phrase.ts'

/** What the filters are called on the screen. */
export const filterNames: Readonly<Record<FilterName, Phrase>> = {
  platform: { zh: '平台', en: 'Platform' },
  province: { zh: '省份', en: 'Province' },
  industry: { zh: '行业', en: 'Industry' },
  tier: { zh: '梯度', en: 'Tier' },
  ownership: { zh: '所有制', en: 'Ownership' },
  size: { zh: '规模', en: 'Size' },
  period: { zh: '时段', en: 'Period' },
}
