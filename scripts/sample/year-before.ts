import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { categoriesOf, openTableFile, type WrittenFile } from './arrow-file.ts'
import { begin } from './calendar.ts'
import { describeResource, packageText } from './data-package.ts'
import type { Platform } from './platforms.ts'
import { at, type Random } from './random.ts'

/** Where the older export of a sample lies. */
export function folderBefore(out: string): string {
  return `${out.replace(/[\\/]+$/, '')}-2025`
}

const tiers = ['基础', '成长', '引领', '生态'] as const
type Tier = (typeof tiers)[number]

/** How likely a platform of a tier was one tier lower a year before, one higher, or not listed yet. */
const changes: Readonly<Record<Tier, readonly [lower: number, higher: number, absent: number]>> = {
  基础: [0, 0.02, 0.12],
  成长: [0.16, 0.02, 0.03],
  引领: [0.16, 0.03, 0],
  生态: [0.25, 0, 0],
}

/** The platforms as they were listed a year before: some in another tier, the newest not yet; without names. */
export function platformsBefore(draw: Random, platforms: readonly Platform[]): readonly Platform[] {
  return platforms.flatMap(platform => {
    const tier = platform.tier ?? '基础'
    const [lower, higher, absent] = changes[tier]
    const point = draw.uniform()
    if (point < absent) return []
    const step = point < absent + lower ? -1 : point < absent + lower + higher ? 1 : 0
    const before = draw.chance(0.01) ? null : at(tiers, tiers.indexOf(tier) + step)
    return [{ ...platform, name: null, tier: before }]
  })
}

/** Writes the older export, a data package of its own that speaks of the beginning of the year. */
export function writeYearBefore(out: string, platforms: readonly Platform[]): WrittenFile {
  const folder = folderBefore(out)
  mkdirSync(folder, { recursive: true })
  const path = join(folder, 'platform_2025.arrow')
  const file = openTableFile('platform', path, categoriesOf('platform', platforms))
  file.append(platforms)
  const written = file.close()
  const text = packageText({
    name: 'assay-sample-2025',
    title: '示例平台群，2025 年 / Sample platforms, 2025',
    asOf: begin,
    assay: {},
    resources: [describeResource('platform_2025', 'platform', null, written)],
  })
  writeFileSync(join(folder, 'datapackage.json'), text)
  return written
}
