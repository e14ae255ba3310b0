/** arrow-testing's JSON form of a table (docs.arrow Integration.rst), as far as the sample files use it. */
export interface OracleFile {
  readonly schema: { readonly fields: readonly OracleField[] }
  readonly dictionaries?: readonly { readonly id: number; readonly data: OracleBatch }[]
  readonly batches: readonly OracleBatch[]
}

export interface OracleField {
  readonly name: string
  readonly type: { readonly name: string; readonly [parameter: string]: unknown }
  readonly children: readonly OracleField[]
  readonly dictionary?: { readonly id: number }
}

interface OracleBatch {
  readonly count: number
  readonly columns: readonly OracleColumn[]
}

interface OracleColumn {
  readonly name: string
  readonly count: number
  readonly VALIDITY?: readonly (0 | 1)[]
  readonly DATA?: readonly unknown[]
  readonly OFFSET?: readonly (number | string)[]
  readonly children?: readonly OracleColumn[]
}

/** A value in plain words: scalars as written in the oracle, lists as arrays, structs as objects. */
export type Plain = string | null | readonly Plain[] | { readonly [member: string]: Plain }

/** A column as the reader sends it: structs opened into what they hold, by dotted path. */
export interface OracleLeaf {
  readonly field: OracleField
  readonly values: readonly Plain[]
}

export function oracleLeaves(file: OracleFile, index: number): readonly OracleLeaf[] {
  const field = file.schema.fields[index]
  return field === undefined ? [] : opened({ field, values: oracleColumn(file, index) })
}

function opened({ field, values }: OracleLeaf): readonly OracleLeaf[] {
  if (field.type.name !== 'struct') return [{ field, values }]
  return field.children.flatMap(child =>
    opened({
      field: { ...child, name: `${field.name}.${child.name}` },
      values: values.map(plain => memberOf(plain, child.name)),
    }),
  )
}

function memberOf(plain: Plain, name: string): Plain {
  if (plain === null) return null
  if (typeof plain === 'string' || isList(plain)) throw new Error(`no struct with ${name}`)
  return plain[name] ?? null
}

function isList(plain: Plain): plain is readonly Plain[] {
  return Array.isArray(plain)
}

/** All values of one column, batch after batch. */
function oracleColumn(file: OracleFile, index: number): readonly Plain[] {
  const field = file.schema.fields[index]
  if (field === undefined) return []
  return file.batches.flatMap(batch => {
    const column = batch.columns[index]
    return column === undefined ? [] : valuesOf(file, field, column)
  })
}

function valuesOf(file: OracleFile, field: OracleField, column: OracleColumn): readonly Plain[] {
  return Array.from({ length: column.count }, (_, i) => {
    if (column.VALIDITY?.[i] === 0) return null
    if (field.dictionary !== undefined)
      return lookUp(file, field, field.dictionary.id, Number(column.DATA?.[i]))
    return valueAt(file, field, column, i)
  })
}

function lookUp(file: OracleFile, field: OracleField, id: number, index: number): Plain {
  const values = file.dictionaries?.find(dictionary => dictionary.id === id)?.data.columns[0]
  const { dictionary: _, ...plain } = field
  return values === undefined ? null : (valuesOf(file, plain, values)[index] ?? null)
}

function valueAt(file: OracleFile, field: OracleField, column: OracleColumn, i: number): Plain {
  const parts = field.children.map((child, n) => {
    const values = column.children?.[n]
    return values === undefined ? [] : valuesOf(file, child, values)
  })
  const [items = []] = parts
  if (field.type.name === 'list')
    return items.slice(Number(column.OFFSET?.[i]), Number(column.OFFSET?.[i + 1]))
  if (field.type.name === 'fixedsizelist') {
    const size = Number(field.type.listSize)
    return items.slice(i * size, (i + 1) * size)
  }
  if (field.type.name === 'struct')
    return Object.fromEntries(field.children.map((child, n) => [child.name, parts[n]?.[i] ?? null]))
  return String(column.DATA?.[i])
}
