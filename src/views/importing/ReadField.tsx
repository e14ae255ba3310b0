import { Undo2 } from 'lucide-react'
import { type ReactNode, useId } from 'react'
import type { ReadOptions } from '../../domain/file.ts'
import type { Phrase } from '../../domain/phrase.ts'
import type { ImportItem, Workbench } from '../../workbench/workbench.ts'
import { IconAction } from '../controls/Action.tsx'
import { useSay, useWorkbench } from '../surroundings.ts'
import { isSettled } from './groups.ts'
import { changedOptions, type ReadChange, setOptions } from './read-options.ts'

/** Has a file read otherwise. */
export function readOtherwise(workbench: Workbench, item: ImportItem, change: ReadChange): void {
  void workbench.reviseImport(item.id, { readOptions: changedOptions(item.readOptions, change) })
}

interface ReadFieldProps {
  readonly item: ImportItem
  readonly option: keyof ReadOptions
  readonly name: Phrase
  readonly help?: Phrase | undefined
  readonly children: ReactNode
}

/** A field for one read option; where that is set and not detected it says so, and can be detected again. */
export function ReadField({ item, option, name, help, children }: ReadFieldProps) {
  const say = useSay()
  const workbench = useWorkbench()
  const words = useId()
  const isSet = setOptions(item).includes(option)
  return (
    <fieldset
      className="read-field"
      data-set={isSet}
      aria-label={say(name)}
      {...(help === undefined ? {} : { 'aria-describedby': words })}
    >
      {children}
      {isSet && (
        <span className="read-undo">
          <IconAction
            label={{ zh: `已指定；重新检测：${name.zh}`, en: `Set; detect again: ${name.en}` }}
            icon={Undo2}
            disabled={!isSettled(item)}
            onPress={() => readOtherwise(workbench, item, { [option]: undefined })}
          />
        </span>
      )}
      {help !== undefined && (
        <span className="field-help" id={words}>
          {say(help)}
        </span>
      )}
    </fieldset>
  )
}
