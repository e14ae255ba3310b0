import { describe, expect, test } from 'vitest'
import { keepPreferences, readPreferences } from './preferences.ts'
import { openStore } from './store.ts'

function storage(kept: string | null) {
  let text = kept
  return {
    getItem: () => text,
    setItem: (_key: string, value: string) => {
      text = value
    },
  }
}

describe('preferences', () => {
  test('without any, the machine decides', () => {
    expect(readPreferences(storage(null), 'zh-CN')).toEqual({ language: 'zh', theme: 'system' })
    expect(readPreferences(storage(null), 'de-DE')).toEqual({ language: 'en', theme: 'system' })
  })

  test('what was chosen comes back', () => {
    const kept = storage(null)
    const store = openStore('en', 'system')
    keepPreferences(kept, store)
    store.setState(({ session }) => ({ session: { ...session, language: 'zh', theme: 'dark' } }))
    expect(readPreferences(kept, 'en-GB')).toEqual({ language: 'zh', theme: 'dark' })
  })

  test.each(['not json', '[]', '"x"', 'null', '{"language":"fr","theme":7}'])('%s counts as absent', text => {
    expect(readPreferences(storage(text), 'en-GB')).toEqual({ language: 'en', theme: 'system' })
  })
})
