import type { CanonicalRow } from './canonical-row.ts'
import type { Choices, Random } from './random.ts'
import { industryChoices, provinceChoices } from './vocabulary.ts'

export type Organisation = CanonicalRow<'organisation'>

type Size = Organisation['size']

const customerSizes: Choices<Size> = [
  ['大', 3],
  ['中', 14],
  ['小', 51],
  ['微', 31],
  [null, 1],
]
const operatorSizes: Choices<Size> = [
  ['大', 25],
  ['中', 40],
  ['小', 30],
  ['微', 5],
]
const ownerships: Choices<Organisation['ownership']> = [
  ['民营', 82],
  ['国有', 7],
  ['外资', 6],
  ['其他', 3],
  [null, 2],
]

/** The organisation that runs a platform: larger than most, at home in the platform's province. */
export function makeOperator(draw: Random, number: number, province: string): Organisation {
  return makeOrganisation(draw, number, operatorSizes, province)
}

/** An organisation whose devices are on platforms: mostly small, mostly private. */
export function makeCustomer(draw: Random, number: number): Organisation {
  return makeOrganisation(draw, number, customerSizes, draw.weighted(provinceChoices))
}

function makeOrganisation(
  draw: Random,
  number: number,
  sizes: Choices<Size>,
  province: string,
): Organisation {
  return {
    org_id: `O${String(number).padStart(4, '0')}`,
    size: draw.weighted(sizes),
    ownership: draw.weighted(ownerships),
    province_code: province,
    industry_code: draw.weighted(industryChoices),
  }
}
