import { open, stat } from 'node:fs/promises'
import { Table, TimestampMillisecond, tableToIPC, Utf8, vectorFromArray } from 'apache-arrow'

/*
 * Files of connection events as a broker exports them, made from a seed: 200,000 devices on 340 platforms, one event
 * every 40 ms, one row in 1,000,000 without its device, so that rejects are counted too.
 */

const columns = [
  'platform_id',
  'device_id',
  'ts_event',
  'ts_ingest',
  'kind',
  'reason_raw',
  'session_id',
  'seq',
  'node',
]
const reasons = ['', '', '', 'keepalive_timeout', 'socket closed', 'normal']
const rowsAtOnce = 20_000

/** @returns {Promise<number>} rows written */
export async function writeCsv(file, bytes, seed) {
  const handle = await open(file, 'w')
  const next = events(seed)
  let [rows, written] = [0, 0]
  let lines = [columns.join(',')]
  while (written < bytes) {
    for (let i = 0; i < rowsAtOnce; i++) lines.push(next(rows++).join(','))
    const text = `${lines.join('\n')}\n`
    lines = []
    await handle.write(text)
    written += text.length
  }
  await handle.close()
  return rows
}

/**
 * The same events with times as timestamps, in row groups of `rowsInGroup`.
 *
 * @returns {Promise<number>} rows written
 */
export async function writeParquet(file, bytes, seed, compression = 'SNAPPY', rowsInGroup = 1_000_000) {
  const parquet = await import('parquet-wasm')
  const handle = await open(file, 'w')
  const next = events(seed)
  let rows = 0
  const batches = new ReadableStream({
    async pull(controller) {
      if ((await stat(file)).size >= bytes) return controller.close()
      const cells = Array.from({ length: rowsAtOnce }, () => next(rows++))
      const stream = tableToIPC(arrowTable(cells), 'stream')
      for (const batch of parquet.Table.fromIPCStream(stream).recordBatches()) controller.enqueue(batch)
    },
  })
  const properties = new parquet.WriterPropertiesBuilder()
    .setCompression(parquet.Compression[compression])
    .setMaxRowGroupSize(rowsInGroup)
    .build()
  for await (const piece of await parquet.transformParquetStream(batches, properties))
    await handle.write(piece)
  await handle.close()
  return rows
}

function arrowTable(cells) {
  const vectors = columns.map((column, i) =>
    column.startsWith('ts_')
      ? vectorFromArray(
          cells.map(row => new Date(row[i])),
          new TimestampMillisecond(),
        )
      : vectorFromArray(
          cells.map(row => row[i] || null),
          new Utf8(),
        ),
  )
  return new Table(Object.fromEntries(columns.map((column, i) => [column, vectors[i]])))
}

/** The cells of the n-th event as text; about 110 bytes. */
function events(seed) {
  const random = generator(seed)
  const session = () =>
    Math.floor(random() * 2 ** 32)
      .toString(16)
      .padStart(8, '0')
  return n => {
    const device = Math.floor(random() * 200_000)
    const at = 1.76e12 + n * 40
    return [
      `plat-${String(device % 340).padStart(3, '0')}`,
      n % 1_000_000 === 999_999 ? '' : `dev-${String(device).padStart(8, '0')}`,
      new Date(at).toISOString(),
      new Date(at + Math.floor(random() * 5000)).toISOString(),
      random() < 0.5 ? 'connect' : 'disconnect',
      reasons[Math.floor(random() * reasons.length)],
      `${session()}${session()}`,
      String(n),
      `broker-${Math.floor(random() * 12)}`,
    ]
  }
}

/** Mulberry32. */
function generator(seed) {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = Math.imul(state ^ (state >>> 15), state | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }
}
