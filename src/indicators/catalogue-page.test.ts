import { expect, test } from 'vitest'
import { cataloguePage } from './catalogue-page.ts'

test('docs/indicators.md says what the recipes say', async () => {
  await expect(cataloguePage()).toMatchFileSnapshot('../../docs/indicators.md')
})
