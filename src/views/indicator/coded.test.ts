import { expect, test } from 'vitest'
import { resultColumns } from './columns.ts'

test('codes of a result are told in words, where its columns mean one thing', () => {
  const names = ['province_code', 'to_tier', 'ownership', 'kind', 'constructor']
  const columns = resultColumns(
    names.map(name => ({ name, type: 'text', nullable: true })),
    undefined,
  )
  const [province, tier, ownership, kind, strange] = columns.map(({ labels }) => labels)
  expect(province?.['44']).toEqual({ zh: '广东', en: 'Guangdong' })
  expect(tier?.基础).toEqual({ zh: '基础级', en: 'Basic' })
  expect(Object.keys(ownership ?? {})).not.toHaveLength(0)
  // `kind` is of events, of models and of links.
  expect([kind, strange]).toEqual([undefined, undefined])
})
