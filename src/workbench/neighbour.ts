import { catalogue } from '../indicators/indicator.ts'
import type { Place } from './state.ts'

/** The indicator `step` places on in the catalogue, round the ends; from elsewhere the first or the last. */
export function neighbourIndicator(place: Place, step: 1 | -1): Place {
  const here = place.kind === 'indicator' ? catalogue.findIndex(({ id }) => id === place.id) : -1
  const start = here === -1 && step === -1 ? 0 : here
  const next = catalogue.at((start + step + catalogue.length) % catalogue.length)
  return next === undefined ? place : { kind: 'indicator', id: next.id }
}
