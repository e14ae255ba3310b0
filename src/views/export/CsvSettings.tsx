import { Tick } from '../controls/Fields.tsx'

/** How a CSV is written. */
export interface CsvChoices {
  readonly bom: boolean
  readonly neutralise: boolean
}

/** The two switches of a CSV, each with what it is good for. */
export function CsvSettings({
  choices,
  onChange,
}: {
  choices: CsvChoices
  onChange: (choices: CsvChoices) => void
}) {
  return (
    <>
      <Tick
        label={{ zh: '写入字节序标记（BOM）', en: 'Write a byte order mark' }}
        help={{
          zh: '使 Excel 和 WPS 正确显示中文。供程序读取时可以关闭。',
          en: 'Makes Excel and WPS show Chinese correctly. Turn it off for programs.',
        }}
        checked={choices.bom}
        onChange={bom => onChange({ ...choices, bom })}
      />
      <Tick
        label={{ zh: '防止公式注入', en: 'Neutralise formulas' }}
        help={{
          zh: '以 =、+、-、@ 开头的文字前加单引号，避免电子表格把数据当作公式执行。',
          en: 'Text that begins with =, +, - or @ gets an apostrophe, so that no sheet runs data as a formula.',
        }}
        checked={choices.neutralise}
        onChange={neutralise => onChange({ ...choices, neutralise })}
      />
    </>
  )
}
