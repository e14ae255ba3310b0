import { readdirSync, readFileSync } from 'node:fs'
import { join, posix } from 'node:path'
import { parseSync } from 'vite'
import { describe, expect, test } from 'vitest'

/** Who may import whom. A folder may always import itself. */
const mayImport: Readonly<Record<string, readonly string[] | 'all'>> = {
  domain: [],
  sql: ['domain'],
  formula: [],
  formats: ['domain'],
  adapters: ['domain', 'sql'],
  statistics: ['domain'],
  indicators: ['domain', 'sql', 'statistics'],
  charts: ['domain'],
  engine: ['domain', 'sql', 'formats'],
  exports: ['domain', 'charts', 'formula'],
  evidence: ['domain', 'sql'],
  host: ['domain'],
  workbench: [
    'domain',
    'sql',
    'formats',
    'adapters',
    'indicators',
    'charts',
    'engine',
    'exports',
    'evidence',
    'host',
  ],
  views: ['domain', 'formula', 'indicators', 'charts', 'workbench'],
  app: 'all',
}

/** The file by which a folder is entered from outside. All of `domain` is door. */
const doors: Readonly<Record<string, string>> = {
  sql: 'sql',
  formula: 'formula',
  formats: 'format',
  adapters: 'adapter',
  statistics: 'statistics',
  indicators: 'indicator',
  charts: 'chart',
  engine: 'engine',
  exports: 'export',
  evidence: 'evidence',
  host: 'host',
  workbench: 'workbench',
  views: 'view',
}

/** Who may know a library; one that is not listed here belongs nowhere yet. `a/*` stands for all below. */
const libraries: Readonly<Record<string, readonly string[]>> = {
  'parquet-wasm': ['formats'],
  fzstd: ['formats'],
  '@e965/xlsx': ['formats', 'exports'],
  flatbuffers: ['engine', 'formats'],
  'apache-arrow': ['engine', 'formats'],
  '@duckdb/duckdb-wasm': ['engine'],
  'web-worker': ['engine'],
  '@noble/hashes': ['formats', 'evidence'],
  echarts: ['charts'],
  zrender: ['charts'],
  'opentype.js': ['exports'],
  '@fontsource/*': ['exports', 'charts', 'formula'],
  temml: ['formula'],
  electron: ['host/electron'],
  'node:*': ['host/electron'],
  zod: ['domain'],
  'zustand/vanilla': ['workbench'],
  zustand: ['views'],
  react: ['views', 'app'],
  'react-dom': ['views', 'app'],
  'react-aria-components': ['views'],
  '@internationalized/date': ['views'],
  'lucide-react': ['views'],
}

/** Imports that break a rule on purpose, as `file -> import`, each with its reason. */
const exceptions: ReadonlySet<string> = new Set([])

/** What a file imports that it may not, one line each. `file` is its path below `src`. */
function violations(file: string, source: string): readonly string[] {
  return importsOf(file, source)
    .filter(name => !exceptions.has(`${file} -> ${name}`))
    .flatMap(name => {
      const reason = name.startsWith('.') ? folderViolation(file, name) : libraryViolation(file, name)
      return reason === null ? [] : [`${file} -> ${name}: ${reason}`]
    })
}

function importsOf(file: string, source: string): readonly string[] {
  const { module } = parseSync(file, source)
  return [
    ...module.staticImports.map(found => found.moduleRequest.value),
    ...module.staticExports.flatMap(found => found.entries.map(entry => entry.moduleRequest?.value ?? null)),
    ...module.dynamicImports.map(({ moduleRequest: { start, end } }) => literal(source.slice(start, end))),
  ].filter(name => name !== null)
}

