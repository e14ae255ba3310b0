import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['src/**/*.test.{ts,tsx}', 'scripts/**/*.test.{ts,mjs}'],
    environment: 'node',
    setupFiles: ['scripts/property-seed.ts'],
    // The report carries this style sheet as text; all others are empty in tests.
    css: { include: [/\/formula\.css/] },
    // WebAssembly engines take seconds to start on a machine with two cores.
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
})
