import { expect, test, vi } from 'vitest'
import { csv, openTrial } from './testing.ts'

const trial = openTrial()
const datasets = () => trial.state().history.present.datasets

/** A file below a dropped folder. */
function below(folder: string, file: File): File {
  Object.defineProperty(file, 'webkitRelativePath', { value: `${folder}/${file.name}` })
  return file
}

function manifest(title: string, asOf: string | null, ...paths: readonly string[]): File {
  const assay = { synthetic: false, ...(asOf === null ? {} : { as_of: asOf }) }
  const resources = paths.map(path => ({ name: path, path }))
  return new File([JSON.stringify({ title, resources, assay })], 'datapackage.json')
}

const header = 'platform_id,device_id,protocol'

/** Device 1 is in both, under two protocols; each has one of its own, and one repeats itself. */
const exports = () => [
  below('drop/2025', csv('device.csv', header, 'A,1,MQTT', 'A,2,MQTT', 'A,2,MQTT')),
  below('drop/2026', csv('device.csv', header, 'A,1,OPC UA', 'A,3,OPC UA')),
  below('drop/2026', manifest('June 2026', '2026-06-30T00:00:00Z', 'device.csv')),
  below('drop/2025', manifest('June 2025', '2025-06-30T00:00:00Z', 'device.csv')),
  below('drop', csv('notes.csv', 'a', '1')),
]

test('two packages in one drop are two exports of their own times, side by side', async () => {
  await trial.workbench.importFiles(exports())
  expect(trial.state().importing).toMatchObject({ name: 'June 2025 + June 2026' })
  expect(
    trial.state().importing?.items.map(item => [item.name, item.dataPackage, item.counts?.rowsRejected]),
  ).toEqual([
    ['drop/2025/device.csv', 'June 2025', 1],
    ['drop/2026/device.csv', 'June 2026', 0],
  ])
  await trial.workbench.confirmImport()
  await trial.workbench.settled()
  expect(
    datasets().map(({ name, asOf, files }) => [name, asOf, files.map(file => file.rowsAccepted)]),
  ).toEqual([
    ['June 2025', '2025-06-30T00:00:00Z', [2]],
    ['June 2026', '2026-06-30T00:00:00Z', [2]],
  ])
  // The later export's row of device 1 stands: 3 devices of one platform, none counted twice.
  expect(trial.state().overlapping).toEqual(['device'])
  expect(trial.state().asOf).toBe(Date.parse('2026-06-30T00:00:00Z') * 1000)
  const texts = trial.state().notices.map(({ text }) => text.en)
  expect(texts).toContainEqual(expect.stringContaining('drop/notes.csv'))
  trial.workbench.undo()
  expect(datasets()).toEqual([])
})

test('a package that joins an open import stays an export of its own; loose files join those that are there', async () => {
  await trial.workbench.importFiles([csv('device.csv', header, 'A,1,MQTT')])
  await trial.workbench.importFiles([
    below('p', csv('device.csv', header, 'A,1,OPC UA')),
    below('p', manifest('Package', '2026-06-30T00:00:00Z', 'device.csv')),
  ])
  await trial.workbench.importFiles([csv('more.csv', header, 'A,1,MQTT', 'A,4,MQTT')])
  await trial.workbench.confirmImport()
  expect(
    datasets().map(({ name, asOf, files }) => [name, asOf, files.map(file => file.rowsAccepted)]),
  ).toEqual([
    ['device.csv', null, [1, 1]],
    ['Package', '2026-06-30T00:00:00Z', [1]],
  ])
})

test('a corrected package takes the place of the files of its own time alone', async () => {
  await trial.take(...exports())
  await trial.take(
    below('drop/2025', csv('device.csv', header, 'A,1,MQTT', 'A,2,MQTT', 'A,5,MQTT')),
    below('drop/2025', manifest('June 2025', '2025-06-30T00:00:00Z', 'device.csv')),
  )
  expect(datasets().map(({ name, files }) => [name, files.map(file => file.rowsAccepted)])).toEqual([
    ['June 2025', [3]],
    ['June 2026', [2]],
  ])
})

test('an export said to stand beside the others replaces nothing, and is mapped once', async () => {
  await trial.take(csv('device.csv', header, 'A,1,MQTT'))
  const mapped = vi.spyOn(trial.engine, 'execute')
  await trial.workbench.importFiles([csv('device.csv', header, 'A,1,OPC UA', 'A,2,OPC UA')], 'beside')
  const staged = mapped.mock.calls.filter(([statement]) =>
    /^\s*create table "?\w+_staged/.test(statement.text),
  )
  mapped.mockRestore()
  expect(staged).toHaveLength(1)
  expect(trial.state().importing?.items.map(({ replaces }) => replaces)).toEqual([null])
  await trial.workbench.confirmImport()
  expect(datasets().map(({ files }) => files.map(file => file.rowsAccepted))).toEqual([[1], [2]])
  // The next import is a person's again: the file of a known name is a corrected one.
  await trial.take(csv('device.csv', header, 'A,1,OPC UA', 'A,2,OPC UA', 'A,3,OPC UA'))
  expect(datasets().map(({ files }) => files.map(file => file.rowsAccepted))).toEqual([[1], [3]])
})
