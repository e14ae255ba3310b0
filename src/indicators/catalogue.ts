import type { Indicator } from './recipe.ts'

const files = import.meta.glob<Indicator>(['./catalogue/*.ts', '!./catalogue/*.test.ts'], {
  eager: true,
  import: 'default',
})

const groups = ['CON', 'AGG', 'STR', 'VAL', 'PLN']

/** Every recipe under `catalogue/`, by group (CON, AGG, STR, VAL, PLN), then by number. */
export const catalogue: readonly Indicator[] = Object.values(files).sort((a, b) => rank(a) - rank(b))

function rank({ id }: Indicator): number {
  const [group = '', number = ''] = id.split('-')
  return groups.indexOf(group) * 1000 + Number(number)
}
