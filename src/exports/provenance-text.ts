import type { Provenance } from '../domain/provenance.ts'

/** The name under which provenance stands in PNG chunks and in the `id` of the SVG metadata element. */
export const provenanceKey = 'assay-provenance'

/** Provenance as JSON in which every character is allowed in XML 1.0, so that it survives any container. */
export function provenanceText(provenance: Provenance): string {
  return JSON.stringify(provenance).replace(/[\u007f-\u009f\ufffe\uffff]/g, escaped)
}

/** Provenance from its JSON; null when the text is not what Assay writes. */
export function parseProvenance(text: string): Provenance | null {
  try {
    const parsed: unknown = JSON.parse(text)
    return isProvenance(parsed) ? parsed : null
  } catch {
    return null
  }
}

function isProvenance(value: unknown): value is Provenance {
  const parts = ['app', 'engine', 'recipe', 'inputs', 'filters', 'sql', 'datasets', 'made']
  return typeof value === 'object' && value !== null && parts.every(part => Object.hasOwn(value, part))
}

function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
}
