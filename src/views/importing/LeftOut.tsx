import type { ImportItem } from '../../workbench/workbench.ts'
import { Action } from '../controls/Action.tsx'
import { useSay, useWorkbench } from '../surroundings.ts'

/** A file or sheet that is left out: why, and the way to take it in. */
export function LeftOut({ item }: { item: ImportItem }) {
  const say = useSay()
  const workbench = useWorkbench()
  return (
    <div className="left-out">
      <p>{say(reason(item))}</p>
      <p className="muted">
        {say({
          zh: '不会读取，但会在数据集中列出名称。',
          en: 'It is not read; the dataset will name it as left out.',
        })}
      </p>
      <Action
        label={{ zh: '也读取它', en: 'Take it in' }}
        onPress={() => void workbench.reviseImport(item.id, { included: true })}
      />
    </div>
  )
}

function reason({ part }: ImportItem) {
  if (part?.visibility === 'hidden' || part?.visibility === 'very-hidden')
    return {
      zh: '该工作表在工作簿中是隐藏的，因此未读取。',
      en: 'This sheet is hidden in the workbook and is left out.',
    }
  if (part?.rows === 0)
    return { zh: '该表没有行，因此未读取。', en: 'This table has no rows and is left out.' }
  return { zh: '未纳入导入。', en: 'Left out of the import.' }
}
