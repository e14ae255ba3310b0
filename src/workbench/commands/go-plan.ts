import { command } from '../command.ts'

export default command({
  id: 'go-plan',
  label: { zh: '规划跟踪', en: 'Plan tracker' },
  menu: { group: 'go', order: 11 },
  keys: 'CmdOrCtrl+2',
  enabled: state => state.importing === null && state.history.present.datasets.length > 0,
  checked: state => state.session.place.kind === 'plan',
  run: workbench => workbench.setSession({ place: { kind: 'plan' } }),
})
