import { Ellipsis, Eye, Trash2 } from 'lucide-react'
import { Button, Menu, MenuItem, MenuTrigger, Popover } from 'react-aria-components'
import type { Dataset } from '../../domain/workspace.ts'
import { useSay, useWorkbench } from '../surroundings.ts'

/** What can be done with a dataset in the side panel. */
export function DatasetActions({ dataset, onShow }: { dataset: Dataset; onShow: () => void }) {
  const say = useSay()
  const workbench = useWorkbench()
  const name = { zh: `“${dataset.name}”的操作`, en: `Actions for ${dataset.name}` }
  return (
    <MenuTrigger>
      <Button className="icon-action side-actions" aria-label={say(name)}>
        <Ellipsis aria-hidden />
      </Button>
      <Popover className="popover" offset={4}>
        <Menu className="list">
          <MenuItem className="list-item" onAction={onShow}>
            <Eye aria-hidden />
            {say({ zh: '查看', en: 'Show' })}
          </MenuItem>
          <MenuItem className="list-item" onAction={() => workbench.removeDataset(dataset.id)}>
            <Trash2 aria-hidden />
            {say({ zh: '从工作区移除', en: 'Remove from the workspace' })}
          </MenuItem>
        </Menu>
      </Popover>
    </MenuTrigger>
  )
}
