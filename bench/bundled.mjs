import { join } from 'node:path'
import { build } from 'vite'

/** Bundles one entry of the repository into `outDir`/path.mjs as the app is: module by module, imports cost more. */
export async function bundled(root, entry, outDir) {
  await build({
    root,
    configFile: false,
    logLevel: 'error',
    ssr: { noExternal: /^(?!parquet-wasm|web-worker)/, external: ['parquet-wasm', 'web-worker'] },
    build: {
      ssr: join(root, entry),
      outDir,
      rolldownOptions: { output: { entryFileNames: 'path.mjs' } },
    },
  })
}
