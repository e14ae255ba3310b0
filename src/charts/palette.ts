import type { Theme } from '../domain/chart.ts'

/** The colours of one theme as plain data: charts, exports and the app's style sheets all take them from here. */
export interface Palette {
  readonly ground: string
  readonly ink: string
  /** Secondary text; at least 4.5 : 1 on the ground. */
  readonly muted: string
  readonly grid: string
  readonly axis: string
  readonly accent: string
  /** Colour where a value is absent. */
  readonly absent: string
  /** At least 3 : 1 on the ground, and apart from each other with protan, deutan and tritan vision. */
  readonly categorical: readonly string[]
  /** States in their declared order, from the wanted one to the absent one; further states take other colours. */
  readonly states: readonly string[]
  /** From low to high. */
  readonly sequential: readonly string[]
}

export const palettes: Readonly<Record<Theme, Palette>> = {
  light: {
    ground: '#ffffff',
    ink: '#1b2430',
    muted: '#5b6675',
    grid: '#e3e8ee',
    axis: '#b8c2cd',
    accent: '#0b6e99',
    absent: '#eef1f4',
    categorical: ['#0b6e99', '#db651c', '#6f9467', '#95405a', '#935bc2', '#4377ef', '#525419', '#2a96c2'],
    states: ['#0b6e99', '#8fc1d8', '#db651c', '#bcc5cf'],
    sequential: ['#dcecf4', '#9ccae0', '#4a9dc0', '#0b6e99', '#07445f'],
  },
  dark: {
    ground: '#151a21',
    ink: '#e6ebf1',
    muted: '#9aa7b5',
    grid: '#2b333d',
    axis: '#4a5562',
    accent: '#4fb3d9',
    absent: '#212831',
    categorical: ['#4fb3d9', '#f5b57a', '#4a9a4f', '#c755a8', '#d2b92e', '#957afa', '#c3d4ff', '#7b7f86'],
    states: ['#4fb3d9', '#2b6682', '#e58a4a', '#48535f'],
    sequential: ['#223a48', '#2c6480', '#3a8db0', '#6fc3e3', '#d3f0fb'],
  },
}

/** Unquoted names, because ECharts 6.1 puts them into a style attribute without escaping quotes. */
export const fontStack = 'Inter,Noto Sans SC,sans-serif'

/** The nth categorical colour; after the last one they begin again. */
export function categoricalColour(palette: Palette, index: number): string {
  return palette.categorical[index % palette.categorical.length] ?? palette.accent
}
