/** The door of the charts: domain charts become pictures on the screen and SVG documents. */
export { describeChart } from './description.ts'
export { type FontFile, fontFiles, fontsReady, installFonts } from './font.ts'
export type { Measure } from './measure.ts'
export { type MountedChart, mountChart, type ScreenLook } from './mount.ts'
export { fontStack, type Palette, palettes } from './palette.ts'
export { chartSvg, type Drawing } from './svg.ts'
