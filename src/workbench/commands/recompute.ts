import { command } from '../command.ts'

export default command({
  id: 'recompute',
  label: { zh: '重新计算', en: 'Compute again' },
  menu: { group: 'view', order: 40, separatorBefore: true },
  keys: 'F9',
  enabled: state => state.engine.status === 'ready' && state.history.present.datasets.length > 0,
  run: workbench => workbench.recompute(),
})
