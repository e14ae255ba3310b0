import type { Provenance } from '../domain/provenance.ts'
import { parseProvenance, provenanceKey } from './provenance-text.ts'
import { unescapeXml } from './xml.ts'

/** The provenance that an Assay SVG carries; null where there is none. */
export function readSvgProvenance(svg: string): Provenance | null {
  const [, text] = new RegExp(`<metadata id="${provenanceKey}">([^<]*)</metadata>`).exec(svg) ?? []
  return text === undefined ? null : parseProvenance(unescapeXml(text))
}
