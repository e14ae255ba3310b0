import { Badge } from '../controls/Badge.tsx'
import { valueText } from '../file/coded-values.ts'
import { useLanguage, useSay } from '../surroundings.ts'
import type { Source } from './sources.ts'

interface SourceTextProps {
  readonly source: Source
  readonly table: string
  readonly column: string
  readonly isNeeded: boolean
}

/** Where a column comes from, on one line. */
export function SourceText({ source, table, column, isNeeded }: SourceTextProps) {
  const say = useSay()
  const language = useLanguage()
  switch (source.kind) {
    case 'columns':
      return (
        <>
          <code className="ellipsis">{source.columns.join(' + ')}</code>
          {source.isComputed && <Badge text={{ zh: '换算', en: 'converted' }} />}
        </>
      )
    case 'missing': {
      const names = source.columns.join(language === 'zh' ? '、' : ', ')
      return say({ zh: `文件中没有列 ${names}`, en: `No column ${names} in this file` })
    }
    case 'constant':
      return (
        <>
          <Badge text={{ zh: '常量', en: 'constant' }} />
          <code className="ellipsis">{valueText(table, column, source.value, language)}</code>
        </>
      )
    case 'cells':
      return say({ zh: '下列各测量列', en: 'The columns of measurements below' })
    case 'nothing':
      return say(
        isNeeded
          ? { zh: '必填，但没有来源', en: 'Required, but comes from nothing' }
          : { zh: '不取值', en: 'Nothing' },
      )
  }
}
