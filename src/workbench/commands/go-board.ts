import { command } from '../command.ts'

export default command({
  id: 'go-board',
  label: { zh: '总览', en: 'Overview' },
  menu: { group: 'go', order: 10 },
  keys: 'CmdOrCtrl+1',
  enabled: state => state.importing === null,
  checked: state => state.session.place.kind === 'board',
  run: workbench => workbench.setSession({ place: { kind: 'board' } }),
})
