import { existsSync, readFileSync } from 'node:fs'
import type { Subject } from './survival.ts'

/** Published lifetimes, read in place; tests that need them skip where they are missing. */
const samples = new URL('../../../shared/samples/survival/', import.meta.url)
export const noSurvivalSamples = !existsSync(samples)

/** Lives of a CSV file without quotes: a column of times, one of 1 for an event, and a column that must have a value. */
export function survivalSample(
  file: string,
  time: string,
  event: string,
  [group, wanted]: readonly [string, string] | readonly [] = [],
): readonly Subject[] {
  const [head = [], ...rows] = readFileSync(new URL(file, samples), 'utf8')
    .trim()
    .split(/\r?\n/)
    .map(line => line.split(','))
  const cell = (row: readonly string[], column: string) => row[head.indexOf(column)]
  return rows
    .filter(row => group === undefined || cell(row, group) === wanted)
    .map(row => ({ entry: 0, exit: Number(cell(row, time)), event: Number(cell(row, event)) === 1 }))
}