/** The text of a quoted import; null where it is computed (a recipe's own glob), which no table can judge. */
function literal(expression: string): string | null {
  return /^(['"`])([^'"`$]+)\1$/.exec(expression)?.[2] ?? null
}

function folderViolation(file: string, name: string): string | null {
  const target = posix.normalize(posix.join(posix.dirname(file), name.replace(/\?.*$/, '')))
  if (target.startsWith('../')) return isTestSupport(file) ? null : 'leads out of src'
  const [from, to] = [folderOf(file), folderOf(target)]
  if (from === to) return supportViolation(file, target)
  const allowed = mayImport[from]
  if (!isTestSupport(file) && allowed !== 'all' && !allowed?.includes(to))
    return `${from} may not import ${to}`
  return doorViolation(file, to, target)
}

function doorViolation(file: string, folder: string, target: string): string | null {
  const isDoor = folder === 'domain' || /^[^.]+/.exec(target)?.[0] === `${folder}/${doors[folder]}`
  if (isDoor || (isTestSupport(file) && isTestSupport(target))) return null
  return `${folder} is entered by its door alone`
}

function supportViolation(file: string, target: string): string | null {
  return isTestSupport(target) && !isTestSupport(file) ? 'is there for tests alone' : null
}

function libraryViolation(file: string, name: string): string | null {
  if (isTestSupport(file)) return null
  const known = Object.keys(libraries)
    .filter(
      library =>
        name === library || name.startsWith(library.replace(/\*$/, '') + (library.endsWith('*') ? '' : '/')),
    )
    .sort((a, b) => b.length - a.length)[0]
  if (known === undefined) return 'is no library of the house'
  const owners = libraries[known] ?? []
  return owners.some(owner => file.startsWith(`${owner}/`))
    ? null
    : `only ${owners.join(', ')} may know ${known}`
}

/** Tests, and the files `testing.ts` and `testing-….ts` that help them, may use any door, Node and test libraries. */
function isTestSupport(file: string): boolean {
  return /\.test\.tsx?$/.test(file) || /(^|\/)testing(-[a-z-]+)?\.tsx?$/.test(file)
}

function folderOf(file: string): string {
  return file.split('/')[0] ?? ''
}

describe('the import table', () => {
  const root = import.meta.dirname
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' })
    .map(file => file.replaceAll('\\', '/'))
    .filter(file => /\.tsx?$/.test(file) && file.includes('/'))

  test('covers every folder', () => {
    expect([...new Set(files.map(folderOf))].filter(folder => !(folder in mayImport))).toEqual([])
  })

  test('holds in every file', () => {
    expect(files.length).toBeGreaterThan(20)
    expect(files.flatMap(file => violations(file, readFileSync(join(root, file), 'utf8')))).toEqual([])
  })

  test.each([
    ['a domain that knows the engine', 'domain/table.ts', `import { x } from '../engine/engine.ts'`],
    ['a type is an import too', 'domain/table.ts', `import type { Engine } from '../engine/engine.ts'`],
    ['a view that asks the engine', 'views/board/Board.tsx', `import { e } from '../../engine/engine.ts'`],
    ['a side entrance', 'workbench/store.ts', `import { q } from '../engine/ingest.ts'`],
    ['a re-export through a side entrance', 'workbench/store.ts', `export { q } from '../engine/ingest.ts'`],
    [
      'a late import through a side entrance',
      'workbench/store.ts',
      `const q = await import('../engine/ingest.ts')`,
    ],
    [
      'a door that only looks like one',
      'workbench/store.ts',
      `import { q } from '../engine/engine/ingest.ts'`,
    ],
    ['a recipe that knows ECharts', 'indicators/catalogue/a.ts', `import * as echarts from 'echarts/core'`],
    ['a second keeper of DuckDB', 'exports/export.ts', `import * as d from '@duckdb/duckdb-wasm'`],
    ['Node in the page', 'host/memory.ts', `import { readFile } from 'node:fs/promises'`],
    ['Electron in a view', 'views/view.tsx', `import { app } from 'electron'`],
    ['a library that nobody chose', 'domain/table.ts', `import _ from 'lodash'`],
    ['a library whose name begins alike', 'charts/chart.ts', `import e from 'echarts-for-react'`],
    ['a store without its vanilla', 'workbench/store.ts', `import { create } from 'zustand'`],
    ['test support in the app', 'workbench/store.ts', `import { t } from './testing.ts'`],
    ['a way out of src', 'workbench/store.ts', `import { t } from '../../scripts/sample.mjs'`],
  ])('refuses %s', (_, file, source) => {
    expect(violations(file, source)).toHaveLength(1)
  })

  test.each([
    ['views/view.tsx', `import { useState } from 'react'; import '../charts/chart.ts'; import './view.css'`],
    ['workbench/store.ts', `import { createStore } from 'zustand/vanilla'; import '../engine/engine.ts'`],
    ['engine/ingest.ts', `import { f } from '../formats/format.ts'; import { Table } from 'apache-arrow'`],
    ['adapters/azure.test.ts', `import { o } from '../engine/testing.ts'; import fs from 'node:fs'`],
    [
      'app/window.tsx',
      `import '../views/view.tsx'; import '../host/host.ts'; import { r } from 'react-dom/client'`,
    ],
    ['host/electron/save.ts', `import { dialog } from 'electron'; import { join } from 'node:path'`],
    ['charts/chart.ts', `// import { x } from '../engine/engine.ts'\nconst s = "import 'electron'"`],
  ])('lets pass %s', (file, source) => {
    expect(violations(file, source)).toEqual([])
  })
})
