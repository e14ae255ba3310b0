import { adapters, suggestions } from '../adapters/adapter.ts'
import { messageOf, success } from '../domain/failure.ts'
import type { Phrase } from '../domain/phrase.ts'
import {
  type Edit,
  removeAlias,
  removeDataset,
  removeTarget,
  setExportTime,
  setFilters,
  setInput,
  setTargets,
} from '../domain/workspace.ts'
import type { World } from '../domain/world.ts'
import type { Engine } from '../engine/engine.ts'
import type { Reader } from '../formats/format.ts'
import type { Host } from '../host/host.ts'
import type { Deriver } from '../indicators/indicator.ts'
import { chooseFiles } from './choose-files.ts'
import { commands } from './command-catalogue.ts'
import { openComparing } from './comparing/comparing.ts'
import { detailRows } from './details.ts'
import { openExporting } from './exporting.ts'
import { commit, type History, redo, undo } from './history.ts'
import { mappingFile, rejectsFile } from './import-files.ts'
import { openImports } from './imports.ts'
import { dismissNotice, notify } from './notices.ts'
import { brokenReferences, peek } from './peek.ts'
import { engineState, openRecovery } from './recovery.ts'
import { keepResults } from './results.ts'
import { sampleFiles } from './sample.ts'
import { readSavedMapping } from './saved-mapping.ts'
import type { Store } from './store.ts'
import type { Workbench } from './workbench.ts'

/** What the living app is made from. */
export interface Parts {
  readonly store: Store
  readonly engine: Engine
  readonly reader: Reader
  readonly deriver: Deriver
  readonly host: Host
  readonly world: World
  /** True when the page is cross-origin isolated. */
  readonly isolated: boolean
}

