import { type Language, locale } from '../domain/phrase.ts'
import type { Row } from '../domain/table.ts'
import { categoryScale } from './scale.ts'
import { jointsOf, type TreeLayer } from './tree.ts'
import { fieldName, valueWords } from './words.ts'

/** A tree in words: how many joints, and between which heights. */
export function jointWords(layer: TreeLayer, rows: readonly Row[], language: Language): string {
  const { left, right, height } = layer
  const joints = jointsOf(layer, rows, categoryScale(left, rows, language, [left, right]))
  const [count, title] = [
    new Intl.NumberFormat(locale(language)).format(joints.length),
    fieldName(height, language),
  ]
  const ends = [joints[0], joints.at(-1)].flatMap(joint =>
    joint ? valueWords(height, joint.height, language) : [],
  )
  if (language === 'zh') {
    const reach = ends.length > 0 ? `，${title} ${ends.join(' 至 ')}` : ''
    return `${count} 次合并${reach}`
  }
  const reach = ends.length > 0 ? `, ${title} ${ends.join(' to ')}` : ''
  return `${count} ${joints.length === 1 ? 'merge' : 'merges'}${reach}`
}

/** A tree that stands alone. */
export function treeWords(layer: TreeLayer, rows: readonly Row[], language: Language): string {
  const leaves = fieldName(layer.left, language)
  const joints = jointWords(layer, rows, language)
  return language === 'zh' ? `聚类树状图：按${leaves}，${joints}。` : `Dendrogram: by ${leaves}, ${joints}.`
}
