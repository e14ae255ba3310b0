import { command } from '../command.ts'
import { openIndicator } from '../state.ts'

export default command({
  id: 'export-figure',
  label: { zh: '导出图表或数据…', en: 'Export figure or table…' },
  menu: { group: 'file', order: 30, separatorBefore: true },
  keys: 'CmdOrCtrl+E',
  enabled: state => openIndicator(state)?.outcome?.status === 'ok',
  run: workbench => workbench.setSession({ exportOpen: true }),
})
