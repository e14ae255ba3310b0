/** The parts of the app that an import runs through, for the benchmark to bundle. */
export { proposedOptions, recognise } from '../src/adapters/adapter.ts'
export { usualPatience } from '../src/engine/link.ts'
export { openBundles } from '../src/engine/open.ts'
export { nodeBundle } from '../src/engine/testing.ts'
export { directReader } from '../src/formats/format.ts'
export { dropTables, mapIn, rawTable, readIn } from '../src/workbench/intake.ts'
