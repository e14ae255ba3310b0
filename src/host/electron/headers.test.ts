import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { contentSecurityPolicy } from './headers.ts'

test('the policy names each kind of resource and lets no script in from text', () => {
  const directives = new Map(
    contentSecurityPolicy.split('; ').map(directive => {
      const [name = '', ...sources] = directive.split(' ')
      return [name, sources] as const
    }),
  )
  expect(directives.get('default-src')).toEqual(["'none'"])
  expect(directives.get('script-src')).toEqual(["'self'", "'wasm-unsafe-eval'"])
  expect(directives.get('connect-src')).toEqual(["'self'"])
  expect(directives.get('worker-src')).toEqual(["'self'"])
  expect(contentSecurityPolicy).not.toContain("'unsafe-eval'")
  expect(directives.get('style-src')).not.toContain("'unsafe-inline'")
})

test('the one style element let in is the one that the installed react-aria writes', () => {
  const package_ = createRequire(import.meta.url).resolve('react-aria/package.json')
  const source = readFileSync(join(dirname(package_), 'dist/private/interactions/usePress.mjs'), 'utf8')
  const attribute = /PRESSABLE_ATTRIBUTE = '([^']+)'/.exec(source)?.[1] ?? ''
  const template = /style\.textContent = `([^`]+)`\.trim\(\)/.exec(source)?.[1] ?? ''
  const text = template.replace(/\$\{[^}]*PRESSABLE_ATTRIBUTE\}/, attribute).trim()
  const hash = createHash('sha256').update(text).digest('base64')
  expect(contentSecurityPolicy).toContain(`'sha256-${hash}'`)
})
