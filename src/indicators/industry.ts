import { industrialDivisions } from '../domain/industry.ts'
import type { Phrase } from '../domain/phrase.ts'

/** The 41 industrial divisions of GB/T 4754-2017 by code. */
export const industries: Readonly<Record<string, Phrase>> = Object.fromEntries(
  industrialDivisions.map(({ code, name }) => [code, name]),
)
