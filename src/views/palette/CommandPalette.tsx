import { Search } from 'lucide-react'
import { useState } from 'react'
import {
  Autocomplete,
  Dialog,
  Input,
  Menu,
  MenuItem,
  Modal,
  ModalOverlay,
  SearchField,
} from 'react-aria-components'
import { written } from '../shell/keys.ts'
import { useSay, useSurroundings, useWorkbenchState } from '../surroundings.ts'
import { entries, ranked } from './entries.ts'
import './palette.css'

/** Everything that can be done now, found by a few letters of either language. */
export function CommandPalette() {
  const say = useSay()
  const { workbench } = useSurroundings()
  const open = useWorkbenchState(state => state.session.paletteOpen)
  return (
    <ModalOverlay
      className="veil palette-veil"
      isDismissable
      isOpen={open}
      onOpenChange={paletteOpen => workbench.setSession({ paletteOpen })}
    >
      <Modal className="window palette">
        <Dialog className="window-dialog" aria-label={say({ zh: '命令面板', en: 'Command palette' })}>
          <PaletteBody />
        </Dialog>
      </Modal>
    </ModalOverlay>
  )
}

function PaletteBody() {
  const say = useSay()
  const { workbench, machine } = useSurroundings()
  const state = useWorkbenchState(present => present)
  const [query, setQuery] = useState('')
  const found = ranked(entries(workbench, state), query)
  const choose = (id: string) => {
    workbench.setSession({ paletteOpen: false })
    found.find(entry => entry.id === id)?.run()
  }
  const prompt = say({ zh: '输入命令、指标或数据集…', en: 'Type a command, an indicator or a dataset…' })
  return (
    <Autocomplete inputValue={query} onInputChange={setQuery}>
      <SearchField className="palette-search" aria-label={prompt} autoFocus>
        <Search aria-hidden />
        <Input className="palette-input" placeholder={prompt} />
      </SearchField>
      <Menu
        className="list palette-list"
        aria-label={say({ zh: '可用命令', en: 'What can be done' })}
        items={found.map(entry => ({ ...entry }))}
        onAction={key => choose(String(key))}
        renderEmptyState={() => (
          <p className="palette-empty">{say({ zh: '没有匹配的命令', en: 'Nothing fits' })}</p>
        )}
      >
        {({ id, label, keys, group }) => (
          <MenuItem className="list-item palette-item" id={id} textValue={say(label)}>
            <span className="ellipsis">{say(label)}</span>
            <span className="list-detail">{group !== undefined && say(group)}</span>
            {keys !== undefined && <kbd className="keys">{written(keys, machine.platform === 'darwin')}</kbd>}
          </MenuItem>
        )}
      </Menu>
    </Autocomplete>
  )
}