/** Puts the parts together; the engine must be open. */
export async function openWorkbench({
  store,
  engine,
  reader,
  deriver,
  host,
  world,
  isolated,
}: Parts): Promise<Workbench> {
  const intake = { engine, reader, world }
  const calculator = { engine, deriver }
  const results = keepResults(calculator, store, failure => notify(store, world, 'bad', unanswered, failure))
  const recovery = openRecovery(intake, store, isolated, results.refresh)
  const imports = openImports(intake, store, recovery.keep)
  const exporting = openExporting(calculator, store, host, world)

  const move = (step: (history: History) => History) =>
    store.setState(({ history }) => ({ history: step(history) }))
  const edit = (change: Edit, name: Phrase) => move(history => commit(history, change, name))
  /** During a reload the engine answers too, but is not ready. */
  const refreshMemory = async () => {
    const found = await engineState(engine, isolated)
    if (store.getState().engine.status !== 'reloading') store.setState({ engine: found })
  }

  const workbench: Workbench = {
    store,
    commands,
    adapters,
    async run(id) {
      const command = commands.find(candidate => candidate.id === id)
      if (!command?.enabled(store.getState())) return
      try {
        await command.run(workbench, store.getState())
      } catch (thrown) {
        const failure = {
          kind: 'unexpected-result',
          recipe: id,
          expected: 'done',
          actual: messageOf(thrown),
        } as const
        notify(store, world, 'bad', { zh: '命令未能完成', en: 'The command could not be finished' }, failure)
      }
    },
    async importFiles(files, how) {
      if (files.length === 0) return
      const { failure, unlisted } = await imports.start(files, how)
      if (failure !== null) notify(store, world, 'bad', unreadable, failure)
      if (unlisted.length > 0) notify(store, world, 'warning', unlistedWords(unlisted))
    },
    async openSample(name) {
      const files = await sampleFiles(name)
      if (files.ok) await workbench.importFiles(files.value)
      else notify(store, world, 'bad', unreadable, files.failure)
    },
    async chooseFiles(what) {
      await workbench.importFiles(await chooseFiles(what))
    },
    reviseImport: imports.revise,
    decideName: imports.decide,
    suggestNames: suggestions,
    saveMapping: async id => exporting.save(success(mappingFile(store, id))),
    async loadMapping() {
      const [file] = await chooseFiles('mapping')
      if (file === undefined) return
      const mapping = readSavedMapping(await file.text(), file.name)
      if (!mapping.ok) return notify(store, world, 'bad', mappingUnreadable, mapping.failure)
      const fitting = await imports.apply(mapping.value)
      notify(store, world, fitting === 0 ? 'warning' : 'good', appliedWords(mapping.value.name, fitting))
    },
    exportRejects: async (file, rejects) =>
      exporting.save(success(rejectsFile(file, rejects, store.getState().session.language))),
    async confirmImport() {
      const dataset = await imports.confirm()
      if (dataset === null) return
      workbench.setSession({
        place: boardOr(
          dataset.id,
          dataset.tables.some(table => table.canonical !== null),
        ),
      })
      await refreshMemory()
    },
    cancelImport: imports.cancel,
    removeDataset(id) {
      edit(removeDataset(id), { zh: '移除数据集', en: 'Remove dataset' })
      const { place } = store.getState().session
      if (place.kind === 'dataset' && place.id === id) workbench.setSession({ place: { kind: 'board' } })
    },
    setExportTime: (id, asOf) =>
      edit(setExportTime(id, asOf), { zh: '设定导出时间', en: 'Set the time of an export' }),
    forgetName: alias =>
      edit(removeAlias(alias), {
        zh: `忘记名称“${alias.raw}”`,
        en: `Forget what “${alias.raw}” stands for`,
      }),
    setFilters: filters => edit(setFilters(filters), { zh: '更改筛选', en: 'Change filters' }),
    setInput: (indicator, input, value) =>
      edit(setInput(indicator, input, value), {
        zh: `更改 ${indicator} 的参数`,
        en: `Change an input of ${indicator}`,
      }),
    setTargets: targets => edit(setTargets(targets), { zh: '设定目标', en: 'Set targets' }),
    removeTarget: target => edit(removeTarget(target), { zh: '移除目标', en: 'Remove a target' }),
    undo: () => move(undo),
    redo: () => move(redo),
    recompute: results.refresh,
    stopComputing: results.stop,
    settled: results.settled,
    setSession: change => store.setState(({ session }) => ({ session: { ...session, ...change } })),
    dismissNotice: id => dismissNotice(store, id),
    notify: (tone, text) => notify(store, world, tone, text),
    peek: (table, limit, signal) => peek(engine, store, table, limit, signal),
    brokenReferences: signal => brokenReferences(engine, store, signal),
    detail: (id, detail, signal) => detailRows(calculator, store, id, detail, signal),
    exportRows: async (table, stem, as) => exporting.save(await exporting.rows(table, stem, as)),
    comparing: openComparing(calculator, store),
    figure: exporting.figure,
    exportFigure: async (id, as) => exporting.save(await exporting.drawn(id, as)),
    exportTable: async (id, as) => exporting.save(await exporting.written(id, as)),
    drawFigure: exporting.drawn,
  }
  await refreshMemory()
  return workbench
}

const unanswered: Phrase = { zh: '无法计算指标', en: 'The indicators could not be computed' }

const unreadable: Phrase = { zh: '无法导入', en: 'Nothing could be imported' }

function unlistedWords(names: readonly string[]): Phrase {
  const few = names.slice(0, 3).join(', ')
  return {
    zh: `清单 datapackage.json 未列出 ${names.length} 个文件，未读取：${few}`,
    en: `${names.length} ${names.length === 1 ? 'file is not listed in datapackage.json and was' : 'files are not listed in datapackage.json and were'} not read: ${few}`,
  }
}

const mappingUnreadable: Phrase = {
  zh: '无法读取保存的对应关系',
  en: 'The saved mapping could not be read',
}

function appliedWords(mapping: string, files: number): Phrase {
  if (files === 0)
    return {
      zh: `“${mapping}”的对应关系不适用于任何文件：格式或列不同`,
      en: `The mapping of “${mapping}” fits no file: formats or columns differ`,
    }
  return {
    zh: `“${mapping}”的对应关系已用于 ${files} 个文件`,
    en: `The mapping of “${mapping}” was applied to ${files} ${files === 1 ? 'file' : 'files'}`,
  }
}

/** After an import: the overview when something can be computed from it, else the dataset itself. */
function boardOr(id: string, hasCanonical: boolean) {
  return hasCanonical ? ({ kind: 'board' } as const) : ({ kind: 'dataset', id, table: null } as const)
}
