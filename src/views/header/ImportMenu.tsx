import { ChevronDown, FilePlus2, FolderPlus, History, Plus, Sparkles } from 'lucide-react'
import { Button, Menu, MenuItem, MenuTrigger, Popover } from 'react-aria-components'
import { useSay, useWorkbench, useWorkbenchState } from '../surroundings.ts'

/** The ways to bring data in, behind one button. */
export function ImportMenu({ disabled }: { disabled: boolean }) {
  const say = useSay()
  const workbench = useWorkbench()
  const ready = useWorkbenchState(state => state.engine.status === 'ready')
  return (
    <MenuTrigger>
      <Button className="action action-primary" isDisabled={disabled || !ready}>
        <Plus aria-hidden />
        <span>{say({ zh: '导入', en: 'Import' })}</span>
        <ChevronDown aria-hidden />
      </Button>
      <Popover className="popover" placement="bottom end" offset={4}>
        <Menu className="list">
          <MenuItem className="list-item" onAction={() => void workbench.chooseFiles('files')}>
            <FilePlus2 aria-hidden />
            {say({ zh: '选择文件…', en: 'Choose files…' })}
          </MenuItem>
          <MenuItem className="list-item" onAction={() => void workbench.chooseFiles('folder')}>
            <FolderPlus aria-hidden />
            {say({ zh: '选择文件夹…', en: 'Choose a folder…' })}
          </MenuItem>
          <MenuItem className="list-item" onAction={() => void workbench.openSample('sample')}>
            <Sparkles aria-hidden />
            {say({ zh: '打开内置示例（合成数据）', en: 'Open the bundled sample (synthetic)' })}
          </MenuItem>
          <MenuItem className="list-item" onAction={() => void workbench.openSample('sample-2025')}>
            <History aria-hidden />
            {say({
              zh: '打开示例一年前的导出（合成数据）',
              en: 'Open its export of a year before (synthetic)',
            })}
          </MenuItem>
        </Menu>
      </Popover>
    </MenuTrigger>
  )
}
