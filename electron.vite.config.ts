import { createRequire } from 'node:module'
import { resolve } from 'node:path'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'electron-vite'

const { version: shippedElectron } = createRequire(import.meta.url)('electron/package.json') as {
  version: string
}
const root = import.meta.dirname

/**
 * Targets are those of Electron 33, the oldest runtime Assay runs on, so that one build serves all of them.
 * Dependencies are bundled: the packaged app carries no node_modules.
 */
export default defineConfig({
  main: {
    define: { __SHIPPED_ELECTRON__: JSON.stringify(shippedElectron) },
    build: {
      externalizeDeps: false,
      target: 'node20.18',
      outDir: 'out/main',
      rollupOptions: { input: { index: resolve(root, 'src/host/electron/main.ts') } },
    },
  },
  preload: {
    build: {
      externalizeDeps: false,
      target: 'node20.18',
      outDir: 'out/preload',
      // A sandboxed preload must be CommonJS, and in a package of type "module" only `.cjs` says so.
      rollupOptions: {
        input: { preload: resolve(root, 'src/host/electron/preload.ts') },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: 'src/app',
    base: '/',
    plugins: [react()],
    worker: { format: 'es' },
    build: {
      target: 'chrome130',
      outDir: 'out/renderer',
      // The Content-Security-Policy refuses data: URLs for scripts, wasm and fonts.
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      chunkSizeWarningLimit: 4096,
      rollupOptions: {
        input: {
          index: resolve(root, 'src/app/index.html'),
          report: resolve(root, 'src/app/report.html'),
        },
      },
    },
  },
})
