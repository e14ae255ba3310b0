import type { Doubt, Inspection, ReadSummary } from '../../domain/file.ts'
import { Fingerprint } from '../bytes.ts'
import { type Format, type Input, limits, oneTable } from '../input.ts'
import { utf8Pieces } from '../text/encoding.ts'
import { headLines } from './head.ts'
import { type Plan, settle } from './plan.ts'
import { CsvRun } from './run.ts'
import type { CsvRecord } from './scanner.ts'

export const csv: Format = { inspect, read }

async function inspect(input: Input): Promise<Inspection> {
  const plan = await settle(input)
  const { lines, comments } = headLines(plan)
  const rows = plan.rows.filter(record => record.fields.length === plan.width)
  return {
    format: 'csv',
    encoding: plan.decoding.encoding,
    encodingEvidence: plan.decoding.evidence,
    ...oneTable,
    dialect: plan.dialect,
    layout: plan.layout,
    head: lines,
    columns: plan.names,
    preview: rows.slice(0, limits.previewRows).map(record => values(record, plan)),
    declaredRows: null,
    droppedSecrets: plan.secrets.dropped,
    doubts: [...plan.doubts, ...comments, ...raggedness(plan)],
  }
}

function values({ fields }: CsvRecord, { kept, names, secrets }: Plan): readonly (string | null)[] {
  return kept.map((field, i) => {
    const value = fields[field] ?? null
    return value === null ? null : secrets.scrub(names[i] ?? '', value)
  })
}

function raggedness({ rows, width }: Plan): readonly Doubt[] {
  const ragged = rows.filter(record => record.fields.length !== width).length
  return ragged === 0 ? [] : [{ kind: 'ragged-rows', rows: ragged }]
}

async function* read(input: Input): AsyncGenerator<Uint8Array, ReadSummary> {
  const plan = await settle(input)
  const fingerprint = new Fingerprint()
  const run = new CsvRun(plan)
  for await (const piece of utf8Pieces(input, plan.decoding.encoding, fingerprint)) {
    run.push(piece, false)
    const chunk = run.table.ready()
    if (chunk !== null) yield chunk
  }
  run.push(new Uint8Array(0), true)
  const rest = run.table.last()
  if (rest !== null) yield rest
  return run.account.close(fingerprint.hex(), input.file.size, {
    droppedSecrets: plan.secrets.dropped,
    doubts: [...plan.doubts, ...run.doubts()],
  })
}
