import { describe, expect, test } from 'vitest'
import type { ReadOptions } from '../../domain/file.ts'
import { inspectAll, readAll, textRows, value } from '../testing.ts'

/**
 * One small file in the ways that the Pollock benchmark pollutes files (Vitagliano et al., VLDB 2023), and some more.
 * The clean file is `id,name,value` with the rows 1 a 10, 2 b 20, 3 c 30.
 */
interface Polluted {
  readonly text: string
  /** Fields joined by `|`; ∅ is null. */
  readonly rows: readonly string[]
  readonly rejects?: Readonly<Record<string, number>>
  readonly doubts?: readonly string[]
  readonly columns?: string
  readonly options?: ReadOptions
}

const clean = ['1|a|10', '2|b|20', '3|c|30']
const bom = '\ufeff'

const cases: Readonly<Record<string, Polluted>> = {
  clean: { text: 'id,name,value\n1,a,10\n2,b,20\n3,c,30\n', rows: clean },
  'no line end at the end': { text: 'id,name,value\n1,a,10\n2,b,20\n3,c,30', rows: clean },
  'CRLF and LF mixed': { text: 'id,name,value\r\n1,a,10\n2,b,20\r\n3,c,30\n', rows: clean },
  'CR alone': { text: 'id,name,value\r1,a,10\r2,b,20\r3,c,30\r', rows: clean },
  'LF, then CR': { text: 'id,name,value\n1,a,10\r2,b,20\n3,c,30\r', rows: clean },
  'a byte order mark': { text: `${bom}id,name,value\n1,a,10\n2,b,20\n3,c,30\n`, rows: clean },
  semicolons: { text: 'id;name;value\n1;a;10\n2;b;20\n3;c;30\n', rows: clean },
  'everything in quotes': {
    text: '"id","name","value"\n"1","a","10"\n"2","b","20"\n"3","c","30"\n',
    rows: clean,
  },
  'single quotes': { text: "'id','name','value'\n'1','a','10'\n'2','b','20'\n'3','c','30'\n", rows: clean },
  'blank lines between': { text: '\nid,name,value\n\n1,a,10\n\n\n2,b,20\n3,c,30\n\n', rows: clean },
  'blanks behind delimiters': { text: 'id, name, value\n1, a, 10\n2, b, 20\n3, c, 30\n', rows: clean },
  'titles above': {
    text: 'Report of May\nid,name,value\n1,a,10\n2,b,20\n3,c,30\n',
    rows: clean,
    doubts: ['skipped-rows'],
  },
  'comments above': {
    text: '# made by x, y\n# on Monday\nid,name,value\n1,a,10\n2,b,20\n3,c,30\n',
    rows: clean,
    doubts: ['comment-lines'],
  },
  'a comment that has the width by chance': {
    text: '# site\n# by x, y, z\nid,name,value\n1,a,10\n2,b,20\n3,c,30\n',
    rows: clean,
    doubts: ['comment-lines'],
  },
  'a row that begins with the mark of comments': {
    text: 'id,name,value\n#1,a,10\n2,b,20\n3,c,30\n',
    rows: ['#1|a|10', '2|b|20', '3|c|30'],
  },
  'a short row that begins with the mark of comments': {
    text: 'id,name,value\n1,a,10\n#2,b\n3,c,30\n',
    rows: ['1|a|10', '3|c|30'],
    rejects: { 'wrong-field-count': 1 },
    doubts: ['ragged-rows'],
  },
  'no header': {
    text: '1,a,10\n2,b,20\n3,c,30\n',
    rows: clean,
    doubts: ['no-header'],
    columns: 'column_1,column_2,column_3',
  },
  'a header of two rows': {
    text: 'thing,,state\nid,name,value\n1,a,10\n2,b,20\n3,c,30\n',
    rows: clean,
    columns: 'thing id,thing name,state value',
  },
  'a quote that is never closed': {
    text: 'id,name,value\n1,"a,10\n2,b,20\n3,c,30\n',
    rows: ['2|b|20', '3|c|30'],
    rejects: { 'unpaired-quote': 1 },
  },
  'a stray quote that closes in the middle of a later line': {
    text: 'id,name,value\n1,"a,10\n2,b"x,20\n3,c,30\n',
    rows: ['2|b"x|20', '3|c|30'],
    rejects: { 'unpaired-quote': 1 },
    doubts: ['quote-inside-field'],
  },
  'a stray quote that closes at the end of a later line': {
    text: 'id,name,value\n"1,a,10\n2,b,20"\n3,c,30\n',
    rows: ['2|b|20"', '3|c|30'],
    rejects: { 'unpaired-quote': 1 },
    doubts: ['quote-inside-field'],
  },
  'a stray quote that closes so that the width is right': {
    text: 'id,name,value\n1,a,"10\n2,b,20\n3,c,30"\n',
    rows: ['1|a|10\n2,b,20\n3,c,30'],
    doubts: ['lines-inside-field'],
  },
  'text of several lines is no such thing': {
    text: 'id,name,value\n1,a,"10\n20"\n2,b,20\n3,c,30\n',
    rows: ['1|a|10\n20', '2|b|20', '3|c|30'],
  },
  'a quote in the middle': {
    text: 'id,name,value\n1,a"b,10\n2,b,20\n3,c,30\n',
    rows: ['1|a"b|10', '2|b|20', '3|c|30'],
    doubts: ['quote-inside-field'],
  },
  'text behind a closing quote': {
    text: 'id,name,value\n1,"a"b,10\n2,b,20\n3,c,30\n',
    rows: ['1|ab|10', '2|b|20', '3|c|30'],
    doubts: ['quote-inside-field'],
  },
  'typographic quotes': {
    text: 'id,name,value\n1,“a,b”,10\n2,“b”,20\n3,c,30\n',
    rows: ['2|“b”|20', '3|c|30'],
    rejects: { 'wrong-field-count': 1 },
    doubts: ['ragged-rows'],
  },
  'a row with a field too few': {
    text: 'id,name,value\n1,a\n2,b,20\n3,c,30\n',
    rows: ['2|b|20', '3|c|30'],
    rejects: { 'wrong-field-count': 1 },
    doubts: ['ragged-rows'],
  },
  'a row with a field too many': {
    text: 'id,name,value\n1,a,10,x\n2,b,20\n3,c,30\n',
    rows: ['2|b|20', '3|c|30'],
    rejects: { 'wrong-field-count': 1 },
    doubts: ['ragged-rows'],
  },
  'a delimiter more at the end of every row': {
    text: 'id,name,value\n1,a,10,\n2,b,20,\n3,c,30,\n',
    rows: clean.map(row => `${row}|∅`),
    doubts: ['empty-header'],
    columns: 'id,name,value,column_4',
  },
  'a delimiter more at the end of the header': {
    text: 'id,name,value,\n1,a,10\n2,b,20\n3,c,30\n',
    rows: clean,
  },
  'a second table of another width below': {
    text: 'id,name,value\n1,a,10\n2,b,20\n3,c,30\n\nsite,city\nx,y\n',
    rows: clean,
    rejects: { 'wrong-field-count': 2 },
    doubts: ['ragged-rows'],
  },
  'another delimiter in one row': {
    text: 'id,name,value\n1;a;10\n2,b,20\n3,c,30\n',
    rows: ['2|b|20', '3|c|30'],
    rejects: { 'wrong-field-count': 1 },
    doubts: ['ragged-rows'],
  },
  'a remark below': {
    text: 'id,name,value\n1,a,10\n2,b,20\n3,c,30\nend of report\n',
    rows: clean,
    rejects: { 'wrong-field-count': 1 },
    doubts: ['ragged-rows'],
  },
  'a row of delimiters alone': {
    text: 'id,name,value\n1,a,10\n,,\n2,b,20\n3,c,30\n',
    rows: ['1|a|10', '∅|∅|∅', '2|b|20', '3|c|30'],
  },
  'column names twice': {
    text: 'id,name,name\n1,a,10\n2,b,20\n3,c,30\n',
    rows: clean,
    doubts: ['duplicate-header'],
    columns: 'id,name,name_2',
  },
  'a column without a name': {
    text: 'id,,value\n1,a,10\n2,b,20\n3,c,30\n',
    rows: clean,
    doubts: ['empty-header'],
    columns: 'id,column_2,value',
  },
  "Excel's first line": { text: 'sep=|\nid|name|value\n1|a|10\n2|b|20\n3|c|30\n', rows: clean },
  'paths that end in a backslash': {
    text: 'id,name,value\n1,"C:\\a\\",10\n2,C:\\b\\,20\n3,c,30\n',
    rows: ['1|C:\\a\\|10', '2|C:\\b\\|20', '3|c|30'],
  },
  'backslashes before quotes': {
    text: 'id,name,value\n1,"a \\"x\\", y",10\n2,b,20\n3,c,30\n',
    rows: ['1|a "x", y|10', '2|b|20', '3|c|30'],
  },
  'inches, unpaired in every row': {
    text: 'id,name,value\n1,"4,10\n2,"5,20\n3,"6,30\n4,"7,40\n',
    rows: ['1|"4|10', '2|"5|20', '3|"6|30', '4|"7|40'],
  },
}

describe('a polluted file has its shape, or a reject or doubt says where not', () => {
  test.each(Object.keys(cases))('%s', async name => {
    const {
      text,
      rows,
      rejects = {},
      doubts = [],
      columns = 'id,name,value',
      options = {},
    } = cases[name] ?? {
      text: '',
      rows: [],
    }
    const read = await readAll(text, options)
    const summary = value(read.summary)
    expect(textRows(read).map(row => row.map(cell => cell ?? '∅').join('|'))).toEqual(rows)
    expect(summary.rejectCounts).toEqual(rejects)
    expect(summary.rowsRead).toBe(rows.length + Object.values(rejects).reduce((sum, n) => sum + n, 0))
    expect([...new Set(summary.doubts.map(({ kind }) => kind))]).toEqual(doubts)
    expect((await inspectAll(text, options)).columns.join(',')).toBe(columns)
  })
})
