import { command } from '../command.ts'

export default command({
  id: 'go-compare',
  label: { zh: '比较', en: 'Compare' },
  menu: { group: 'go', order: 12 },
  keys: 'CmdOrCtrl+3',
  enabled: state => state.importing === null && state.history.present.datasets.length > 0,
  checked: state => state.session.place.kind === 'compare',
  run: workbench => workbench.setSession({ place: { kind: 'compare' } }),
})
