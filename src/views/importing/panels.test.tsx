import type { ReactNode } from 'react'
import { renderToString } from 'react-dom/server'
import { expect, test } from 'vitest'
import { row } from '../../domain/table.ts'
import type { ImportItem } from '../../workbench/workbench.ts'
import { RejectBrowser } from '../file/RejectBrowser.tsx'
import { fixtureState, fixtureSurroundings, readyItem } from '../fixture.ts'
import { LanguageContext, SurroundingsContext } from '../surroundings.ts'
import { BeforeAfter } from './BeforeAfter.tsx'
import { FileHead } from './FileHead.tsx'
import { LeftOut } from './LeftOut.tsx'
import { MappingEditor } from './MappingEditor.tsx'
import { NamesPanel } from './NamesPanel.tsx'
import { mergedNames, nameLines } from './names.ts'

/** What a person reads of a panel, in English. */
function read(panel: ReactNode): string {
  const markup = renderToString(
    <SurroundingsContext value={fixtureSurroundings(fixtureState({}))}>
      <LanguageContext value="en">{panel}</LanguageContext>
    </SurroundingsContext>,
  )
  return markup
    .replace(/<!-- -->/g, '')
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ')
}

const expression = (text: string, ...from: readonly string[]) => ({ sql: { text } as never, from })

const mapped: ImportItem = {
  ...readyItem,
  adapter: 'generic-devices',
  options: { zone: '+08:00' },
  overrides: { 'device.product': { from: 'column', column: 'model' } },
  mapping: {
    targets: [
      {
        table: 'device',
        columns: {
          platform_id: expression("'P1'"),
          product: expression('null', 'model'),
          created_at: expression('"status"', 'status'),
        },
      },
    ],
    refusals: [],
  },
  after: {
    device: {
      columns: [],
      // 2026-06-01T00:15:00Z in microseconds: 1,780,272,900 s.
      rows: [
        row(['row_no', 'platform_id', 'device_id', 'created_at'], [1, 'P1', 'press-1', 1_780_272_900e6]),
      ],
    },
  },
}

test('the editor tells what is missing, what is changed and what is not used', () => {
  const said = read(<MappingEditor item={mapped} />)
  expect(said).toContain('No column model in this file')
  expect(said).toContain('changed')
  expect(said).toMatch(/Device id key Required, but comes from nothing/)
  expect(said).toMatch(/Columns not used \(1\) id press-1/)
})

test('a file that nothing recognised can be said to be one of the tables', () => {
  expect(read(<MappingEditor item={readyItem} />)).toContain('Map to this table')
})

test('rows stand beside what is stored of them, with absent values to be seen and times in UTC', () => {
  const said = read(<BeforeAfter item={mapped} />)
  expect(said).toContain('those without a zone are read as UTC+08:00')
  expect(said).toMatch(/As in the file Row id status 1 press-1 null/)
  expect(said).toMatch(/Registered at \(UTC\)/)
  expect(said).toContain('1 P1 press-1 2026-06-01 00:15:00')
})

test('a name tells its column, what it costs and what was decided', () => {
  const seen = mergedNames([], readyItem.counts?.unresolved ?? [])
  const undecided = read(<NamesPanel item={mapped} lines={nameLines(mapped, seen, [])} />)
  expect(undecided).toMatch(
    /shanxi Province code \(GB\/T 2260\) device\.province_code 2 rows left empty Choose…/,
  )
  const alias = { kind: 'province_code', raw: 'shanxi', canonical: '14', approvedBy: 'person' }
  const decided = read(<NamesPanel item={mapped} lines={nameLines(mapped, seen, [alias])} />)
  expect(decided).toContain('14 Shanxi decided by you')
})

test('rejects are told with their row, what to do, and how many are not listed', () => {
  const rejects = [{ row: 7, reason: 'not-a-time', column: 'status', value: 'soon' } as const]
  const said = read(
    <RejectBrowser
      label="a.csv"
      counts={{ 'not-a-time': 12_000 }}
      rejects={rejects}
      rowOf={() => ({ columns: ['id', 'status'], values: ['press-7', 'soon'] })}
      onRemedy={() => {}}
    />,
  )
  expect(said).toContain('Showing 1 of 12,000 rows; all are counted.')
  expect(said).toContain('Row 7')
  expect(said).toContain('Show the mapping')
  expect(said).toMatch(/id press-7 status soon/)
})

test('a file that takes the place of another says so; one that is left out says why', () => {
  const replacing = { ...readyItem, replaces: { dataset: 'd', file: 'hub.csv' } }
  expect(read(<FileHead item={replacing} />)).toContain('Takes the place of hub.csv in dataset d')
  const part = { id: 'Sheet3', kind: 'sheet', visibility: 'hidden', rows: 4 } as const
  const hidden: ImportItem = { ...readyItem, included: false, part }
  expect(read(<LeftOut item={hidden} />)).toContain('This sheet is hidden')
  expect(read(<FileHead item={hidden} />)).toContain('export/hub.csv › Sheet3')
})
