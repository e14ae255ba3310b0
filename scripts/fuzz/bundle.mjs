import { mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'vite'
import { root } from '../cache.mjs'

/**
 * The app under test and the maker of mutants as modules that Node runs. They lie two folders below the root, as
 * sources do, since tests find the samples from there; they are gone when the process ends.
 *
 * @returns {Promise<{ child: string, mutant: string }>} paths
 */
export async function bundle() {
  const outDir = mkdtempSync(join(root, 'node_modules', '.fuzz-'))
  process.on('exit', () => rmSync(outDir, { recursive: true, force: true }))
  await build({
    root,
    configFile: false,
    logLevel: 'error',
    publicDir: false,
    build: {
      ssr: true,
      outDir,
      minify: false,
      target: 'node20',
      rolldownOptions: {
        input: {
          child: join(root, 'scripts', 'fuzz', 'child.ts'),
          mutant: join(root, 'scripts', 'fuzz', 'mutant.ts'),
        },
      },
    },
  })
  return { child: join(outDir, 'child.js'), mutant: join(outDir, 'mutant.js') }
}
