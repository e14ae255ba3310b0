/**
 * What a name in an export stands for, as a person or an alias table says it. `kind` is a canonical column, such as
 * `province_code`, `tier` or `state`; `raw` is compared without regard to case or blanks at its ends.
 */
export interface Alias {
  readonly kind: string
  readonly raw: string
  /** A value of the column: a code, or one of its declared values. */
  readonly canonical: string
  /** Who said so: `person`, or the name of the alias table. */
  readonly approvedBy: string
}
