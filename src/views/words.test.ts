import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseSync } from 'vite'
import { expect, test } from 'vitest'

const spokenAttributes = ['aria-label', 'alt', 'label', 'placeholder', 'textValue', 'title']

/** Words written straight into the markup: they would be the same in both languages. */
function untranslated(name: string, source: string): readonly string[] {
  const found: string[] = []
  const { program } = parseSync(name, source, { lang: 'tsx' })
  JSON.stringify(program, (_key, node: unknown) => {
    const text = writtenText(node)
    if (text !== null && /\p{Letter}/u.test(text)) found.push(`${name}: ${text.trim()}`)
    return node
  })
  return found
}

function writtenText(node: unknown): string | null {
  if (!isNode(node)) return null
  if (node.type === 'JSXText') return String(node.value)
  const spoken =
    node.type === 'JSXAttribute' && isNode(node.name) && spokenAttributes.includes(String(node.name.name))
  return spoken && isNode(node.value) && node.value.type === 'Literal' ? String(node.value.value) : null
}

function isNode(node: unknown): node is Readonly<Record<string, unknown>> {
  return typeof node === 'object' && node !== null
}

test('no component writes words of one language into its markup', () => {
  const files = readdirSync(import.meta.dirname, { recursive: true, encoding: 'utf8' })
  const components = files.filter(name => name.endsWith('.tsx') && !name.endsWith('.test.tsx'))
  expect(components.length).toBeGreaterThan(40)
  const found = components.flatMap(name =>
    untranslated(name, readFileSync(join(import.meta.dirname, name), 'utf8')),
  )
  expect(found).toEqual([])
})

test('planted words are found, in text and in attributes', () => {
  expect(untranslated('a.tsx', 'const a = <p>Hello</p>')).toEqual(['a.tsx: Hello'])
  expect(untranslated('a.tsx', 'const a = <p title="你好" className="card" />')).toEqual(['a.tsx: 你好'])
  expect(untranslated('a.tsx', 'const a = <p title={say(name)}>{say(name)} · +</p>')).toEqual([])
})
