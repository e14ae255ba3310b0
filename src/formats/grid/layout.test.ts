import { describe, expect, test } from 'vitest'
import { detectLayout, type GridRow, joinHeader, type Merge } from './layout.ts'

/** `a,b` as cells, empty ones absent; one line per row. */
function grid(text: string): readonly GridRow[] {
  return text.split('\n').map(line => line.split(',').map(cell => (cell === '' ? null : cell)))
}

const place = (text: string, merges: readonly Merge[] = []) => {
  const { skipRows, headerRows } = detectLayout(grid(text), merges)
  return [skipRows, headerRows]
}

describe('a plain table keeps its first row as header', () => {
  test.each([
    ['numbers below names', 'id,temperature\n1,20.5\n2,21'],
    ['texts alone', 'name,city\nann,berlin\nbob,oslo'],
    ['texts alone, two rows', 'name,city\nann,berlin'],
    ['one row', '1,2'],
    ['one column', 'id\n1\n2\n3'],
    ['an unnamed index', ',a,b\n0,1,2\n1,3,4'],
    ['an unnamed index and one column', ',value\n0,1\n1,3'],
    ['years as names', 'region,2019,2020,2021\nA,1,2,3\nB,4,5,6'],
    ['numbered columns', '0,1,2\n5,6,7\n8,9,10'],
    ['days as names over numbers', 'device,2026-01-01,2026-01-02\nd1,4,5\nd2,6,7'],
    ['a first value that is missing', 'id,value\n1,N/A\n2,5\n3,6'],
    ['sparse rows', 'a,b,c,d,e,f\n1,,,,,\n,2,,,,\n,,3,,,'],
    ['rows wider than the header', 'a,b\n1,2,3,4\n5,6,7,8'],
    ['a header with one name missing', 'id,,value\na,b,5\nc,d,6'],
    ['a header in Chinese', '设备ID,设备名称,状态\nd1,泵,在线\nd2,阀,离线'],
    ['names with digits over other values', 'sensor1,sensor2\non,off\noff,on'],
    ['a total in the last row', 'a,b\n1,2\n,TOTAL'],
  ])('%s', (_, text) => {
    expect(place(text)).toEqual([0, 1])
  })
})

describe('titles', () => {
  test.each([
    ['one line', 'Devices of site 4\nid,name,value\n1,a,2\n2,b,3', 1],
    ['padded to the width', 'Devices,,\nid,name,value\n1,a,2\n2,b,3', 1],
    ['several, more than the rows', 'A\nB\nC\nD\nid,name,value\n1,a,2\n2,b,3', 4],
    ['label and value', 'Site:,Beijing\nid,name,value,unit\n1,a,2,K\n2,b,3,K', 1],
    ['over two columns', 'Table 1,\nA,B\n8,9\n,TOTAL', 1],
    ['over a table of texts', '设备清单\n设备ID,名称,状态\nd1,泵,在线\nd2,阀,离线', 1],
  ])('%s', (_, text, skipped) => {
    expect(place(text)).toEqual([skipped, 1])
  })
})

describe('no header', () => {
  test.each([
    ['numbers, a time and texts', '0,beijing,white,0,1575129600000\n1,shanghai,black,1,1575129600001'],
    ['times and numbers', '2026-01-01 00:00:00,4.5\n2026-01-01 00:01:00,4.6'],
    ['numbers with a remark below', '1,2\n3,4\n5,6\nThis workbook contains 4 sheets,'],
    ['ids of one shape', 'dev-001,on\ndev-002,off\ndev-003,on\ndev-004,on'],
    ['booleans', 'a,true\nb,false\nc,true'],
    ['an absent first value', ',4\n1,5\n2,6'],
  ])('%s', (_, text) => {
    expect(place(text)).toEqual([0, 0])
  })
})

describe('headers of several rows', () => {
  test('a group row with gaps above names and data', () => {
    expect(place(',Temperature,,Humidity,\nid,min,max,min,max\nd1,1,2,3,4\nd2,1,2,3,4')).toEqual([0, 2])
  })

  test('a title above the groups', () => {
    expect(place('Report\n,Air,,Water,\nid,min,max,min,max\nd1,1,2,3,4\nd2,1,2,3,4')).toEqual([1, 2])
  })

  test('merged cells that reach down', () => {
    // id A1:A2, Position B1:C1
    const merges = [
      { top: 0, left: 0, bottom: 1, right: 0 },
      { top: 0, left: 1, bottom: 0, right: 2 },
    ]
    expect(place('id,Position,\n,lat,lon\nd1,30,120\nd2,31,121', merges)).toEqual([0, 2])
  })

  test('groups that are merged side by side', () => {
    const merges = [{ top: 0, left: 1, bottom: 0, right: 2 }]
    expect(place('x,Position,\nid,lat,lon\nd1,30,120\nd2,31,121', merges)).toEqual([0, 2])
  })

  test('a merged title is a title, merged data stay data', () => {
    const title = [{ top: 0, left: 0, bottom: 0, right: 2 }]
    expect(place('Devices,,\nid,lat,lon\nd1,30,120\nd2,31,121', title)).toEqual([1, 1])
    const data = [{ top: 1, left: 0, bottom: 2, right: 0 }]
    expect(place('site,device,value\nA,d1,3\n,d2,4\nB,d3,5', data)).toEqual([0, 1])
  })

  test('one merged cell that is the whole sheet leaves rows to read', () => {
    expect(place('data,\n,\n,', [{ top: 0, left: 0, bottom: 2, right: 1 }])).toEqual([0, 1])
  })
})

describe('joining header rows', () => {
  test('one row stays as it is', () => {
    expect(joinHeader(grid('id ,,b'), 4)).toEqual(['id ', '', 'b', ''])
  })

  test('gaps of the upper rows are filled from the left, of the last row not', () => {
    expect(joinHeader(grid(',Air,,Water,\nid,min,max,min,'), 5)).toEqual([
      'id',
      'Air min',
      'Air max',
      'Water min',
      'Water',
    ])
  })

  test('a text above itself counts once; gaps may stay', () => {
    expect(joinHeader(grid('id,Air,,x\nid,min,max,y'), 4, false)).toEqual(['id', 'Air min', 'max', 'x y'])
  })
})
