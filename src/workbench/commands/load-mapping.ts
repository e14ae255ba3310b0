import { command } from '../command.ts'

export default command({
  id: 'load-mapping',
  label: { zh: '载入保存的对应关系…', en: 'Load a saved mapping…' },
  menu: { group: 'file', order: 13 },
  enabled: state => state.importing !== null && state.importing.items.length > 0,
  run: workbench => workbench.loadMapping(),
})
