/** The parts of the app that an import runs through, for the benchmark to bundle. */
export { recognise } from '../src/adapters/adapter.ts'
export { usualPatience } from '../src/engine/link.ts'
export { openBundles } from '../src/engine/open.ts'
export { nodeBundle } from '../src/engine/testing.ts'
export { directReader } from '../src/formats/format.ts'
export { dropTables, mapIn, proposedOptions, rawTable, readIn } from '../src/workbench/intake.ts'
