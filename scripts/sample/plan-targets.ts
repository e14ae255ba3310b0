import { instant } from './calendar.ts'
import type { CanonicalRow } from './canonical-row.ts'

const source =
  '真实数据，非合成：工业和信息化部《推动工业互联网平台高质量发展行动方案（2026—2028年）》，2026-01-13 发布。' +
  ' Real, not synthetic: MIIT, Action Plan for the High-Quality Development of Industrial Internet Platforms (2026-2028).'

const plan = {
  scope: 'national',
  base_date: instant('2025-12-31T00:00:00Z'),
  target_date: instant('2028-12-31T00:00:00Z'),
  source,
} as const

/** The plan's three published targets. Bases are published as "over 340" and "over 100 million": floors. */
export const planTargets: readonly CanonicalRow<'plan_target'>[] = [
  { ...plan, indicator: 'influential_platforms', base_value: 340, base_is_floor: true, target_value: 450 },
  {
    ...plan,
    indicator: 'connected_devices',
    base_value: 100_000_000,
    base_is_floor: true,
    target_value: 120_000_000,
  },
  { ...plan, indicator: 'penetration', base_value: null, base_is_floor: null, target_value: 0.55 },
]
