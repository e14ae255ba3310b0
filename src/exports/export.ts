/** The door of the exports: figures, tables and reports become bytes with their provenance inside. */
export { figureSvg } from './figure-svg.ts'
export { bundledFonts, type FontSource, type FontWeight } from './font-source.ts'
