import { execFile } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { root } from '../cache.mjs'

/** The same mutants in every run; `npm run fuzz` draws others and goes on for longer. */
test('no damaged export breaks the workbench (seed 7, 15 seconds)', async () => {
  const out = mkdtempSync(join(tmpdir(), 'assay-fuzz-'))
  const args = [
    join(root, 'scripts', 'fuzz.mjs'),
    '--seed',
    '7',
    '--mutants',
    '120',
    '--seconds',
    '15',
    '--out',
    out,
  ]
  const { code, said } = await new Promise(settle =>
    execFile(process.execPath, args, (error, stdout, stderr) =>
      settle({ code: error?.code ?? 0, said: stdout + stderr }),
    ),
  )
  expect(code, said).toBe(0)
  expect(readdirSync(out)).toEqual([])
  expect(said).toMatch(/^\d+ mutants of seed 7, 0 finds$/m)
  rmSync(out, { recursive: true })
}, 180_000)
