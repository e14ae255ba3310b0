import { asOf, instant, toMillisecond } from './calendar.ts'
import type { CanonicalRow } from './canonical-row.ts'
import type { PlatformProfile } from './platforms.ts'
import type { Choices, Random } from './random.ts'
import { functionNames, industryChoices } from './vocabulary.ts'

export type Model = CanonicalRow<'model'>
export type Application = CanonicalRow<'application'>

export interface Portfolios {
  readonly models: readonly Model[]
  readonly applications: readonly Application[]
}

type Tier = NonNullable<PlatformProfile['row']['tier']>

/** How likely a platform tells its portfolio, and about how many models and applications it has then. */
const portfolioOf: Readonly<Record<Tier, readonly [chance: number, size: number]>> = {
  基础: [0.12, 2],
  成长: [0.3, 3],
  引领: [0.75, 5],
  生态: [1, 9],
}

const kindsBefore2023: Choices<Model['kind']> = [
  ['mechanism', 58],
  ['ml', 30],
  ['other', 8],
  [null, 4],
]
const kindsSince2023: Choices<Model['kind']> = [
  ['mechanism', 34],
  ['ml', 34],
  ['large', 14],
  ['agent', 10],
  ['other', 5],
  [null, 3],
]
const depths: Choices<Application['depth_level']> = [
  [1, 22],
  [2, 34],
  [3, 23],
  [4, 11],
  [5, 5],
  [6, 2],
  [null, 3],
]
const applicationKinds: Choices<Application['kind']> = [
  ['云化软件', 46],
  ['工业 APP', 38],
  ['小程序', 11],
  [null, 5],
]

/** What many platforms offer alike; without it every small portfolio would look unlike every other. */
const commonIndustries: Choices<string> = [
  ['35', 30],
  ['34', 26],
  ['38', 18],
  ['39', 14],
  ['36', 12],
]
const commonFunctions: Choices<string> = functionNames.map((name, i) => [name, 2 ** -i])

/** What a platform has most of: its operator's industry and a few more, and some functions. */
interface Focus {
  readonly industries: readonly string[]
  readonly functions: readonly string[]
}

/** Models and applications of about a quarter of the platforms; each platform leans to a few industries and functions. */
export function makePortfolios(draw: Random, platforms: readonly PlatformProfile[]): Portfolios {
  const models: Model[] = []
  const applications: Application[] = []
  for (const platform of platforms) {
    const [chance, size] = portfolioOf[platform.row.tier ?? '基础']
    if (!draw.chance(chance)) continue
    const focus = drawFocus(draw, platform)
    const { platform_id } = platform.row
    const sized = () => 1 + Math.floor(draw.lognormal(size, 0.6))
    for (let left = sized(); left > 0; left--)
      models.push(makeModel(draw, platform_id, models.length + 1, focus))
    for (let left = sized(); left > 0; left--)
      applications.push(makeApplication(draw, platform_id, applications.length + 1, focus))
  }
  return { models, applications }
}

function drawFocus(draw: Random, { operator }: PlatformProfile): Focus {
  const more = Array.from({ length: draw.integer(1, 2) }, () => draw.weighted(industryChoices))
  const functions = Array.from({ length: 2 }, () => draw.pick(functionNames))
  return { industries: [operator.industry_code ?? '34', ...more], functions }
}

function makeModel(draw: Random, platform_id: string, number: number, focus: Focus): Model {
  const created_at = drawCreation(draw)
  const isRecent = created_at > instant('2023-01-01T00:00:00Z')
  return {
    model_id: `M${String(number).padStart(4, '0')}`,
    platform_id,
    name: `示例模型 ${number}`,
    kind: draw.weighted(isRecent ? kindsSince2023 : kindsBefore2023),
    ...place(draw, focus),
    created_at: draw.chance(0.97) ? created_at : null,
  }
}

function makeApplication(draw: Random, platform_id: string, number: number, focus: Focus): Application {
  return {
    application_id: `A${String(number).padStart(4, '0')}`,
    platform_id,
    name: `示例应用 ${number}`,
    kind: draw.weighted(applicationKinds),
    ...place(draw, focus),
    depth_level: draw.weighted(depths),
    created_at: draw.chance(0.97) ? drawCreation(draw) : null,
  }
}

function place(draw: Random, focus: Focus): Pick<Model, 'function' | 'industry_code'> {
  const isCommon = draw.chance(0.5)
  return {
    function: draw.chance(0.02) ? null : draw.weighted(isCommon ? commonFunctions : own(focus.functions)),
    industry_code: draw.chance(0.03)
      ? null
      : draw.weighted(isCommon ? commonIndustries : own(focus.industries)),
  }
}

function own(focus: readonly string[]): Choices<string> {
  return focus.map(value => [value, 1])
}

/** From 2018 on, more in each year than in the one before. */
function drawCreation(draw: Random): number {
  const first = instant('2018-01-01T00:00:00Z')
  return toMillisecond(first + Math.sqrt(draw.uniform()) * (asOf - first))
}
