import { command } from '../command.ts'
import { isComputing } from '../state.ts'

export default command({
  id: 'stop-computing',
  label: { zh: '停止计算', en: 'Stop computing' },
  menu: { group: 'view', order: 41 },
  enabled: isComputing,
  run: workbench => workbench.stopComputing(),
})
