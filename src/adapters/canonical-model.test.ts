import { expect, test } from 'vitest'
import { canonicalModel } from './canonical-model.ts'

test('docs/canonical-model.md says what the declaration says', async () => {
  await expect(canonicalModel()).toMatchFileSnapshot('../../docs/canonical-model.md')
})
